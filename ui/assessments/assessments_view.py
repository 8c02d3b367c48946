"""评估: what is due of everybody in the house, the longest overdue first; drafts, what was put off, all by ability."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from app.assessments.due.everybody import AbilityRow, EverybodysAbility
from app.assessments.due.queries import CountDues, DueList
from app.assessments.due.rows import DueRow
from app.assessments.due.service import WithdrawDecision
from app.assessments.instruments import shipped
from app.assessments.queries import ABILITY
from app.core.changes import Changes
from app.core.clock import date_in
from app.residents.stating import Seen
from ui.assessments.decide_sheet import DecideSheet, put_off, take_back, waive
from ui.assessments.due_columns import decided_columns, due_columns, everybody_columns
from ui.assessments.pick_sheet import PickSheet
from ui.assessments.worklist_head import DECIDED, EVERYBODY, VIEWS, LevelsButton, WorklistHead
from ui.kit import Card, Foot, Key, RowsTable, StateView, Words, bind, errand, latest
from ui.kit.stack import Stack
from ui.kit.view import Bench, View
from ui.style import Role

PAGE = 200
_EMPTY = {
    "due": ("七天内没有要做的评估", "入住、定期、跌倒后、返院后到期的评估会列在这里。按 A 可另选量表。"),
    "overdue": ("没有逾期的评估", "过了到期日还没有做的评估会列在这里。"),
    "draft": ("没有草稿", "填写中和等待第二位签名的评估会列在这里。"),
    DECIDED: ("没有延期或免评", "按 D 延期、按 N 不再需要的评估会留在这里，随时可恢复。"),
    EVERYBODY: ("还没有在住的老人", "在“老人”里新建档案或导入名册后，这里列出每个人的能力等级。"),
}
_HINTS = {
    DECIDED: "↑↓ 选择　Enter 评估　D 改延期　R 恢复　A 另选量表",
    EVERYBODY: "↑↓ 选择　Enter 评估　A 另选量表",
}
_HINT = "↑↓ 选择　Enter 评估　D 延期　N 不再需要　A 另选量表"


class AssessmentsView(View):
    """Enter begins or continues; D puts off, N says that it does not apply, A picks another instrument."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "assessment",
            "assessment_deferral",
            "own_instrument",
            "incident",
            "absence",
            "grade",
            "resident",
            "stay",
        }
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "评估")
        self.head = WorklistHead(self)
        self.dues: RowsTable[DueRow] = RowsTable(
            due_columns(self.today), lambda row: row.key, words="待评列表"
        )
        self.decided: RowsTable[DueRow] = RowsTable(
            decided_columns(self.today), lambda row: row.key, words="延期与免评列表"
        )
        self.everybody: RowsTable[AbilityRow] = RowsTable(
            everybody_columns(shipped()[ABILITY], self.today), lambda row: row.resident, words="全部老人列表"
        )
        self.tables = Stack()
        for table in (self.dues, self.decided, self.everybody):
            self.tables.add(table)
        self.states = StateView(self.tables)
        self.foot, self.hint = Words("", Role.HINT), Words("", Role.HINT)
        self._total = 0
        self._lay_out()
        self._connect()
        self._bind()

    def opened(self, params: Mapping[str, Any]) -> None:
        """`view`: which list to show; `instrument`: only what is due by it."""
        if (view := params.get("view")) in dict(VIEWS):
            self.head.chips.choose(view)
        if "instrument" in params:
            self.head.box.choose(params["instrument"])
        self.refresh()
        self.table.setFocus()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the decision of a line that has one, else the latest assessment."""
        row = self.table.current()
        if isinstance(row, DueRow) and row.decision is not None:
            return "assessment_deferral", row.decision.seen[0].rid
        return ("assessment", row.latest.record) if row is not None and row.latest is not None else None

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for what shows, and for the counts beside the views."""
        await self._ask(max(PAGE, len(self.table.rows_model.rows)))

    @latest
    async def look_up(self) -> None:
        """Search as typed, another view or instrument: a newer one takes over."""
        await self._ask(PAGE)

    @errand
    async def load_more(self) -> None:
        """Put the next stretch under the last row."""
        table, asked, rows = self.table, self._asked(), self.table.rows_model.rows
        if len(rows) >= self._total:
            return
        if self.head.view == EVERYBODY:
            found: tuple[Any, ...] = await self.errands.ask(
                EverybodysAbility(self.head.words, PAGE, len(rows))
            )
        else:
            found = (await self.errands.ask(DueList(*asked, PAGE, len(rows)))).rows
        if asked == self._asked() and table.rows_model.rows is rows:
            table.rows_model.add_rows(found)

    # acts ---------------------------------------------------------------------------------------------------------

    def assess(self, row: DueRow | AbilityRow) -> None:
        """Enter: the form, with why it is made."""
        if isinstance(row, DueRow):
            self._begin(row.resident, row.instrument, row.occasion)
        else:
            self._begin(row.resident, ABILITY, "")

    def put_off(self) -> None:
        """D: until a day."""
        if (row := self._due_row("延期")) is not None:
            self._open(put_off(self, row, self.today()))

    def waive(self) -> None:
        """N: it does not apply."""
        if (row := self._due_row("免评")) is not None:
            self._open(waive(self, row))

    def take_back(self) -> None:
        """R: what was decided holds no longer."""
        row = self.decided.current() if self.head.view == DECIDED else None
        if row is not None:
            sheet = take_back(self, row)
            sheet.kept.connect(lambda _result, said: self.bench.notice.done(said))
            sheet.open()

    def pick_other(self) -> None:
        """A: any instrument, for the resident of the selected line."""
        row = self.table.current()
        if row is None:
            return
        who = "　".join(part for part in (row.name, row.bed, row.number) if part)
        sheet = PickSheet(self, row.resident, who, self.today())
        sheet.picked.connect(
            lambda choice: self._begin(row.resident, choice.code, choice.due.occasion if choice.due else "")
        )
        sheet.open()

    # inside -------------------------------------------------------------------------------------------------------

    @property
    def table(self) -> RowsTable[Any]:
        """The list that shows."""
        if self.head.view == EVERYBODY:
            return self.everybody
        return self.decided if self.head.view == DECIDED else self.dues

    def today(self) -> Any:
        return date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())

    def _begin(self, resident: UUID, instrument: str, occasion: str) -> None:
        self.bench.go("assessment", {"resident": resident, "instrument": instrument, "occasion": occasion})

    def _due_row(self, act: str) -> DueRow | None:
        """The selected line, if it has a due date to decide about; else says what is missing."""
        row = self.table.current()
        if isinstance(row, AbilityRow):
            self.bench.notice.refused(f"请先在“待评”里选中要{act}的那一项。")
        elif row is not None and not row.causes:
            self.bench.notice.refused(f"这份草稿是另选的，没有到期日，不用{act}。")
        else:
            return row
        return None

    def _open(self, sheet: DecideSheet) -> None:
        sheet.kept.connect(self._decided)
        sheet.open()

    def _decided(self, result: object, said: str) -> None:
        seen: tuple[Seen, ...] = result if isinstance(result, tuple) else ()
        fresh = all(one.revision == 1 for one in seen)
        self.bench.notice.done(said, undo=(lambda: self._undo(seen)) if fresh else None)

    @errand
    async def _undo(self, seen: tuple[Seen, ...]) -> None:
        await self.errands.do(WithdrawDecision(seen, "决定后撤销"))

    def _asked(self) -> tuple[str, str, str]:
        return self.head.words, self.head.view, self.head.instrument

    async def _ask(self, limit: int) -> None:
        with self.states.asking(self.refresh):
            asked = self._asked()
            if self.head.view == EVERYBODY:
                rows: tuple[Any, ...] = await self.errands.ask(EverybodysAbility(self.head.words, limit))
                counts = await self.errands.ask(CountDues(self.head.words))
                total = counts.residents
            else:
                page = await self.errands.ask(DueList(*asked, limit))
                rows, total, counts = page.rows, page.count, page.counts
            if asked == self._asked():
                self.head.say_counts(counts)
                self._show(rows, total, counts.overdue)

    def _show(self, rows: tuple[Any, ...], total: int, overdue: int) -> None:
        self._total = total
        self.tables.show_page(self.table)
        self.head.offer_acts()
        self.hint.setText(_HINTS.get(self.head.view, _HINT))
        unit = "位" if self.head.view == EVERYBODY else "项"
        late = (
            f"，逾期 {overdue:,} 项"
            if overdue and self.head.view == "due" and not self.head.instrument
            else ""
        )
        self.foot.setText(f"共 {total:,} {unit}{late}" if total else "")
        self.table.set_rows(rows)
        if rows:
            self.states.content()
            if self.table.current() is None:
                self.table.pick_first()
        elif self.head.words:
            self.states.empty(f"没有找到“{self.head.words}”", "", ("清空", self.head.search.clear))
        else:
            self.states.empty(*_EMPTY[self.head.view])

    def _find(self) -> None:
        self.head.search.setFocus()
        self.head.search.selectAll()

    def _to_the_list(self) -> None:
        self.table.setFocus()

    def _near_the_end(self) -> None:
        bar = self.table.verticalScrollBar()
        if bar.maximum() - bar.value() < 2 * self.table.viewport().height():
            self.load_more()

    def _connect(self) -> None:
        head = self.head
        head.search.searched.connect(self.look_up)
        head.search.returnPressed.connect(self._to_the_list)
        head.chips.group.buttonClicked.connect(self.look_up)
        head.box.chosen.connect(self.look_up)
        acts: tuple[tuple[Any, Callable[[], None]], ...] = (
            (head.put_off, self.put_off),
            (head.waive, self.waive),
            (head.take_back, self.take_back),
            (head.other, self.pick_other),
        )
        for button, act in acts:
            button.allowed.connect(act)
        for table in (self.dues, self.decided, self.everybody):
            table.on_opened(self.assess)
            table.verticalScrollBar().valueChanged.connect(self._near_the_end)
        self._clock = QTimer(self)
        self._clock.setInterval(60 * 60 * 1000)  # a night passes: what is due today changes
        self._clock.timeout.connect(self.refresh)
        self._clock.start()

    def _bind(self) -> None:
        bind(
            self,
            Key("Ctrl+F", "找老人", self._find),
            Key("Up Down", "选择"),
            Key("Return", "开始或继续评估"),
            Key("D", "延期", self.head.put_off.ask),
            Key("N", "这次不再需要", self.head.waive.ask),
            Key("R", "恢复待评（延期·免评）", self.head.take_back.ask),
            Key("A", "另选量表", self.head.other.ask),
            Key("L", "选量表", self.head.box.showPopup),
        )

    def _lay_out(self) -> None:
        card = Card(flush=True)
        foot = Foot()
        foot.row.addWidget(self.foot)
        foot.row.addStretch(1)
        foot.row.addWidget(self.hint)
        foot.row.addWidget(LevelsButton(self))
        card.body.addWidget(self.head)
        card.body.addWidget(self.states, 1)
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
