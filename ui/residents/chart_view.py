"""A resident's chart: who it is on top, then overview, the tabs of other subjects, and history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.changes import Changes
from app.core.errors import Refusal, Trouble
from app.residents.queries import Chart, ChartRow, History
from app.residents.service import NoteReading
from ui.kit import Key, StateView, bind, latest
from ui.kit.chart import ChartPart, ChartParts
from ui.kit.stack import Stack
from ui.kit.view import Bench, Crumb, born_in
from ui.residents.allergy_sheet import AllergySheet
from ui.residents.chart_head import ChartHead
from ui.residents.course_sheets import CourseSheets, subject_of
from ui.residents.diagnosis_sheet import DiagnosisSheet
from ui.residents.folding_view import FoldingView
from ui.residents.history_page import HistoryPage
from ui.residents.overview_page import OverviewPage
from ui.residents.print_choice import PrintChoice
from ui.residents.signs import today, who_of
from ui.residents.statements import Statements
from ui.style import look

READ_AGAIN = timedelta(minutes=30)
"""How long one reading of a chart counts: opening it again meanwhile writes no second audit line."""
LEAST = 200
OVERVIEW, HISTORY = "overview", "history"
"""The tabs of this subject; other subjects' stand before the history under their own keys."""


KINDS = frozenset(
    {
        "resident",
        "stay",
        "absence",
        "grade",
        "place",
        "contact",
        "allergy",
        "diagnosis",
        "assessment",
        "entry",
    }
)
"""What the chart itself and the strips in its head show."""


