"""Why proposed care tasks are not taken into the plan: one of the usual reasons, and words where they are needed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.assessments.care_decisions import LONGEST_WHY
from app.care.lists import task_kind
from app.residents.codes import code_list
from ui.kit import Key, Labelled, LineField, OptionRow, Sheet, bind

OTHER = "other"


class DeclineSheet(Sheet):
    """`why` is what the order takes for every task that is declined; a digit chooses a reason."""

    def __init__(self, parent: QWidget, codes: tuple[str, ...], taken: int) -> None:
        names = "、".join(task_kind(code).words for code in codes)
        text = f"不采纳：{names}" + (f"\n同时采纳 {taken} 项。" if taken else "")
        super().__init__(parent, "为什么不采纳", text, width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries = code_list("care_declined").entries
        choices = tuple((one.code, f"{number} {one.words}") for number, one in enumerate(entries, 1))
        self.reasons = OptionRow(choices, columns=2, low=True)
        self.words = LineField("说明", "要补充时写；选“其他”时必填")
        self._reasons = Labelled("原因", self.reasons, required=True)
        self._words = Labelled("说明", self.words)
        for piece in (self._reasons, self._words):
            self.body.addWidget(piece)
        self.offer("确定")
        self.reasons.group.buttonClicked.connect(lambda: self._reasons.say_wrong(""))
        self.words.textEdited.connect(lambda: self._words.say_wrong(""))
        bind(
            self,
            *(
                Key(str(number), one.words, partial(self.take, one.code))
                for number, one in enumerate(entries, 1)
            ),
        )
        self.reasons.button(entries[0].code).setFocus()

    @property
    def why(self) -> str:
        words = self.words.text().strip()
        if self.reasons.key == OTHER:
            return words
        head = code_list("care_declined").words(self.reasons.key or "")
        return f"{head}：{words}" if words else head

    def take(self, code: str) -> None:
        """A digit: the reason; one that wants words asks for them."""
        if self.words.hasFocus():
            return
        self.reasons.choose(code)
        self._reasons.say_wrong("")
        (self.words if code == OTHER else self.reasons.button(code)).setFocus()

    def check(self) -> bool:
        """Show what is missing; True when the reason may be given."""
        missing = self.reasons.key is None
        wordless = self.reasons.key == OTHER and not self.words.text().strip()
        long = len(self.why) > LONGEST_WHY
        self._reasons.say_wrong("请选择原因。" if missing else "")
        wrong = "选“其他”时，请写明原因。" if wordless else f"原因最多 {LONGEST_WHY} 个字。" if long else ""
        self._words.say_wrong(wrong)
        return not (missing or wordless or long)
