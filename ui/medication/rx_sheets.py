"""The sheets of prescriptions: whose it is to be, one more part handed out, one ended before its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from app.medication.prescriptions import FREE, EndPrescription, HandOut, PrescriptionRow
from app.residents.queries import ResidentList
from ui.kit import Labelled, LineField, Sheet, errand, latest
from ui.kit.errands import Errands
from ui.medication.month_pick import MonthPick
from ui.style import look

if TYPE_CHECKING:
    from ui.kit.view import View

LONGEST = 80


class PickSheet(Sheet):
    """`picked` carries the resident found by name, pinyin, initials or bed."""

    picked = Signal(object)

    def __init__(self, view: View, title: str) -> None:
        super().__init__(view, title, width=600)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.pick = MonthPick("给谁开？")
        self.pick.setMinimumHeight(look.sp(320))
        self.body.addWidget(self.pick, 1)
        self.pick.searched.connect(self.look_up)
        self.pick.chosen.connect(self._take)
        self.look_up("")
        self.pick.search.setFocus()

    @latest
    async def look_up(self, text: str) -> None:
        with self.pick.state.asking():
            self.pick.show_rows((await self.errands.ask(ResidentList(text=text, limit=60))).rows)

    def _take(self, resident: object) -> None:
        self.accept()
        self.picked.emit(resident)


class _RowSheet(Sheet):
    """One line of words about a prescription; what is refused stands beside it, what was typed stays."""

    noted = Signal(str)

    def __init__(
        self, view: View, row: PrescriptionRow, title: str, field: LineField, *, required: bool
    ) -> None:
        text = f"{row.name}　{row.bed}　{row.title} {row.number}\n{row.medicines}"
        super().__init__(view, title, text, width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.row, self.words = row, field
        self.words.setMaxLength(LONGEST)
        self.labelled = Labelled(field.accessibleName(), field, required=required)
        self.body.addWidget(self.labelled)
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self)
        self.words.textEdited.connect(lambda: self.labelled.say_wrong(""))
        self.done_with.connect(self.save)
        self.words.setFocus()

    def show_refusal(self, field: str, text: str) -> bool:
        if field != "why":
            return False
        self.labelled.say_wrong(text)
        self.words.setFocus()
        return True

    @errand
    async def save(self) -> None:
        raise NotImplementedError


class HandOutSheet(_RowSheet):
    """领取: the next part of an extended prescription."""

    def __init__(self, view: View, row: PrescriptionRow) -> None:
        field = LineField("谁领取、怎么来的", "如 女儿代取、医院配送")
        super().__init__(view, row, f"延伸处方领取（还可领 {row.remaining} 次）", field, required=False)
        self.offer("登记领取", icon="check")

    @errand
    async def save(self) -> None:
        await self.errands.do(HandOut(self.row.seen, self.words.text()), busy=self.main)
        self.accept()
        self.noted.emit(f"{self.row.name} 延伸处方已领取，还可领 {self.row.remaining - 1} 次。")


class EndSheet(_RowSheet):
    """结束: it ends today; a free one is taken back, and leaves the list of its month."""

    def __init__(self, view: View, row: PrescriptionRow) -> None:
        what = "作废" if row.what == FREE else "结束"
        field = LineField("为什么", "如 改方、住院、登记错了")
        super().__init__(view, row, f"{what}{row.title}", field, required=True)
        self.offer(what, "danger")
        self._what = what

    @errand
    async def save(self) -> None:
        await self.errands.do(EndPrescription(self.row.seen, self.words.text()), busy=self.main)
        self.accept()
        self.noted.emit(f"{self.row.name} {self.row.title} {self.row.number} 已{self._what}。")
