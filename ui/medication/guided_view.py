"""给药（逐位）: one resident after the other, large; Space gives what needs nothing and stops at what asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication

from app.core.changes import Changes
from app.core.clock import local
from app.medication.giving.writing import SlotKey
from app.medication.queries import BedsideOf, BedsideRow, GuidedRound, GuidedSheet, Stop
from ui.kit import Key, bind, latest
from ui.kit.view import Bench, Crumb, View
from ui.medication.guided_asking import Asking
from ui.medication.guided_giving import Giving
from ui.medication.guided_layout import GuidedPieces
from ui.medication.guided_list import Around
from ui.medication.guided_panels import Panel
from ui.medication.guided_scan import Scans

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
        }
    )
    breath_ms = BREATH_MS

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "逐位给药")
        self.zone = bench.station.settings.zone
        self.sheet: GuidedSheet | None = None
        self.row: BedsideRow | None = None
        self.next_row: BedsideRow | None = None
        self.pieces = GuidedPieces(self)
        self.walk, self.list, self.state = self.pieces.walk, self.pieces.walk.list, self.pieces.state
        self.giving, self.asking, self.scans = Giving(self), Asking(self), Scans(self)
        self.later: dict[UUID, str] = {}
        self._floor: UUID | None = None
        self._day: date | None = None
        self._round = ""
        self._resident: UUID | None = None
        self._looking = False
        self._since = QElapsedTimer()
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """Where it was, unless told where to go."""
        before = (self._floor, self._day, self._round)
        self._floor = params.get("floor", self._floor)
        self._day, self._round = params.get("day"), params.get("round", "")
        self._resident = params.get("resident", self._resident)
        self._looking = "resident" in params
        if (self._floor, self._day, self._round) != before:
            self.later.clear()
        self.refresh()
        self.take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for the round, for the resident shown, and for the next one."""
        del changes
        with self.state.asking(self.refresh, self._forget):
            sheet = await self.errands.ask(GuidedRound(self._floor, self._day, self._round))
            self._take(sheet)
            if self._resident is not None and sheet.round is not None:
                self._show(await self.errands.ask(self._bedside(self._resident)))
                await self._look_ahead()

    def go_to(self, resident: UUID) -> None:
        """Another resident of the round; a finished one too."""
        if resident != self._resident:
            self.asking.drop()
            self.scans.clear()
            self._resident, self._looking = resident, True
            if self.next_row is not None and self.next_row.resident == resident:
                self._show(self.next_row)
        self._looking = True
        self.refresh()
        self.take_keys()

    def step(self, by: int) -> None:
        """→ and ←: the resident after or before, finished or not."""
        stops = self.sheet.stops if self.sheet is not None else ()
        places = [one.resident for one in stops]
        if self._resident in places:
            place = places.index(self._resident) + by
            if 0 <= place < len(places):
                self.go_to(places[place])
            else:
                self.bench.notice.say(
                    "已经是这一班的最后一位。" if by > 0 else "已经是这一班的第一位。", seconds=6
                )

    def onward(self) -> None:
        """To the next resident for whom something waits; to the end of the round where nobody does."""
        stop = self._next_open()
        if stop is not None:
            self.go_to(stop.resident)
            self._looking = False
        else:
            self.asking.drop()
            self.scans.clear()
            self._looking = False
            self.refresh()

    def put_off(self) -> None:
        """S: later; the round comes back when all the others are through."""
        row = self.row
        if row is None or not row.open or not self.giving.ready():
            return
        what = "、".join(slot.words for slot in row.open[:2]) + (" 等" if len(row.open) > 2 else "")
        now = local(self.zone, self.bench.desk.clock.now())
        self.later[row.resident] = f"{what}未给 · {now:%H:%M} 起"
        self.bench.notice.say(f"{row.name}稍后再来，已记在右边。", seconds=8)
        self.onward()
        self._show_side()

    def close_shift(self) -> None:
        """Ctrl+Enter: the list of what is still blank stands on the board of the floor."""
        if self.sheet is not None:
            self.bench.go("medication", {"floor": self.sheet.floor, "day": self.sheet.day, "close": True})

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
        after = [slot for slot in left if row.slots.index(slot) > row.slots.index(_last(row, keys))]
        stop = (after or left)[0]
        self.list.go_to(stop.key)
        self.giving.asked.add(stop.key)
        self._since.start()
        self.refresh()

    def breathed(self) -> bool:
        return not self._since.isValid() or self._since.elapsed() >= self.breath_ms

    def show_rows(self) -> None:
        """What was answered or scanned shows in the rows."""
        if self.row is not None and self.sheet is not None:
            around = Around(self.row, self.giving.said, frozenset(self.scans.packs), self.zone)
            self.list.show_rows(around)
            self.walk.show_row(self.row, self.giving.said, self.sheet, self.zone)
        self.list.update()

    def show_scans(self) -> None:
        """Whether the wristband is the right one."""
        if self.row is None:
            return
        self.walk.head.show_band(self.scans.verified.get(self.row.resident))
        wrong = self.scans.wrong
        if wrong is None:
            self.walk.head.say_wrong("")
        else:
            words = f"扫到的是 {wrong.found.name}（{wrong.found.number}）的腕带，现在显示的是 {self.row.name}"
            rest = "" if wrong.here else "；这位老人不在这一班"
            self.walk.head.say_wrong(words + rest, f"转到{wrong.found.name}" if wrong.here else "")

    def panel_opened(self, panel: Panel) -> None:
        """The keys go to its field, or stay where digits choose."""
        field = panel.begin()
        if field is not None:
            field.setFocus()
        else:
            self.take_keys()
        QTimer.singleShot(0, self, self.walk.keep_in_sight)

    def take_keys(self) -> None:
        """The focus on the rows, or while a sentence stands in their place on the view: its keys go on working."""
        (self.list if self.list.isVisibleTo(self) else self).setFocus()

    # inside -------------------------------------------------------------------------------------------------------

    def _bedside(self, resident: UUID) -> BedsideOf:
        sheet = self.sheet
        if sheet is None or sheet.round is None:
            raise LookupError("no round is shown")
        return BedsideOf(resident, sheet.day, sheet.round.key, sheet.floor)

    def _take(self, sheet: GuidedSheet) -> None:
        """The round as it is now, and whom it shows: who was shown, else the first for whom something waits."""
        self.sheet, self._floor = sheet, sheet.floor
        rids = [one.resident for one in sheet.stops]
        if self._resident not in rids:
            self._resident = None
        if self._resident is None or (not sheet.open and not self._looking):
            waiting = self._next_open()
            self._resident = (
                waiting.resident if waiting is not None else self._resident if self._looking else None
            )
        if sheet.round is not None:
            floor = next((one.words for one in sheet.floors if one.rid == sheet.floor), "")
            self.say_title(
                Crumb("用药", "medication", {"floor": sheet.floor, "day": sheet.day}),
                Crumb(f"{sheet.round.words} 给药班次　{floor}"),
            )
        self._show_side()
        if self._resident is None:
            self._show_end(sheet)

    def _show(self, row: BedsideRow) -> None:
        """One resident; whoever was under the key before is no more."""
        fresh = self.row is None or self.row.resident != row.resident
        if fresh:
            self.asking.forget()
        self.row = row
        held = self._keys_here()
        self.show_rows()
        if self.asking.slot is not None and self.list.entry(self.asking.slot) is None:
            self.asking.forget()
            self.bench.notice.refused("这一次的医嘱刚刚变了，请看新的医嘱。")
        self.walk.head.show_row(row)
        self.show_scans()
        if fresh:
            self._since.start()
            first = next((slot.key for slot in row.open), None)
            self.list.go_to(first or (row.slots[0].key if row.slots else None))
            self.walk.scroller.verticalScrollBar().setValue(0)
        self.pieces.pages.show_page(self.walk)
        self.state.content()
        if held and not self._in_field():
            self.take_keys()

    async def _look_ahead(self) -> None:
        """The next one, so that they stand there at once; nobody after the last."""
        stop = self._next_open()
        self.next_row = await self.errands.ask(self._bedside(stop.resident)) if stop is not None else None
        self.walk.side.next.show_row(self.next_row)

    def _next_open(self) -> Stop | None:
        """After the one shown, then from the top; those put off come last."""
        stops = self.sheet.stops if self.sheet is not None else ()
        places = [one.resident for one in stops]
        here = places.index(self._resident) if self._resident in places else -1
        ordered = [one for one in (*stops[here + 1 :], *stops[: max(here, 0)]) if one.open]
        return next(
            (one for one in ordered if one.resident not in self.later), ordered[0] if ordered else None
        )

    def _show_side(self) -> None:
        if self.sheet is not None:
            side = self.walk.side
            side.progress.show_sheet(self.sheet, self.zone, self.bench.desk.clock.now())
            side.later.show_lists(self.later, self.sheet.stops)

    def _show_end(self, sheet: GuidedSheet) -> None:
        """Nothing waits: what became of the round, or when the next one begins."""
        held = self._keys_here()
        self.row = None
        back = ("回到班次表", self._board)
        coming = sheet.coming
        if sheet.round is not None and any(one.given or one.exceptions for one in sheet.stops):
            self.pieces.summary.show_sheet(sheet, self.zone)
            self.pieces.pages.show_page(self.pieces.summary)
            self.state.content()
        elif coming is not None:
            words = f"{coming.round.words} 班次 {local(self.zone, coming.opens):%H:%M} 起可以给药"
            self.state.empty(f"现在没有要给的药；{words}", f"到时有 {coming.people} 位老人用药。", back)
        elif sheet.stops:
            self.state.empty("这一班的老人都不在院内", "回来以后在时段内的药会回到这里。", back)
        else:
            self.state.empty("这一层今天没有要给的药", "医嘱核对以后，到时间的药按老人排在这里。", back)
        if held:
            self.take_keys()

    def _board(self) -> None:
        params = {"floor": self.sheet.floor, "day": self.sheet.day} if self.sheet is not None else {}
        self.bench.go("medication", params)

    def _walk_again(self) -> None:
        if self.sheet is not None and self.sheet.stops:
            self._resident = None
            self.go_to(self.sheet.stops[0].resident)

    def _forget(self) -> None:
        self.sheet = self.row = self.next_row = None
        self.asking.forget()

    def _keys_here(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is None or focused is self or self.isAncestorOf(focused)

    def _in_field(self) -> bool:
        focused = QApplication.focusWidget()
        return (
            self.asking.panel is not None and focused is not None and self.asking.panel.isAncestorOf(focused)
        )

    def _typed(self, sign: str) -> None:
        """A digit or Enter outside a field: a scanner's code, else a number for the panel, else the row."""
        scanner, panel = self.scans.scanner, self.asking.panel
        if sign != "\r":
            scanner.feed(sign)
            if panel is not None:
                panel.digit(sign)
        elif code := scanner.take():
            self.scans.scanned(code)
        elif panel is not None:
            panel.confirm()
        else:
            self.giving.enter()

    def _escape(self) -> None:
        if self.asking.panel is not None:
            self.asking.drop()
        elif self.scans.wrong is not None:
            self.scans.clear()
            self.show_scans()

    def _turn(self) -> None:
        """To the resident whose wristband was scanned: it is the right one there."""
        wrong = self.scans.wrong
        if wrong is not None and wrong.here:
            self.scans.verified[wrong.found.rid] = self.bench.desk.clock.now()
            self.go_to(wrong.found.rid)

    def _move(self, by: int) -> None:
        if self.asking.panel is None:
            self.list.step(by)
            self._since.start()

    def _pressed(self, key: str) -> None:
        """A button that stands for a key."""
        for one in self._keys:
            if key == one.shown and one.act is not None:
                one.act()

    def _connect(self) -> None:
        self.list.typed.connect(self._typed)
        self.list.asked.connect(self._pressed)
        self.list.moved.connect(self.walk.keep_in_sight)
        self.walk.hints.asked.connect(self._pressed)
        self.walk.rest.clicked.connect(self.giving.space)
        self.walk.head.turned.connect(self._turn)
        self.walk.side.next.asked.connect(lambda: self.step(1))
        self.walk.side.later.chosen.connect(self.go_to)
        summary = self.pieces.summary
        summary.closed.connect(self.close_shift)
        summary.left.connect(self._board)
        summary.walked.connect(self._walk_again)
        giving = self.giving
        self._keys = (
            Key("Space", "不用核对的全部已给，转到下一位；有要核对的停在那一行", giving.space),
            Key("Up", "上一种药", partial(self._move, -1)),
            Key("Down", "下一种药", partial(self._move, 1)),
            Key("Return", "给光标这一种"),
            Key("R", "拒服", giving.refuse),
            Key("Shift+R", "全部拒服", partial(giving.refuse, everything=True)),
            Key("H", "按规则暂停", giving.hold),
            Key("L", "外出、住院", giving.away),
            Key("N", "其他原因，按数字选", giving.other),
            Key("Shift+N", "全部记同一个原因", partial(giving.other, everything=True)),
            Key("V", "测量并录入", self.asking.ask_value),
            Key("G", "数值不符仍要给，写原因", giving.despite),
            Key("S", "稍后再来", self.put_off),
            Key("Z", "撤销刚才的记录", giving.take_back),
            Key("Right", "下一位", partial(self.step, 1)),
            Key("Left", "上一位", partial(self.step, -1)),
            Key("T", "转到刚扫腕带的老人", self._turn),
            Key("Esc", "关掉提问", self._escape),
            Key("Ctrl+Return", "结束本班", self.close_shift),
        )
        bind(self, *self._keys)
        self._clock = QTimer(self)
        self._clock.setInterval(30 * 1000)  # what was planned becomes due, what was due becomes late
        self._clock.timeout.connect(lambda: self.refresh() if self.isVisible() else None)
        self._clock.start()


def _last(row: BedsideRow, keys: tuple[SlotKey, ...]) -> Any:
    """The lowest of the rows that were just recorded."""
    done = [slot for slot in row.slots if slot.key in keys]
    return done[-1] if done else row.slots[0]
