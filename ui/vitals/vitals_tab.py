"""体征: a resident's curves, values and temperature charts; entry, correction and printing start here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout

from app.core.changes import Changes
from app.core.clock import date_in
from app.vitals.queries.record import VitalLine, VitalRecord, VitalRecordRow
from ui.kit import Button, ChipRow, Key, StateView, Words, bind, latest
from ui.kit.chart import ChartPart, Who
from ui.kit.stack import Stack
from ui.kit.view import Bench
from ui.style import Role, look
from ui.vitals.acts import Shown, VitalActs
from ui.vitals.curves import Span
from ui.vitals.curves_page import CurvesPage
from ui.vitals.print_sheet import RECORD, TEMPERATURE
from ui.vitals.values_page import ValuesPage
from ui.vitals.week_page import WeekPage

SPANS: tuple[tuple[str, str, timedelta], ...] = (
    ("1", "24 小时", timedelta(hours=24)),
    ("7", "7 天", timedelta(days=7)),
    ("30", "30 天", timedelta(days=30)),
    ("90", "90 天", timedelta(days=90)),
    ("365", "1 年", timedelta(days=365)),
)
CURVES, VALUES, WEEK = "curves", "values", "week"
PAGES = ((CURVES, "曲线", "Q"), (VALUES, "记录", "J"), (WEEK, "体温单", "T"))
"""Key, words and the key that turns to it."""
WIDE = 860
"""Width from which the bar has room for all of it."""
_AHEAD = timedelta(minutes=5)
"""A value may be a little ahead of this clock."""


class VitalsTab(ChartPart):
    """One answer serves curves and values; the temperature chart asks for its own week."""

    kinds: ClassVar[frozenset[str]] = frozenset({"vital", "vital_profile", "absence", "stay"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "体征")
        zone = bench.station.settings.zone
        self.record: VitalRecordRow | None = None
        self._shown_of: UUID | None = None
        self.spans = ChipRow(tuple((key, words) for key, words, _span in SPANS))
        self.spans.choose("7")
        self.pages = ChipRow(tuple((key, words) for key, words, _press in PAGES))
        self.enter = Button("录入", "primary", icon="plus")
        self.print = Button("打印", icon="printer")
        self.limits = Button("个人范围", "link")
        self.hint = Words("", Role.HINT)
        self.acts = VitalActs(self, Shown(self._whose, self.line, self._what_to_print, self.arrive))
        self.curves, self.values, self.week = CurvesPage(), ValuesPage(zone), WeekPage(self)
        self.stack = Stack()
        for one in (self.curves, self.values, self.week):
            self.stack.add(one)
        self.state = StateView(self.stack)
        self._lay_out()
        self._connect()

    # what is shown ------------------------------------------------------------------------------------------------

    def show_resident(self, who: Who) -> None:
        """Of another resident nothing stays on screen meanwhile."""
        if self._shown_of != who.rid:
            self._shown_of, self.record = who.rid, None
            self.state.loading()
        super().show_resident(who)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask for the span that is chosen, and for the week if it shows."""
        who = self.who
        if who is None:
            return
        span = self.span()
        with self.state.asking(self.refresh):
            record = await self.errands.ask(VitalRecord(who.rid, span.since, span.until + _AHEAD))
            if self.who is who or (self.who is not None and self.who.rid == who.rid):
                self._show(record, span)
        if self.pages.key == WEEK:
            self.week.show_resident(who.rid)

    def span(self) -> Span:
        """The time that is chosen, up to now."""
        now = self.bench.desk.clock.now()
        length = next(length for key, _words, length in SPANS if key == self.spans.key)
        return Span(now - length, now, self.bench.station.settings.zone)

    def arrive(self) -> None:
        """The focus where the arrows read out; here itself while there is nothing."""
        pages = {CURVES: self.curves.arrive, VALUES: self.values.arrive, WEEK: self.week.arrive}
        if not pages[self.pages.key]():
            self.setFocus()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8, F9: the value under the cursor."""
        line = self.line()
        return None if line is None else ("vital", line.taken.rid)

    def line(self) -> VitalLine | None:
        """The value under the cursor of the page that shows."""
        wanted = {CURVES: self.curves.current, VALUES: self.values.current}.get(self.pages.key)
        lines = self.record.lines if self.record else ()
        return next((one for one in lines if one.taken.rid == wanted), None)

    def turn_to(self, page: str) -> None:
        """Show a page by its key."""
        self.pages.choose(page)
        self._turned()

    def hasHeightForWidth(self) -> bool:
        """Spans may break into a second row; over the temperature chart there are none."""
        return self.pages.key != WEEK and super().hasHeightForWidth()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow window the limits have their key alone."""
        room = self.pages.key != WEEK and self.width() >= look.sp(WIDE)
        for piece in (self.hint, self.limits):
            piece.setVisible(room)

    # inside -------------------------------------------------------------------------------------------------------

    def _show(self, record: VitalRecordRow, span: Span) -> None:
        self.record = record
        scale = record.profile.scale_words(span.zone)
        usual = "平时即有意识混乱" if record.profile.consciousness == "C" else ""
        self.hint.setText("　".join(filter(None, (scale, usual))))
        self.curves.show_record(record, span)
        self.values.show_record(record)
        self._say_state()
        focused = QApplication.focusWidget()
        if self.isVisible() and (focused is None or focused is self or focused.isAncestorOf(self)):
            self.arrive()  # somebody came before there was anything to put the focus on

    def _say_state(self) -> None:
        """Without a value there is nothing to draw or list; the temperature chart has its own page all the same."""
        if self.record is None:
            return
        there = self.record.standing() if self.pages.key == CURVES else self.record.lines
        if not there and self.pages.key != WEEK:
            words = next(words for key, words, _span in SPANS if key == self.spans.key)
            self.state.empty(
                f"最近 {words}没有体征记录",
                "换一个时间段，或按 V 录入。",
                ("录入体征", self.acts.start_entry),
            )
        else:
            self.state.content()

    def _turned(self) -> None:
        page = self.pages.key
        self.stack.show_place([key for key, _words, _press in PAGES].index(page))
        self.spans.setVisible(page != WEEK)
        self._fit()
        self.week.turning.setVisible(page == WEEK)
        if page == WEEK and self.who is not None:
            self.week.show_resident(self.who.rid)
        self._say_state()
        self.arrive()

    def _to_span(self, key: str) -> Callable[[], None]:
        def act() -> None:
            self.spans.choose(key)
            self.refresh()

        return act

    def _to_page(self, key: str) -> Callable[[], None]:
        return lambda: self.turn_to(key)

    def _whose(self) -> tuple[Who, VitalRecordRow] | None:
        return None if self.who is None or self.record is None else (self.who, self.record)

    def _what_to_print(self) -> tuple[str, tuple[date, date]]:
        """The sheet and the days that show."""
        zone = self.bench.station.settings.zone
        if self.pages.key == WEEK and self.week.first is not None:
            return TEMPERATURE, (self.week.first, self.week.first + timedelta(days=6))
        span = self.span()
        return RECORD, (date_in(zone, span.since), date_in(zone, span.until))

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.spans, 3)
        bar.addWidget(self.week.turning, 3)
        self.week.turning.hide()
        bar.addWidget(self.hint)
        bar.addWidget(self.limits)
        self.pages.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)  # only spans break
        bar.addWidget(self.pages)
        bar.addWidget(self.print)
        bar.addWidget(self.enter)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addLayout(bar)
        box.addWidget(self.state, 1)

    def _connect(self) -> None:
        self.spans.group.buttonClicked.connect(lambda _chip: self.refresh())
        self.pages.group.buttonClicked.connect(lambda _chip: self._turned())
        self.enter.clicked.connect(self.acts.start_entry)
        self.print.clicked.connect(self.acts.start_printing)
        self.limits.clicked.connect(self.acts.start_limits)
        self.curves.opened.connect(lambda _rid: self.acts.start_correction())
        self.values.opened.connect(lambda _rid: self.acts.start_correction())
        bind(
            self,
            Key("V", "录入体征", self.acts.start_entry),
            Key("E", "更正选中的数值", self.acts.start_correction),
            Key("D", "作废选中的数值", self.acts.start_retraction),
            Key("W", "录错老人：整次转走", self.acts.start_moving),
            Key("L", "个人体征范围", self.acts.start_limits),
            Key("P", "打印体征", self.acts.start_printing),
            *(Key(press, words, self._to_page(key)) for key, words, press in PAGES),
            *(Key(str(place), one[1], self._to_span(one[0])) for place, one in enumerate(SPANS, 1)),
        )
