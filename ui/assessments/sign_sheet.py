"""签名确认: the sheet that asks for a number and a password or PIN, and says beside the field what was wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.kit import CapsHint, Labelled, LineField, PasswordField, Sheet


class SignSheet(Sheet):
    """Stays open until it is accepted: a wrong password loses nothing that was typed beside it."""

    def __init__(self, parent: QWidget, title: str, text: str, number: str = "") -> None:
        super().__init__(parent, title, text, width=440)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.number = LineField("工号", "如 0412")
        self.number.setText(number)
        self.secret = PasswordField("密码或 PIN")
        self._number = Labelled("工号", self.number, required=True)
        self._secret = Labelled("密码或 PIN", self.secret, required=True)
        for piece in (self._number, self._secret, CapsHint(self.secret)):
            self.body.addWidget(piece)
        self.offer("签名", icon="square-pen")
        self.number.textEdited.connect(lambda: self._number.say_wrong(""))
        self.secret.textEdited.connect(lambda: self._secret.say_wrong(""))
        (self.secret if number else self.number).setFocus()

    @property
    def wrong(self) -> str:
        """The sentence now shown, wherever it stands."""
        return self._number.error.text() or self._secret.error.text() or self.notice.text()

    def refuse(self, field: str | None, text: str) -> None:
        """Say what was refused beside its field, and put the cursor there."""
        self.notice.clear()
        self._number.say_wrong(text if field in ("number", "who") else "")
        self._secret.say_wrong(text if field == "secret" else "")
        if field == "secret":
            self.secret.selectAll()
            self.secret.setFocus()
        elif field in ("number", "who"):
            self.number.selectAll()
            self.number.setFocus()
        else:
            self.notice.refused(text)
