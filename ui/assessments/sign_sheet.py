"""The signature of an assessor; the second one may add another opinion to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.kit import Button, Labelled, LineField
from ui.kit.proof_sheet import ProofSheet


class SignSheet(ProofSheet):
    """`disagreement`: what the second assessor says otherwise; the assessment stands all the same."""

    def __init__(
        self, parent: QWidget, title: str, text: str, number: str = "", *, second: bool = False
    ) -> None:
        super().__init__(parent, title, text, number)
        self.disagreement = LineField("不同意见", "对哪一项、哪个等级有不同意见")
        self._disagreement = Labelled("不同意见", self.disagreement, hint="评估照常生效，意见一并显示和打印")
        self._disagreement.hide()
        self.fields["words"] = self._disagreement
        self.disagree = Button("我有不同意见", "link")
        self.disagree.clicked.connect(self._ask_opinion)
        self.body.addWidget(self._disagreement)
        if second:
            self.body.addWidget(self.disagree, 0, Qt.AlignmentFlag.AlignLeft)
        self.disagreement.textEdited.connect(lambda: self._disagreement.say_wrong(""))

    def _go_to(self, field: str) -> None:
        if field == "words":
            self.disagreement.setFocus()
        else:
            super()._go_to(field)

    def _ask_opinion(self) -> None:
        """The second assessor may differ: the words go along with the signature."""
        self.disagree.hide()
        self._disagreement.show()
        self.adjustSize()
        self.disagreement.setFocus()
