"""签名确认: the sheet that asks for a number and a password or PIN, and says beside the field what was wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.kit import Button, CapsHint, Labelled, LineField, PasswordField, Sheet


class SignSheet(Sheet):
    """Stays open until it is accepted: a wrong password loses nothing that was typed beside it."""

    def __init__(
        self, parent: QWidget, title: str, text: str, number: str = "", *, second: bool = False
    ) -> None:
        super().__init__(parent, title, text, width=440)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.number = LineField("工号", "如 0412")
        self.number.setText(number)
        self.secret = PasswordField("密码或 PIN")
        self._number = Labelled("工号", self.number, required=True)
        self._secret = Labelled("密码或 PIN", self.secret, required=True)
        self.disagreement = LineField("不同意见", "对哪一项、哪个等级有不同意见")
        self._disagreement = Labelled("不同意见", self.disagreement, hint="评估照常生效，意见一并显示和打印")
        self._disagreement.hide()
        self.disagree = Button("我有不同意见", "link")
        self.disagree.clicked.connect(self._ask_opinion)
        for piece in (self._number, self._secret, CapsHint(self.secret), self._disagreement):
            self.body.addWidget(piece)
        if second:
            self.body.addWidget(self.disagree, 0, Qt.AlignmentFlag.AlignLeft)
        self.disagreement.textEdited.connect(lambda: self._disagreement.say_wrong(""))
        self.offer("签名", icon="square-pen")
        self.number.textEdited.connect(lambda: self._number.say_wrong(""))
        self.secret.textEdited.connect(lambda: self._secret.say_wrong(""))
        (self.secret if number else self.number).setFocus()

    @property
    def wrong(self) -> str:
        """The sentence now shown, wherever it stands."""
        wrong = (self._number, self._secret, self._disagreement)
        return next((one.error.text() for one in wrong if one.error.text()), "") or self.notice.text()

    def refuse(self, field: str | None, text: str) -> None:
        """Say what was refused beside its field, and put the cursor there."""
        self.notice.clear()
        self._number.say_wrong(text if field in ("number", "who") else "")
        self._secret.say_wrong(text if field == "secret" else "")
        self._disagreement.say_wrong(text if field == "words" else "")
        if field == "words":
            self.disagreement.setFocus()
        elif field == "secret":
            self.secret.selectAll()
            self.secret.setFocus()
        elif field in ("number", "who"):
            self.number.selectAll()
            self.number.setFocus()
        else:
            self.notice.refused(text)

    def _ask_opinion(self) -> None:
        """The second assessor may differ: the words go along with the signature."""
        self.disagree.hide()
        self._disagreement.show()
        self.adjustSize()
        self.disagreement.setFocus()
