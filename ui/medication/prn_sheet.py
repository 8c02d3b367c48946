"""必要时用药: a resident's PRN orders with their limits, and one of them given: why, how much, who else checked."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.changes import Changes
from app.core.clock import local
from app.core.errors import Refusal
from app.medication.giving import GivePrn, Said
from app.medication.lists import effect_due
from app.medication.queries import PrnOrders, PrnRow
from app.medication.rules.prompts import SELF_CHECK
from ui.kit import Column, Key, RowsTable, Sheet, StateView, bind, cells, errand, latest
from ui.kit.errands import Errands
from ui.kit.view import Bench
from ui.medication.prn_answers import PrnAnswers
from ui.style import Tone, look


class PrnSheet(Sheet):
    """Gives by itself; `recorded` carries what was written (a tuple of `Seen`) and the sentence about it."""

    recorded = Signal(object, str)
    kinds: ClassVar[frozenset[str]] = frozenset({"dose", "med_order", "vital", "absence", "skin_test"})

    def __init__(self, parent: QWidget, bench: Bench, resident: UUID, name: str) -> None:
        super().__init__(parent, f"{name} · 必要时用药", width=720)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resident, self.name = resident, name
        self._bench, self._zone = bench, bench.station.settings.zone
        self._looked_again: UUID | None = None
        self.answers = PrnAnswers()
        self.errands = Errands(bench.desk, self, notice=self.notice, fields=self.answers)
        self.table: RowsTable[PrnRow] = RowsTable(self._columns(), lambda row: row.order, words="必要时医嘱")
        self.state = StateView(self.table)
        self.body.addWidget(self.state, 1)
        self.body.addWidget(self.answers)
        self.offer("给药", icon="check")
        self.done_with.connect(self.give)
        self.table.on_picked(self._picked)
        self.table.on_opened(lambda _row: self.answers.why.setFocus())
        bind(self, Key("Ctrl+Return", "给药", self.give))
        bench.bulletin.subscribe(self, self.kinds, self._hear)
        self.refresh()

    @latest
    async def refresh(self) -> None:
        """Ask for the orders; what is typed stays."""
        with self.state.asking(self.refresh):
            rows = await self.errands.ask(PrnOrders(self.resident))
            first = not self.table.rows_model.rows
            self.table.set_rows(rows)
            self.table.setMinimumHeight(look.sp(48 + 56 * min(max(len(rows), 2), 4)))
            if first and rows:
                self.table.pick_first()
            self._picked(self.table.current())
            if rows:
                self.state.content()
                if first:
                    self.answers.why.setFocus()
            else:
                self.state.empty("没有必要时医嘱", "医生开立“长期备用”或“临时备用”医嘱并核对后，在这里给药。")

    @errand
    async def give(self) -> None:
        """A refusal leaves everything as typed."""
        row = self.table.current()
        if row is None or not self._looked_at(row):
            return
        said, why = await self._said(row), self.answers.why.text()
        seen = await self.errands.do(GivePrn(row.order, why, said), busy=self.main)
        now = self._bench.desk.clock.now()
        soonest, latest_at = (local(self._zone, now + span) for span in effect_due())
        effect = f"{soonest:%H:%M}–{latest_at:%H:%M} 看效果并记录"
        self.accept()
        self.recorded.emit((seen,), f"{self.name} {row.words} 已给 {local(self._zone, now):%H:%M}，{effect}")

    # inside -------------------------------------------------------------------------------------------------------

    def _looked_at(self, row: PrnRow) -> bool:
        """Whether a high-alert medicine was looked at twice: the second press gives it."""
        asks = next((one for one in row.prompts if one.what == SELF_CHECK), None)
        if asks is None or self._looked_again == row.order or not row.may:
            return True
        self._looked_again = row.order
        self.notice.say(f"{asks.words}。核对后再按一次“给药”。")
        return False

    async def _said(self, row: PrnRow) -> Said:
        """What was typed, with the proof of a second person where one signed."""
        second = None
        if (number := self.answers.number.text().strip()) and row.may:
            station = self._bench.station
            try:
                second = await station.aside(station.prove, number, self.answers.secret.text())
            except Refusal as refusal:
                raise Refusal(
                    refusal.text, field="secret" if refusal.field == "secret" else "number"
                ) from None
        check = "key" if self._looked_again == row.order else ""
        return self.answers.said(second, check)

    def _hear(self, _changes: Changes) -> None:
        if self.isVisible() and not self.errands.running:
            self.refresh()

    def _picked(self, row: PrnRow | None) -> None:
        self.answers.show_row(row)
        if self.main is not None:
            self.main.setEnabled(row is not None)
        if row is None:
            return
        if row.over:
            self.notice.refused(row.over)
        elif row.now.next_at is not None:
            self.notice.refused(f"{row.words}：{row.now.why}，{self._when(row.now.next_at)} 后才能再给。")
        else:
            self.notice.clear()

    def _when(self, at: datetime | None) -> str:
        if at is None:
            return "—"
        here, now = local(self._zone, at), local(self._zone, self._bench.desk.clock.now())
        return f"{here:%H:%M}" if here.date() == now.date() else f"{here:%m-%d %H:%M}"

    def _columns(self) -> tuple[Column[PrnRow], ...]:
        def under(row: PrnRow) -> str:
            gap = f"间隔 {_span(row.gap_minutes)}" if row.gap_minutes else ""
            return " · ".join(part for part in (row.dose, row.route, gap, row.why) if part)

        def counted(row: PrnRow) -> cells.Cell:
            most = f"/{row.most}" if row.most else ""
            return cells.Text(f"{row.now.in_24h}{most} 次")

        return (
            Column("药品", lambda row: cells.What(row.words, under(row), "pill"), least=210),
            Column("上次给药", lambda row: cells.Text(self._when(row.now.last)), 110),
            Column("24 小时内", counted, 90),
            Column("现在", self._now, 190),
        )

    def _now(self, row: PrnRow) -> cells.Cell:
        refused = next((one.words for one in row.prompts if one.refuses), "")
        if row.over or refused:
            return cells.State("不能用", Tone.DANGER)
        if row.now.next_at is not None:
            return cells.State("要等", Tone.ORANGE, f"{self._when(row.now.next_at)} 后")
        return cells.State("可给", Tone.OK)


def _span(minutes: int) -> str:
    """`6 小时`, `90 分钟`."""
    return f"{minutes // 60} 小时" if minutes % 60 == 0 else f"{minutes} 分钟"