class ChartView(FoldingView):
    """Opened with `{"resident": rid}`, with `tab` at one; each opening is noted once a person, resident and half hour.
    `parts` are the tabs and cards of other subjects (`ui/places/chart.py`); a tab is made when first turned to."""

    kinds: ClassVar[frozenset[str]] = KINDS

    def __init__(self, bench: Bench, parts: ChartParts | None = None) -> None:
        super().__init__(bench, "老人档案")
        parts = parts or ChartParts()
        self._others = {one.key: one for one in parts.tabs if one.right is None or bench.actor.may(one.right)}
        self._made: dict[str, ChartPart] = {}
        self.tabs = (OVERVIEW, *self._others, HISTORY)
        zone = bench.station.settings.zone
        self.rid: UUID | None = None
        self.chart: ChartRow | None = None
        self._read: dict[UUID, datetime] = {}
        own = {OVERVIEW: "概况", HISTORY: "变更历史"}
        self.head = ChartHead(self, [own.get(key) or self._others[key].words for key in self.tabs])
        seen = (one for one in parts.cards if one.right is None or bench.actor.may(one.right))
        self.cards = tuple((one.slot, one.make(bench)) for one in seen)
        self.head.show_strips(card for slot, card in self.cards if slot == "head")
        self.pages = Stack(least=True)
        self.pages.setMinimumHeight(look.sp(LEAST))  # every page scrolls by itself; the head stays
        self._whole = QWidget()
        self.state = StateView(self._whole)
        self._lay_out()  # before the pages are made: Qt dresses what is in them once
        self.overview = OverviewPage(zone, self.cards)
        self.statements = Statements(self)
        self.course = CourseSheets(self)
        self.history = HistoryPage(zone)
        for page in (self.overview, self.history):
            self.pages.add(page)
        self._whence, self._step = "residents", ""
        self._choosing: PrintChoice | None = None
        self._connect()

    def opened(self, params: Mapping[str, Any]) -> None:
        """`resident`: whose chart; without it the one shown before stays. `tab`: where; `back`: where Esc leads to;
        `stay`: the step of the stay that is to be taken."""
        self._whence, self._step = str(params.get("back", "residents")), str(params.get("stay", ""))
        rid: UUID | None = params.get("resident", self.rid)
        if rid != self.rid:
            self.rid, self.chart = rid, None
            self.turn_to(OVERVIEW)
        if "tab" in params:
            self.turn_to(str(params["tab"]))
        self.overview.basics.id_fact.hide_again()
        if self.tab in self._made:
            self._made[self.tab].arrive()
        else:
            self.head.tabs.setFocus()
        self.refresh()
        self.note_reading()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask for the chart anew; of another resident nothing stays on screen meanwhile."""
        if self.rid is None:
            self.state.empty(
                "没有选中老人",
                "从“老人”里选一位打开。",
                ("去老人名单", lambda: self.bench.go("residents", {})),
            )
            return
        self.state.loading()
        try:
            chart = await self.errands.ask(Chart(self.rid))
        except Refusal as refusal:
            self.state.refused(refusal.text)
        except Trouble as trouble:
            self.state.error(trouble.text, trouble.remedy, self.refresh)
        else:
            self._show(chart)
            if self.tab == HISTORY:
                await self._ask_history()
            if self._step:
                step, self._step = self._step, ""
                self.course.open_stay(subject_of(chart), step)

    def note_reading(self) -> None:
        """Leave the audit line that this person opened this chart."""
        rid, now = self.rid, self.bench.desk.clock.now()
        if rid is None or (rid in self._read and now - self._read[rid] < READ_AGAIN):
            return
        # an errand of its own each: two charts opened quickly are both noted
        self.errands.start(f"note reading {rid}", lambda: self._note(rid, now))

    @latest
    async def show_history(self) -> None:
        """Ask for the history when its tab is opened."""
        await self._ask_history()

    @property
    def tab(self) -> str:
        """Key of the tab that shows."""
        return self.tabs[self.head.tabs.currentIndex()]

    def turn_to(self, tab: str) -> None:
        """Show a tab by its key; one the person may not see leaves the one that shows."""
        if tab in self.tabs:
            self.head.tabs.setCurrentIndex(self.tabs.index(tab))

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: what is chosen on the tab that shows, else the resident."""
        if self.tab in self._made and (shown := self._made[self.tab].record_shown()) is not None:
            return shown
        return None if self.rid is None else ("resident", self.rid)

    def measured(self) -> QWidget:
        """The chart itself, whose head breaks into more lines in a narrow window."""
        return self._whole

    def ask_sheet(self) -> None:
        """P: choose a sheet, and see it as it will leave the printer."""
        from app.printing.registry import offered  # the fonts' library loads with it

        if self.chart is None or self._choosing is not None:
            return
        choice = self._choosing = PrintChoice(self, self.chart, offered(), today(self.bench))
        choice.chosen.connect(self.preview)
        choice.finished.connect(self._chosen)
        choice.open()

    def preview(self, sheet: str, days: tuple[date, date] | None = None) -> None:
        """A sheet of this resident; `days`: first and last of one that covers a stretch of time."""
        back = ("chart", {"resident": self.rid, "back": self._whence})
        when = {"first": days[0], "last": days[1]} if days else {}
        self.bench.go("preview", {"sheet": sheet, "resident": self.rid, **when, "back": back})

    def state_allergies(self, *, adding: bool = False) -> None:
        """The sheet of allergies, with `adding` at an empty form."""
        if self.chart is not None:
            self.statements.open(AllergySheet, self.chart, adding=adding)

    def state_diagnoses(self, *, adding: bool = False) -> None:
        """The sheet of diagnoses, with `adding` at an empty form."""
        if self.chart is not None:
            self.statements.open(DiagnosisSheet, self.chart, adding=adding)

    def open_stay(self) -> None:
        """S: where the resident is, what may be done, what was."""
        if self.chart is not None:
            self.course.open_stay(subject_of(self.chart))

    def open_grades(self) -> None:
        """D: care level, care stage, nursing grade."""
        if self.chart is not None:
            self.course.open_grades(subject_of(self.chart))

    async def leave(self) -> None:
        await self.course.leave()

    # inside -------------------------------------------------------------------------------------------------------

    def _chosen(self) -> None:
        if self._choosing is not None:
            self._choosing.deleteLater()
            self._choosing = None

    async def _note(self, rid: UUID, now: datetime) -> None:
        await self.errands.do(NoteReading(rid))
        self._read[rid] = now

    async def _ask_history(self) -> None:
        if self.rid is None:
            return
        rid = self.rid
        entries = await self.errands.ask(History(rid))
        if rid == self.rid:
            self.history.show_entries(entries)

    def _show(self, chart: ChartRow) -> None:
        self.chart = chart
        self.say_title(Crumb("老人", "residents"), Crumb(chart.name))
        self.head.show_chart(chart, today(self.bench))
        self.overview.show_chart(chart, today(self.bench))
        self.statements.show_chart(chart)
        self.course.refresh()
        self.state.content()
        for _slot, card in self.cards:
            card.show_resident(who_of(chart))
        self._show_part()

    def _turned(self, _place: int) -> None:
        tab = self.tab
        if tab in self._others and tab not in self._made:
            with born_in(self.pages):
                part = self._made[tab] = self._others[tab].make(self.bench)
            self.pages.add(part)
        own = {OVERVIEW: self.overview, HISTORY: self.history}
        self.pages.show_page(own.get(tab) or self._made[tab])
        if tab == HISTORY:
            self.show_history()
        self._show_part()
        if tab in self._made:
            self._made[tab].arrive()

    def _show_part(self) -> None:
        """Another subject's tab is asked anew only while it shows."""
        if self.chart is not None and self.tab in self._made:
            self._made[self.tab].show_resident(who_of(self.chart))

    def _lay_out(self) -> None:
        box, outer = QVBoxLayout(self._whole), QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(20)
        box.addWidget(self.head)
        box.addWidget(self.pages, 1)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.state)

    def _connect(self) -> None:
        self.head.tab_chosen.connect(self._turned)
        self.head.print.allowed.connect(self.ask_sheet)
        self.head.edit.allowed.connect(lambda: self.bench.go("resident", {"resident": self.rid}))
        self.head.assess.allowed.connect(lambda: self.bench.go("assessment", {"resident": self.rid}))
        self.head.more_allergies.clicked.connect(self.state_allergies)
        self.overview.diagnoses.more.clicked.connect(self.state_diagnoses)
        self.overview.contacts.copied.connect(lambda phone: self.bench.notice.done(f"已复制电话 {phone}"))
        self.overview.ability.opened.connect(lambda rid: self.bench.go("assessment", {"assessment": rid}))
        bind(
            self,
            Key("Ctrl+Left", "前一页", lambda: self.head.turn(-1)),
            Key("Ctrl+Right", "后一页", lambda: self.head.turn(1)),
            Key("E", "编辑档案", self.head.edit.ask),
            Key("P", "打印表单", self.head.print.ask),
            Key("A", "开始评估", self.head.assess.ask),
            Key("S", "入住与外出", self.open_stay),
            Key("D", "等级与阶段", self.open_grades),
            Key("G", "登记过敏", lambda: self.state_allergies(adding=True)),
            Key("Shift+G", "过敏清单", self.state_allergies),
            Key("Z", "登记诊断", lambda: self.state_diagnoses(adding=True)),
            Key("Shift+Z", "诊断清单", self.state_diagnoses),
            Key("I", "上报不良事件", self._report_incident),
            *(key for _slot, card in self.cards for key in card.chart_keys),
            Key("Esc", "返回", self._back),
        )

    def _report_incident(self) -> None:
        back = ("chart", {"resident": self.rid, "tab": self.tab, "back": self._whence})
        self.bench.go("incident-report", {"resident": self.rid, "back": back})

    def _back(self) -> None:
        self.bench.go(self._whence, {})
