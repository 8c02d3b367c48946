"""签名确认: the sheet that asks for a number and a password or PIN, and says beside the field what was wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.kit import CapsHint, Labelled, LineField, PasswordField, Sheet


class ProofSheet(Sheet):
    """Stays open until it is accepted: a wrong password loses nothing that was typed beside it.

    `number` typed beforehand puts the cursor into the password. `number.text()` and `secret.text()` go to
    `station.prove`, off the screen's thread.
    """

    def __init__(
        self, parent: QWidget, title: str, text: str, number: str = "", *, act: str = "签名"
    ) -> None:
        super().__init__(parent, title, text, width=440)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.number = LineField("工号", "如 0412")
        self.number.setText(number)
        self.secret = PasswordField("密码或 PIN")
        self._number = Labelled("工号", self.number, required=True)
        self._secret = Labelled("密码或 PIN", self.secret, required=True)
        self.fields = {"number": self._number, "who": self._number, "secret": self._secret}
        for piece in (self._number, self._secret, CapsHint(self.secret)):
            self.body.addWidget(piece)
        self.offer(act, icon="square-pen")
        self.number.textEdited.connect(lambda: self._number.say_wrong(""))
        self.secret.textEdited.connect(lambda: self._secret.say_wrong(""))
        (self.secret if number else self.number).setFocus()

    def hold(self, *, held: bool) -> None:
        """While the proof is looked at nothing can be typed; Esc still cancels."""
        for line in (self.number, self.secret):
            line.setReadOnly(held)
        if self.main is not None:
            self.main.set_busy(held)

    @property
    def wrong(self) -> str:
        """The sentence now shown, wherever it stands."""
        said = (one.error.text() for one in self.fields.values())
        return next((text for text in said if text), "") or self.notice.text()

    def refuse(self, field: str | None, text: str) -> None:
        """Say what was refused beside its field, and put the cursor there."""
        self.notice.clear()
        meant = self.fields.get(field or "")
        for one in self.fields.values():
            if one is not meant:
                one.say_wrong("")
        if meant is None:
            self.notice.refused(text)
            return
        meant.say_wrong(text)
        self._go_to(field or "")

    def _go_to(self, field: str) -> None:
        line = self.secret if field == "secret" else self.number
        line.selectAll()
        line.setFocus()
