"""The acts of the guided round: what a key means for the rows shown, what is asked first, what is taken back."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.core.errors import Refusal
from app.medication.giving import Give, GiveAll, NotGiven, NotGivenAll, Said, TakeBackDoses
from app.medication.giving.writing import KEY, SlotKey
from app.medication.lists import reasons
from app.medication.queries import BedsideRow, SlotRow
from app.medication.rules.slots import DoseState
from app.residents.stating import Seen
from ui.medication.guided_needs import Need, next_need, simple, watched, why_not

if TYPE_CHECKING:
    from ui.medication.guided_view import GuidedView

REFUSED, LEAVE, HOSPITAL, HELD = 1, 2, 3, 8
"""Numbers of resources/medication/reasons.toml that have a key of their own."""


@dataclass(frozen=True)
class Done:
    """What one key recorded, so that it can be taken back."""

    resident: UUID
    words: str
    seen: tuple[Seen, ...]


class Giving:
    """`said`: what was answered of each slot so far; it stays until the dose is recorded."""

    def __init__(self, view: GuidedView) -> None:
        self._view = view
        self.said: dict[SlotKey, Said] = {}
        self.asked: set[SlotKey] = set()
        self.done: list[Done] = []

    # keys ---------------------------------------------------------------------------------------------------------

    def space(self) -> None:
        """All that needs nothing is given; else the round stops at the first row that asks, and asks."""
        view, row = self._view, self._view.row
        if view.asking.panel is not None:
            view.asking.panel.confirm()
            return
        if row is None:
            view.next_round()
            return
        if not self.ready():
            return
        plain = [slot for slot in row.open if simple(slot)]
        if plain:
            self._give_plain(row, plain)
        elif not row.open:
            view.onward()
        else:
            slot = self._current(row.open)
            view.list.go_to(slot.key)
            self.attend(slot)

    def enter(self) -> None:
        """The row under the cursor alone."""
        slot = self._waiting()
        if slot is not None:
            self.attend(slot)

    def attend(self, slot: SlotRow) -> None:
        """Give it, or ask for what it still needs."""
        row = self._view.row
        if row is None:
            return
        need = next_need(slot, row, self.of(slot.key))
        if need is Need.CHECK and slot.key in self.asked:
            self.answer(slot.key, check=KEY)
            need = next_need(slot, row, self.of(slot.key))
        if need is None:
            self.start(lambda: self._give(row, slot))
        elif need is Need.CHECK:
            self.asked.add(slot.key)
            self._view.bench.notice.say(
                f"{slot.words} {slot.dose}：高警示药品，再核对一次，再按空格。", seconds=12
            )
        else:
            self._view.asking.ask(slot, need)

    def refuse(self, *, everything: bool = False) -> None:
        """R, Shift+R."""
        self._otherwise(REFUSED, everything=everything)

    def hold(self) -> None:
        """H: by the rule where a value says so; else the reason is chosen."""
        slot = self._waiting()
        if slot is not None and slot.holds:
            self._otherwise(HELD)
        elif slot is not None:
            self._view.asking.ask_reason((slot,), HELD)

    def away(self) -> None:
        """L: leave or hospital, as the program knows it; else it is asked, for everything that is open."""
        row = self._view.row
        if row is None or not self.ready():
            return
        gone = [slot for slot in row.slots if slot.state is DoseState.AWAY and slot.recorded is None]
        if gone:
            number = HOSPITAL if gone[0].away == "hospital" else LEAVE
            self.start(lambda: self.not_given(row, tuple(gone), number, ""))
        elif row.open:
            self._view.asking.ask_reason(row.open, LEAVE)
        else:
            self._say_nothing_open()

    def other(self, *, everything: bool = False) -> None:
        """N, Shift+N: one of the fourteen."""
        row = self._view.row
        if row is not None and everything and row.open:
            self._view.asking.ask_reason(row.open, None)
        elif (slot := self._waiting()) is not None:
            self._view.asking.ask_reason((slot,), None)

    def despite(self) -> None:
        """G: it is given although a value or a check says no; why has to be written."""
        slot = self._waiting()
        if slot is not None and self._view.row is not None:
            need = next_need(slot, self._view.row, self.of(slot.key))
            if need in (Need.HOLD, Need.ALERT, Need.VALUE):
                self._view.asking.ask(slot, Need.ALERT)

    def partly(self) -> None:
        """P: less than ordered."""
        slot = self._waiting()
        if slot is not None:
            self._view.asking.ask_amount(slot)

    def take_back(self) -> None:
        """Z: what the last key recorded was a slip."""
        if not self.done:
            self._view.bench.notice.say("没有可以撤销的记录。", seconds=8)
        else:
            self.start(self._take_back)

    # acts ---------------------------------------------------------------------------------------------------------

    def ready(self) -> bool:
        """Whether a key may act: another resident's wristband, or an act under way, stops every one."""
        if (wrong := self._view.scans.wrong) is not None:
            self._view.bench.notice.refused(
                f"刚扫的是{wrong.found.name}的腕带。请扫对的腕带，或按 Esc 关掉提示。"
            )
            return False
        return self._view.breathed() and "act" not in self._view.errands.running

    def start(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """One act at a time; after a refusal the rows are asked for anew: they were old."""

        async def act() -> None:
            try:
                await work()
            except Refusal:
                self._view.refresh()
                raise

        self._view.errands.start("act", act)

    def of(self, key: SlotKey) -> Said:
        return self.said.get(key) or Said()

    def answer(self, key: SlotKey, **said: Any) -> None:
        """Keep one answer, and show what is still asked."""
        self.said[key] = replace(self.of(key), **said)
        self._view.showing.rows()

    async def not_given(self, row: BedsideRow, slots: tuple[SlotRow, ...], number: int, note: str) -> None:
        """One reason for one slot or several; a refusal goes to whoever asked."""
        keys = tuple(slot.key for slot in slots)
        if len(keys) == 1:
            seen: tuple[Seen, ...] = (await self._view.errands.do(NotGiven(keys[0], number, note)),)
        else:
            seen = await self._view.errands.do(NotGivenAll(keys, number, note))
        words = slots[0].words if len(slots) == 1 else f"{len(slots)} 种"
        self._recorded(row, keys, seen, f"{row.name} {words}：{reasons()[number].words}")

    async def _give_all(self, row: BedsideRow, slots: list[SlotRow]) -> None:
        swallowed = next((said for slot in slots if (said := self.of(slot.key).swallowed)), "")
        given = await self._view.errands.do(GiveAll(tuple(slot.key for slot in slots), swallowed))
        left = {one.key for one in given.left}
        if left:
            self._view.bench.notice.refused("；".join(one.words for one in given.left))
        keys = tuple(slot.key for slot in slots if slot.key not in left)
        self._recorded(row, keys, given.seen, "" if left else f"{row.name} {len(given.seen)} 种已给")

    async def _give(self, row: BedsideRow, slot: SlotRow) -> None:
        try:
            seen = await self._view.errands.do(Give(slot.key, self.of(slot.key)))
        except Refusal as refusal:
            self._refused(slot, refusal)
            return
        self.said.pop(slot.key, None)
        self._recorded(row, (slot.key,), (seen,), f"{row.name} {slot.words} {slot.dose}：已给")

    async def give_checked(self, row: BedsideRow, slot: SlotRow, said: Said) -> None:
        """With the proof of a second person; refused beside its field by whoever asked for it."""
        seen = await self._view.errands.do(Give(slot.key, said))
        self.said.pop(slot.key, None)
        second = "，已双人核对" if said.second else ""
        self._recorded(row, (slot.key,), (seen,), f"{row.name} {slot.words} {slot.dose}：已给{second}")

    async def _take_back(self) -> None:
        last = self.done[-1]
        try:
            count = await self._view.errands.do(TakeBackDoses(last.seen))
        finally:
            self.done.pop()
        self._view.go_to(last.resident)
        self._view.bench.notice.done(f"已撤销刚才的 {count} 条记录（{last.words}）。")

    # inside -------------------------------------------------------------------------------------------------------

    def _give_plain(self, row: BedsideRow, plain: list[SlotRow]) -> None:
        unseen = [slot for slot in plain if watched(slot, row) and not self.of(slot.key).swallowed]
        if unseen:
            self._view.asking.ask_swallow(tuple(unseen))
        else:
            self.start(lambda: self._give_all(row, plain))

    def _otherwise(self, number: int, *, everything: bool = False) -> None:
        row = self._view.row
        slot = self._waiting() if not everything else None
        if row is None or not self.ready():
            return
        slots = row.open if everything else (slot,) if slot is not None else ()
        if slots:
            self.start(lambda: self.not_given(row, slots, number, ""))
        elif everything:
            self._say_nothing_open()

    def _recorded(
        self, row: BedsideRow, keys: tuple[SlotKey, ...], seen: tuple[Seen, ...], words: str
    ) -> None:
        """Remember it, and go on: to the row that still asks, or to the next resident."""
        if seen:
            self.done.append(Done(row.resident, words or row.name, seen))
        if words:
            self._view.bench.notice.done(f"{words}。", undo=self.take_back)
        self._view.recorded(row.resident, keys)

    def _refused(self, slot: SlotRow, refusal: Refusal) -> None:
        """Ask again for what was refused; the other answers stay."""
        field = refusal.field or ""
        if field in _EMPTIED:
            self.said[slot.key] = replace(
                self.of(slot.key), **{name: _EMPTY[name] for name in _EMPTIED[field]}
            )
        self._view.bench.notice.refused(refusal.text)
        self._view.refresh()

    def _current(self, waiting: tuple[SlotRow, ...]) -> SlotRow:
        entry = self._view.list.current
        known = {slot.key: slot for slot in waiting}
        return known.get(entry.slot.key, waiting[0]) if entry is not None else waiting[0]

    def _waiting(self) -> SlotRow | None:
        """The slot under the cursor if somebody has to say what became of it; what is in the way is said."""
        entry = self._view.list.current
        if entry is None or not self.ready():
            return None
        if entry.slot.state.open:
            return entry.slot
        self._view.bench.notice.say(why_not(entry.slot), seconds=8)
        return None

    def _say_nothing_open(self) -> None:
        self._view.bench.notice.say("这位老人现在没有待给的药。", seconds=8)


_EMPTIED = {
    "late": ("late",),
    "despite": ("despite",),
    "check": ("check",),
    "amount": ("amount",),
    "second": ("second", "alone"),
    "number": ("second", "alone"),
    "secret": ("second", "alone"),
}
_EMPTY: dict[str, Any] = {"amount": "", "late": "", "despite": "", "check": "", "second": None, "alone": ""}
