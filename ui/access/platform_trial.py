"""试连接: the button and, beside it, in words what came of it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.kit import Button, Sign, Words


class TrialLine(QWidget):
    """Says nothing until it was tried, and nothing of settings changed since."""

    def __init__(self) -> None:
        super().__init__()
        self.button = Button("试连接", icon="refresh-cw")
        self.sign = Sign("circle-check", 18, "ok.text")
        self.words = Words("", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.button)
        row.addWidget(self.sign)
        row.addWidget(self.words, 1)
        self.forget()

    def begin(self) -> None:
        """It is being tried."""
        self.forget()
        self.button.set_busy(True, "正在连接…")

    def end(self, words: str, *, good: bool) -> None:
        """What came of it."""
        self.button.set_busy(False)
        self.sign.show_sign("circle-check" if good else "circle-x", "ok.text" if good else "danger.text")
        self.sign.show()
        self.words.say(words, "ok" if good else "danger")

    def forget(self) -> None:
        """Something was changed: what was said is not true of it."""
        self.sign.hide()
        self.words.say("")
