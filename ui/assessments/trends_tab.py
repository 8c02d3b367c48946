"""评估 in the chart: what is due and what was assessed, the curve of one instrument, what changed between two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.assessments.due.choosing import ChoiceRow
from app.assessments.due.queries import DuesOf
from app.assessments.due.rows import DueRow
from app.assessments.trends.comparing import Comparison
from app.assessments.trends.records import RecordRow, Trends, TrendsRow
from app.core.changes import Changes
from app.core.clock import date_in
from app.core.roles import Right
from ui.assessments.pick_sheet import PickSheet
from ui.assessments.trends_beside import TrendsBeside
from ui.assessments.trends_list import ListRow, TrendsList, pressing, rows_of
from ui.kit import ChipRow, Key, StateView, bind, latest
from ui.kit.chart import ChartPart, Who
from ui.kit.guarded import GuardedButton
from ui.kit.view import Bench
from ui.style import look

WIDE = 900
"""Width from which on list and curve stand side by side, in px at 100 % text size."""
LEAST = 320
"""Height of list and curve under which the whole chart scrolls instead."""
LIST, CURVE = "list", "curve"
_SIDE, _ABOVE = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.BottomToTop
"""Where the acts stand by the chips."""
_KINDS = frozenset({"assessment", "assessment_deferral", "resident", "stay", "absence", "incident", "grade"})


class TrendsTab(ChartPart):
    """One answer serves list and curve; two records are compared by a question of their own."""

    kinds: ClassVar[frozenset[str]] = _KINDS

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "评估")
        self.trends: TrendsRow | None = None
        self.dues: tuple[DueRow, ...] = ()
        self._shown_of: UUID | None = None
        self._wide: bool | None = None
        self.chips = ChipRow((("", "全部"),))
        self.other = GuardedButton(self, Right.ASSESS, "另选量表", icon="plus")
        self.pages = ChipRow(((LIST, "记录"), (CURVE, "曲线")))
        self.list = TrendsList(self._today)
        self.table = self.list.table
        may_print = bench.actor.may(Right.PRINT_RECORDS)
        self.beside = TrendsBeside(self.errands, bench.station.settings.zone, printable=may_print)
        self.curve, self.comparison = self.beside.curve, self.beside.comparison
        self._both, self._bar = QWidget(), QBoxLayout(_SIDE)
        self.state = StateView(self._both)
        self._lay_out()
        self._connect()

    # what is shown ------------------------------------------------------------------------------------------------

    def show_resident(self, who: Who) -> None:
        """Of another resident nothing stays on screen meanwhile."""
        if self._shown_of != who.rid:
            self._shown_of, self.trends, self.dues = who.rid, None, ()
            self.beside.marks.clear()
            self.chips.show_chips((("", "全部"),))
            self.table.set_rows(())
        super().show_resident(who)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask for all records and what is due."""
        who = self.who
        if who is None:
            return
        with self.state.asking(self.refresh):
            trends = await self.errands.ask(Trends(who.rid))
            dues = await self.errands.ask(DuesOf(who.rid))
            if self.who is not None and self.who.rid == who.rid:
                self._show(trends, pressing(dues, self._today()))

    def arrive(self) -> None:
        """The focus to the list, or, where only the curve shows, to that."""
        if self.pages.isVisible() and self.pages.key == CURVE and self.curve.arrive():
            return
        self.table.setFocus()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8, F9: the record the list stands on."""
        row = self.record
        return None if row is None else ("assessment", row.record)

    @property
    def record(self) -> RecordRow | None:
        """The record the list stands on."""
        row = self.table.current()
        return None if row is None else row.record

    @property
    def instrument(self) -> str:
        """Of which instrument the curve is: the chosen one, or that of the line the list stands on."""
        row = self.table.current()
        return self.chips.key or ("" if row is None else row.instrument)

    def turn_to(self, page: str) -> None:
        """In a narrow window: the list or the curve."""
        self.pages.choose(page)
        self._turned()

    # inside -------------------------------------------------------------------------------------------------------

    def _show(self, trends: TrendsRow, dues: Sequence[DueRow]) -> None:
        self.trends, self.dues = trends, tuple(dues)
        self.beside.keep_marks(trends)
        if not trends.records and not dues:
            self.state.empty(
                "还没有评估",
                "按 A 选一种量表做第一次评估；之后这里有曲线和每次的变化。",
                ("另选量表", self.other.ask),
            )
            return
        self.chips.show_chips(self._choices(trends))
        self._show_list()
        self._show_beside()
        self.state.content()

    @staticmethod
    def _choices(trends: TrendsRow) -> tuple[tuple[str, str], ...]:
        """All, and every instrument there are records of; one the station no longer has goes by its code."""
        codes = dict.fromkeys((*trends.measures, *(one.instrument for one in trends.records)))
        names = {code: one.short for code, one in trends.measures.items()}
        counted = ((code, f"{names.get(code, code)} {len(trends.of(code))}") for code in codes)
        return (("", f"全部 {len(trends.records)}"), *counted)

    def _show_list(self) -> None:
        if self.trends is None:
            return
        rows = rows_of(self.trends, self.dues, self.chips.key)
        self.list.show_rows(self.trends, rows, self.beside.marks)
        if not rows:
            self.list.state.empty("没有这种量表的记录", "")

    def _show_beside(self) -> None:
        if self.trends is not None:
            now = self.bench.desk.clock.now()
            self.beside.show_instrument(self.trends, self.instrument, self.record, now)

    def _picked(self, row: ListRow | None) -> None:
        if row is not None:
            self._show_beside()

    def _pointed(self, record: object) -> None:
        """The cursor of the curve went to another record: the list goes along."""
        self.table.pick(record if isinstance(record, UUID) else None)

    def _marked(self) -> None:
        """Space: choose the record for a comparison, or no longer."""
        if self.record is not None:
            self.beside.mark(self.record)
            self._paired()

    def _paired(self) -> None:
        """Other records are marked."""
        self._show_list()
        self.beside.show_pair()

    def _open(self, row: ListRow) -> None:
        if row.record is not None:
            self._open_record(row.record.record)
        elif row.due is not None:
            self._begin(row.due.instrument, row.due.occasion)

    def _begin(self, instrument: str, occasion: str) -> None:
        if self.who is not None:
            start = {"resident": self.who.rid, "instrument": instrument, "occasion": occasion}
            self.bench.go("assessment", start)

    def _pick_other(self) -> None:
        """A: any instrument."""
        if self.who is not None:
            sheet = PickSheet(self, self.who.rid, self.who.name, self._today())
            sheet.picked.connect(self._begin_picked)
            sheet.open()

    def _begin_picked(self, choice: object) -> None:
        if isinstance(choice, ChoiceRow):
            self._begin(choice.code, choice.due.occasion if choice.due else "")

    def _open_record(self, record: object) -> None:
        self.bench.go("assessment", {"assessment": record})

    def _print(self, found: object) -> None:
        """The comparison that shows, on paper."""
        if self.who is not None and isinstance(found, Comparison):
            two = {"record": found.newer.record, "other": found.older.record}
            back = ("chart", {"resident": self.who.rid, "tab": "assessments"})
            sheet = {"sheet": "assessment-comparison", "resident": self.who.rid, **two, "back": back}
            self.bench.go("preview", sheet)

    def _filtered(self) -> None:
        self.beside.marks.clear()
        self._show_list()
        self._show_beside()

    def _step(self, way: int) -> None:
        """← and → in the list: the instrument before or after."""
        keys = self.chips.keys
        self.chips.choose(keys[(keys.index(self.chips.key) + way) % len(keys)])
        self._filtered()

    def _today(self) -> date:
        return date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())

    # layout -------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= look.sp(WIDE)
        if wide == self._wide:
            return
        self._wide = wide
        self._bar.setDirection(_SIDE if wide else _ABOVE)
        self.pages.setVisible(not wide)
        self._turned()

    def _turned(self) -> None:
        page = self.pages.key
        self.list.setVisible(bool(self._wide) or page == LIST)
        self.beside.setVisible(bool(self._wide) or page == CURVE)

    def _lay_out(self) -> None:
        for half in (self.list, self.beside):
            half.setMinimumHeight(look.sp(LEAST))
        row = QHBoxLayout(self._both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.list, 5)
        row.addWidget(self.beside, 6)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        acts.addWidget(self.pages, 1)
        acts.addWidget(self.other, 0, Qt.AlignmentFlag.AlignTop)
        self._bar.setSpacing(12)
        self._bar.addWidget(self.chips, 1)
        self._bar.addLayout(acts)
        self.pages.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addLayout(self._bar)
        box.addWidget(self.state, 1)

    def _connect(self) -> None:
        self.other.allowed.connect(self._pick_other)
        self.table.on_picked(self._picked)
        self.table.on_opened(self._open)
        self.table.marked.connect(self._marked)
        self.chips.group.buttonClicked.connect(lambda _chip: self._filtered())
        self.pages.group.buttonClicked.connect(lambda _chip: self._turned())
        self.curve.pointed.connect(self._pointed)
        self.curve.opened.connect(self._open_record)
        self.beside.chosen.connect(self._paired)
        self.comparison.print_asked.connect(self._print)
        bind(
            self.list,
            Key("Left", "前一种量表", lambda: self._step(-1)),
            Key("Right", "后一种量表", lambda: self._step(1)),
            Key("Space", "选作比较，再选一次取消"),
            Key("Return", "打开这次评估，或开始待评的"),
        )
        bind(self.curve, Key("Left Right", "前一次、后一次"), Key("Return", "打开这次评估"))
        bind(
            self,
            Key("A", "另选量表评估", self.other.ask),
            Key("Q", "到曲线", self._to_curve),
            Key("J", "到记录", self._to_list),
            Key("C", "选哪两次相比", self._to_comparison),
        )

    def _to_curve(self) -> None:
        self.turn_to(CURVE)
        self.curve.arrive()

    def _to_comparison(self) -> None:
        self.turn_to(CURVE)
        self.beside.arrive_at_comparison()

    def _to_list(self) -> None:
        self.turn_to(LIST)
        self.table.setFocus()
