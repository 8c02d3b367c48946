"""The notice line: the one place where a view says what became of an act, with an undo where the rules allow it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.kit.buttons import Button, IconButton
from ui.kit.words import Sign, Words
from ui.style import Tone, look

_SIGNS = {
    Tone.OK: "circle-check",
    Tone.INFO: "info",
    Tone.WARN: "triangle-alert",
    Tone.ORANGE: "circle-alert",
    Tone.DANGER: "circle-x",
    Tone.NEUTRAL: "info",
    Tone.VIOLET: "info",
}


class Notice(QFrame):
    """Hidden until there is something to say. Good news leaves after 8 s (20 s with an undo); refusals stay."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undo: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.setSpacing(10)
        self._sign = Sign("info", 20, "info.text")
        self._text = Words(wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._undo_button = Button("撤销", "link", icon="undo-2")
        self._undo_button.clicked.connect(self._take_back)
        self._close = IconButton("x", "关闭提示", size=32)
        self._close.clicked.connect(self.clear)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._undo_button)
        row.addWidget(self._close)
        self.setMinimumHeight(look.sp(44))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.hide()

    def text(self) -> str:
        """What it says now; empty when hidden."""
        return "" if self.isHidden() else self._text.text()

    def done(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """An act succeeded. `undo` retracts it; it must be an act of its own, not a deletion."""
        self.say(text, Tone.OK, undo=undo, seconds=20 if undo else 8)

    def refused(self, text: str) -> None:
        """A rule said no; nothing was written."""
        self.say(text, Tone.ORANGE)

    def trouble(self, text: str, remedy: str = "") -> None:
        """The world said no."""
        self.say(f"{text}{remedy}", Tone.DANGER)

    def say(
        self, text: str, tone: Tone = Tone.INFO, *, undo: Callable[[], object] | None = None, seconds: int = 0
    ) -> None:
        """Show a sentence; it stays until the next one, or `seconds`."""
        self._undo = undo
        self._undo_button.setVisible(undo is not None)
        look.restyle(self, "strip", str(tone))
        self._sign.show_sign(_SIGNS[tone], f"{tone}.text")
        self._text.say(text, str(tone))
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.stop()
        if seconds:
            self._timer.start(seconds * 1000)

    def clear(self) -> None:
        """Say nothing."""
        self._timer.stop()
        self._undo = None
        self.hide()

    def _take_back(self) -> None:
        undo = self._undo
        self.clear()
        if undo is not None:
            undo()


class AllergyStrip(QFrame):
    """The allergy line under a resident's name, always on screen. Unknown is said as loudly as known."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(10)
        self._sign = Sign("triangle-alert", 20, "danger.text")
        self._text = Words(wrap=True, ink="danger")
        self._source = Words("", ink="danger")
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._source, 0, Qt.AlignmentFlag.AlignTop)
        self.show_allergies(None)

    def show_allergies(self, allergies: tuple[str, ...] | None, source: str = "") -> None:
        """Known allergies; an empty tuple is a checked "none"; None means unknown."""
        if allergies is None:
            tone, sign, text = Tone.WARN, "circle-alert", "过敏史不详，用药前请先核对"
        elif not allergies:
            tone, sign, text = Tone.NEUTRAL, "circle-check", "无已知过敏"
        else:
            tone, sign, text = Tone.DANGER, "triangle-alert", f"过敏：{'、'.join(allergies)}"
        look.restyle(self, "strip", str(tone))
        self._sign.show_sign(sign, f"{tone}.text")
        self._text.say(text, str(tone))
        self._source.say(source, str(tone))
        self._source.setVisible(bool(source))
        self.setAccessibleName(text)
