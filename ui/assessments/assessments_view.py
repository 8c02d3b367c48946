"""评估: everyone in the house by when the next assessment is due, and the drafts that lie about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.assessments.instruments import shipped
from app.assessments.queries import ABILITY
from app.assessments.worklist import CountWork, WorkCounts, Worklist, WorkRow
from app.core.changes import Changes
from app.core.clock import date_in
from ui.assessments.phrases import age_between, due_words, person_words
from ui.kit import (
    Card,
    ChipRow,
    Column,
    Foot,
    Key,
    RowsTable,
    SearchField,
    StateView,
    Words,
    bind,
    cells,
    latest,
)
from ui.kit.view import Bench, View
from ui.style import Role, Tone, look

PAGE = 200
VIEWS = (("all", "全部"), ("soon", "到期"), ("never", "未评估"), ("draft", "草稿"))
_EMPTY = {
    "all": ("还没有在住的老人", "在“老人”里新建档案或导入名册后，这里列出每个人的评估。"),
    "soon": ("七天内没有到期的评估", "逾期、七天内到期和从未评估的老人会列在这里。"),
    "never": ("每位老人都评估过了", "新入住的老人会列在这里。"),
    "draft": ("没有草稿", "填写中和等待第二位签名的评估会列在这里。"),
}


class AssessmentsView(View):
    """Enter starts or continues; what is typed in the box narrows the list."""

    kinds: ClassVar[frozenset[str]] = frozenset({"assessment", "resident", "stay"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "评估")
        self.instrument = shipped()[ABILITY]
        self.search = SearchField("找老人", "姓名、拼音、床位", keys="Ctrl F")
        self.chips = ChipRow(VIEWS)
        self.table: RowsTable[WorkRow] = RowsTable(
            self._columns(), lambda row: row.resident, words="评估列表"
        )
        self.states = StateView(self.table)
        self.foot = Words("", Role.HINT)
        self._rows: tuple[WorkRow, ...] = ()
        self._more = True
        self._lay_out()
        self._connect()
        bind(
            self,
            Key("Ctrl+F", "找老人", self._find),
            Key("Up Down", "选择"),
            Key("Return", "开始或继续评估"),
        )

    def opened(self, params: Mapping[str, Any]) -> None:
        if (view := params.get("view")) in dict(VIEWS):
            self.chips.choose(view)
        self.refresh()
        self.table.setFocus()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the latest assessment of the selected resident."""
        row = self.table.current()
        return ("assessment", row.latest.record) if row is not None and row.latest is not None else None

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.states.asking(self.refresh):
            question = Worklist(self.search.text(), self.chips.key, limit=max(PAGE, len(self._rows)))
            rows = await self.errands.ask(question)
            counts = await self.errands.ask(CountWork())
            self._more = len(rows) == question.limit
            self._show(rows)
            self._count(counts)

    # inside -------------------------------------------------------------------------------------------------------

    @latest
    async def _next_page(self) -> None:
        question = Worklist(self.search.text(), self.chips.key, limit=PAGE, offset=len(self._rows))
        rows = await self.errands.ask(question)
        self._more = len(rows) == PAGE
        if rows:
            self._show((*self._rows, *rows))

    def _show(self, rows: tuple[WorkRow, ...]) -> None:
        self._rows = rows
        self.table.set_rows(rows)
        if rows:
            self.states.content()
            if self.table.current() is None:
                self.table.pick_first()
        elif self.search.text().strip():
            self.states.empty(f"没有找到“{self.search.text().strip()}”", "", ("清空", self.search.clear))
        else:
            self.states.empty(*_EMPTY[self.chips.key])

    def _count(self, counts: WorkCounts) -> None:
        numbers = {"all": counts.all, "soon": counts.soon, "never": counts.never, "draft": counts.draft}
        for key, words in VIEWS:
            self.chips.say(key, f"{words} {numbers[key]}")
        late = f"，逾期 {counts.overdue} 位" if counts.overdue else ""
        self.foot.setText(f"共 {counts.all} 位{late}")

    def _open(self, row: WorkRow) -> None:
        self.bench.go("assessment", {"resident": row.resident})

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _restart(self) -> None:
        self._rows = ()
        self.refresh()

    def _scrolled(self, value: int) -> None:
        bar = self.table.verticalScrollBar()
        if self._more and self._rows and value > bar.maximum() - 10 * bar.singleStep():
            self._next_page()

    def _today(self) -> date:
        return date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())

    def _columns(self) -> tuple[Column[WorkRow], ...]:
        return (
            Column("老人", self._name, least=170),
            Column("性别·年龄", self._person, 96, 3),
            Column("床位", lambda row: cells.Text(row.bed or "未分床"), 130, 1),
            Column("最近等级", self._level, 170),
            Column("评估日期", self._day, 112, 2),
            Column("下次评估", self._due, 112),
            Column("草稿", self._draft, 200, 1),
        )

    def _name(self, row: WorkRow) -> cells.Cell:
        level = row.latest.level if row.latest else None
        return cells.Name(
            row.name, row.number, Tone.NEUTRAL if level is None else Tone(self.instrument.level(level).tone)
        )

    def _person(self, row: WorkRow) -> cells.Cell:
        return cells.Text(person_words(row.sex, age_between(row.birth_date, self._today()), ""))

    def _level(self, row: WorkRow) -> cells.Cell:
        if row.latest is None or row.latest.level is None:
            return cells.Text("未评估", "text3")
        level = self.instrument.level(row.latest.level)
        total = "" if row.latest.total is None else f"{row.latest.total} 分"
        return cells.State(level.short, Tone(level.tone), total)

    def _day(self, row: WorkRow) -> cells.Cell:
        return cells.Text(row.latest.assessed_on.isoformat() if row.latest else "—")

    def _due(self, row: WorkRow) -> cells.Cell:
        words, tone = due_words(row.latest.due_on if row.latest else None, self._today())
        return cells.Text(words, f"{tone}.text" if tone else "text2", strong=tone is not None)

    def _draft(self, row: WorkRow) -> cells.Cell:
        if row.draft is None:
            return cells.Text("")
        if row.draft.awaits_second:
            return cells.Signed(f"{row.draft.holder_name} · 待第二人签名", "square-pen", "violet.text")
        words = f"{row.draft.holder_name} · {row.draft.answered}/{len(self.instrument.items)}"
        return cells.Signed(words, "clipboard-pen")

    def _lay_out(self) -> None:
        card = Card(flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 20, 12)
        head.setSpacing(12)
        head.addWidget(self.chips, 1)
        self.search.setFixedWidth(look.sp(260))
        head.addWidget(self.search)
        foot = Foot()
        foot.row.addWidget(self.foot)
        foot.row.addStretch(1)
        foot.row.addWidget(Words("↑↓ 选择　Enter 开始或继续", Role.HINT))
        card.body.addLayout(head)
        card.body.addWidget(self.states, 1)
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)

    def _connect(self) -> None:
        self.search.searched.connect(self._restart)
        self.search.returnPressed.connect(self.table.setFocus)
        self.chips.group.buttonClicked.connect(self._restart)
        self.table.on_opened(self._open)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._clock = QTimer(self)
        self._clock.setInterval(60 * 60 * 1000)  # a night passes: what is due today changes
        self._clock.timeout.connect(self.refresh)
        self._clock.start()
