"""给药（逐位）: one resident after the other, large; Space gives what needs nothing and stops at what asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QTimer

from app.core.changes import Changes
from app.core.clock import local
from app.core.roles import Right
from app.medication.giving.writing import SlotKey
from app.medication.queries import BedsideOf, BedsideRow, GuidedRound, GuidedSheet, SlotRow
from ui.kit import latest
from ui.kit.view import Bench, Crumb, View
from ui.medication.guided_asking import Asking
from ui.medication.guided_giving import Giving
from ui.medication.guided_keys import GuidedKeys
from ui.medication.guided_layout import GuidedPieces
from ui.medication.guided_scan import Scans
from ui.medication.guided_showing import Showing
from ui.medication.round_close_sheet import CloseDosesSheet

BREATH_MS = 250
"""So long after another resident, or another row, came under the key, the key does nothing: a double press is one."""


class GuidedView(View):
    """Opened with `{"floor", "day", "round", "resident"}`, all of them optional."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "dose",
            "med_order",
            "vital",
            "skin_test",
            "resident",
            "stay",
            "place",
            "absence",
            "allergy",
            "entry",
            "med_decision",
        }
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "逐位给药")
        self.zone = bench.station.settings.zone
        self.breath_ms = BREATH_MS
        self.sheet: GuidedSheet | None = None
        self.row: BedsideRow | None = None
        self.next_row: BedsideRow | None = None
        self.pieces = GuidedPieces(self)
        self.walk, self.list, self.state = self.pieces.walk, self.pieces.walk.list, self.pieces.state
        self.showing, self.giving = Showing(self), Giving(self)
        self.asking, self.scans = Asking(self), Scans(self)
        self.later: dict[UUID, str] = {}
        self._floor: UUID | None = None
        self._day: date | None = None
        self._round, self._walked = "", ""  # the one asked for; the one that is walked, until it is left
        self._resident: UUID | None = None
        self._looking = False  # at a resident for whom nothing waits
        self._since = QElapsedTimer()
        self.keys = GuidedKeys(self)
        self._clock = QTimer(self)
        self._clock.setInterval(30 * 1000)  # what was planned becomes due, what was due becomes late
        self._clock.timeout.connect(lambda: self.refresh() if self.isVisible() else None)
        self._clock.start()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """Where it was, unless told where to go."""
        before = (self._floor, self._day, self._round)
        self._floor = params.get("floor", self._floor)
        self._day, self._round = params.get("day"), params.get("round", "")
        self._resident = params.get("resident", self._resident)
        self._looking, self._walked = "resident" in params, ""
        if (self._floor, self._day, self._round) != before:
            self.later.clear()
        self.refresh()
        self.showing.take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for the round, for the resident shown, and for the next one."""
        del changes
        with self.state.asking(self.refresh, self._forget):
            sheet = await self.errands.ask(GuidedRound(self._floor, self._day, self._walked or self._round))
            self._take(sheet)
            if self._resident is not None:
                self.showing.person(await self.errands.ask(self._bedside(sheet, self._resident)))
                await self._look_ahead(sheet)

    def go_to(self, resident: UUID) -> None:
        """Another resident of the round; a finished one too."""
        self._looking = True
        self._turn_to(resident)

    def step(self, by: int) -> None:
        """→ and ←: the resident after or before, finished or not."""
        places = [one.resident for one in self.sheet.stops] if self.sheet is not None else []
        if self._resident in places:
            place = places.index(self._resident) + by
            if 0 <= place < len(places):
                self.go_to(places[place])
            else:
                which = "最后" if by > 0 else "第"
                self.bench.notice.say(f"已经是这一班的{which}一位。", seconds=6)

    def onward(self) -> None:
        """To the next resident for whom something waits; to the end of the round where nobody does."""
        stop = self.sheet.next_open(self._resident, self.later) if self.sheet is not None else None
        self._looking = False
        if stop is not None:
            self._turn_to(stop.resident)
        else:
            self.asking.drop()
            self.scans.clear()
            self.refresh()

    def put_off(self) -> None:
        """S: later; the round comes back when all the others are through."""
        row = self.row
        if row is None or not row.open or not self.giving.ready():
            return
        what = "、".join(slot.words for slot in row.open[:2]) + (" 等" if len(row.open) > 2 else "")
        now = local(self.zone, self.bench.desk.clock.now())
        self.later[row.resident] = f"{now:%H:%M} 起，{what}未给"
        self.bench.notice.say(f"{row.name}稍后再来，已记在右边。", seconds=8)
        self.showing.side()
        self.onward()

    def walk_again(self) -> None:
        """From the end back to the first resident."""
        if self.sheet is not None and self.sheet.stops:
            self.go_to(self.sheet.stops[0].resident)

    def next_round(self) -> None:
        """From the end of a round to the next one, if something of it may be given already."""
        coming = self.sheet.coming if self.sheet is not None else None
        if coming is None or coming.opens > self.bench.desk.clock.now():
            self.refresh()
            return
        self._walked = coming.round.key
        self.later.clear()
        self.refresh()

    def go_board(self) -> None:
        """To the board of the floor."""
        sheet = self.sheet
        self.bench.go("medication", {"floor": sheet.floor, "day": sheet.day} if sheet is not None else {})

    def close_shift(self) -> None:
        """Ctrl+Enter: the list of what is still blank in the shift the round lies in."""
        sheet = self.sheet
        if not self.bench.actor.may(Right.GIVE_MEDICINES):
            self.bench.notice.refused(f"您没有“{Right.GIVE_MEDICINES.value}”的权限。")
        elif sheet is not None and sheet.floor is not None and sheet.shifts:
            CloseDosesSheet(self, sheet.floor, sheet.shifts).open()
        else:
            self.bench.notice.say("这一班没有要给的药，不用在这里结束。", seconds=8)

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: what was recorded of the row, else its order."""
        entry = self.list.current if self.row is not None else None
        if entry is None:
            return None if self._resident is None else ("resident", self._resident)
        recorded = entry.slot.recorded
        return ("dose", recorded.seen.rid) if recorded is not None else ("med_order", entry.slot.key[0])

    # what the acts say --------------------------------------------------------------------------------------------

    def recorded(self, resident: UUID, keys: tuple[SlotKey, ...]) -> None:
        """These have an outcome now: on to the row that still asks, or to the next resident."""
        row = self.row
        if row is None or row.resident != resident:
            return
        self.asking.drop()
        left = [slot for slot in row.open if slot.key not in keys]
        if not left:
            self.later.pop(resident, None)
            self.onward()
            return
        last = max((place for place, slot in enumerate(row.slots) if slot.key in keys), default=0)
        stop: SlotRow = next((slot for slot in left if row.slots.index(slot) > last), left[0])
        self.list.go_to(stop.key)
        self.giving.asked.add(stop.key)
        self.hold_breath()
        self.refresh()

    def hold_breath(self) -> None:
        """Something else came under the key."""
        self._since.start()

    def breathed(self) -> bool:
        return not self._since.isValid() or self._since.elapsed() >= self.breath_ms

    # inside -------------------------------------------------------------------------------------------------------

    def _turn_to(self, resident: UUID) -> None:
        """What was asked before stays if it is the same one; whoever was looked up ahead stands there at once."""
        if resident != self._resident or self.row is None:
            self.asking.drop()
            self.scans.clear()
            self._resident = resident
            if self.next_row is not None and self.next_row.resident == resident:
                self.showing.person(self.next_row)
        self.refresh()
        self.showing.take_keys()

    @staticmethod
    def _bedside(sheet: GuidedSheet, resident: UUID) -> BedsideOf:
        return BedsideOf(resident, sheet.day, sheet.round.key if sheet.round is not None else "", sheet.floor)

    def _take(self, sheet: GuidedSheet) -> None:
        """The round as it is now, and whom it shows: who was shown, else the first for whom something waits."""
        self.sheet, self._floor = sheet, sheet.floor
        key = sheet.round.key if sheet.round is not None else ""
        self._walked = key if sheet.open or key == self._walked else ""
        here = next((one for one in sheet.stops if one.resident == self._resident), None)
        if here is None or not (here.open or self._looking):
            waiting = sheet.next_open(self._resident, self.later)
            if here is not None and waiting is not None:
                self.bench.notice.say(f"{here.name}现在没有待给的药了，转到{waiting.name}。", seconds=12)
            self._resident = waiting.resident if waiting is not None else None
        if sheet.round is not None:
            self.say_title(
                Crumb("用药", "medication", {"floor": sheet.floor, "day": sheet.day}),
                Crumb(f"{sheet.round.words} 给药班次"),
            )
        self.showing.side()
        if self._resident is None:
            self.next_row = None
            self.showing.end(sheet)

    async def _look_ahead(self, sheet: GuidedSheet) -> None:
        """The next one, so that they stand there at once; nobody after the last."""
        stop = sheet.next_open(self._resident, self.later)
        row: BedsideRow | None = None
        if stop is not None:
            row = await self.errands.ask(self._bedside(sheet, stop.resident))
        self.next_row = row
        self.walk.side.next.show_row(row)

    def _forget(self) -> None:
        self.sheet = self.row = self.next_row = None
        self.asking.forget()
