"""The sheets of one session's place: where it is to go, with free times offered; conflicts that are accepted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.orders import Order
from app.rehab.form.week import People, place_fields, place_values, read_place_values
from app.rehab.queries.placing_conflicts import InTheWay, PlacingConflicts
from app.rehab.queries.week_times import ItemTimes
from app.rehab.scheduling import Placing
from app.rehab.scheduling.placing import Place
from ui.forms import FormView
from ui.kit import Key, OptionRow, Sheet, Words, bind, errand
from ui.kit.errands import Errands
from ui.kit.view import View
from ui.style import Role

_WEEKDAYS = "一二三四五六日"
MOST = 6


@dataclass(frozen=True)
class Asked:
    """What a sheet asks a place for. `order` makes the act of a place, a reason and the accepted conflicts; `conflicts`
    the question what is in the way there; `times`: free ones to offer."""

    title: str
    text: str
    act: str
    first: Place
    people: People
    order: Callable[[Place, str, tuple[str, ...]], Order[Placing]]
    conflicts: Callable[[Place], PlacingConflicts]
    times: ItemTimes


class PlaceSheet(Sheet):
    """`placed` carries what was written, and where. A digit takes an offered time, Enter does it."""

    placed = Signal(object, object)

    def __init__(self, view: View, asked: Asked) -> None:
        super().__init__(view, asked.title, asked.text, width=620)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view, self.asked = view, asked
        today = date_in(view.bench.station.settings.zone, view.bench.desk.clock.now())
        self.form = FormView(place_fields(asked.people, today), two_from=520)
        first = asked.first
        self.form.set_values(place_values(first.day, first.time, first.therapist, first.minutes))
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self.form)
        self.said = Words("正在找空闲时间…", Role.HINT, ink="text2", wrap=True)
        self._offers = QVBoxLayout()
        self._offers.setSpacing(8)
        self._offers.addWidget(self.said)
        self.offers: OptionRow | None = None
        self._times: tuple[tuple[date, str], ...] = ()
        self.body.addLayout(self._offers)
        self.body.addWidget(self.form)
        self.offer(asked.act)
        self.done_with.connect(self.save)
        self.form.submitted.connect(self.save)
        bind(self, Key("Ctrl+Return", asked.act, self.save))
        self._touched = False
        self.form.changed.connect(self._touch)
        self.form.focus_on("time")
        self.errands.start("offers", self._ask_offers)

    def take(self, place: int) -> None:
        """A digit: the offered time of that number."""
        if self.offers is not None and place < len(self._times):
            self.offers.choose(str(place))
            day, time = self._times[place]
            self.form.set_values({"day": day.isoformat(), "time": time})
            if self.main is not None:
                self.main.setFocus()

    @errand
    async def save(self) -> None:
        """A refusal leaves everything as typed; a conflict is asked about once more."""
        if self.form.check():
            await self._do(())

    async def _do(self, accept: tuple[str, ...]) -> None:
        values = self.form.values()
        place = read_place_values(values)
        try:
            placing = await self.errands.do(
                self.asked.order(place, str(values["why"]), accept), busy=self.main
            )
        except Refusal:
            blocking = [one for one in await self.errands.ask(self.asked.conflicts(place)) if one.blocks]
            if not blocking:
                raise
            self._ask_whether(blocking)
            raise
        self.accept()
        self.placed.emit(placing, place)

    def _touch(self) -> None:
        self._touched = True

    def _ask_whether(self, blocking: Sequence[InTheWay]) -> None:
        sheet = AcceptSheet(self, [one.words for one in blocking])
        names = tuple(one.name for one in blocking)
        sheet.done_with.connect(lambda: self.errands.start("accept", partial(self._do, names)))
        sheet.open()

    async def _ask_offers(self) -> None:
        self._times = (await self.errands.ask(self.asked.times))[:MOST]
        if not self._times:
            self.said.setText("这一周没有双方都空闲的时间，请换一周或换一位康复师。")
            return
        self.said.setText("双方都空闲的时间，按数字选：")
        choices = tuple(
            (str(place), f"{place + 1}　周{_WEEKDAYS[day.weekday()]} {day:%m-%d} {time}")
            for place, (day, time) in enumerate(self._times)
        )
        self.offers = OptionRow(choices, columns=3, low=True)
        self.offers.group.idClicked.connect(self.take)
        self._offers.addWidget(self.offers)
        keys = (
            Key(str(place + 1), f"选 {words[2:]}", partial(self.take, place))
            for place, (_key, words) in enumerate(choices)
        )
        bind(self.offers, *keys)
        if not self._touched:  # whoever types a time already goes on typing
            self.offers.button("0").setFocus()
        self.resize(self.width(), self.sizeHint().height())


class AcceptSheet(Sheet):
    """Somebody would be in two places: put back is the way out, and what is done in spite of it is kept by name."""

    def __init__(self, parent: QWidget, conflicts: Sequence[str], *, back: str = "返回另选时间") -> None:
        super().__init__(
            parent, "有冲突，仍要这样排？", "照样排会记下是您确认的，周排程上不再标红。", width=520
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words in conflicts:
            self.body.addWidget(Words(words, ink="danger", wrap=True))
        self.offer("照样排", "danger", cancel=back)
        self.done_with.connect(self.accept)
