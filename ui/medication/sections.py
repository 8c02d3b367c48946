"""The sections of medication as chips above each of its views, with what waits in each; one key leads to the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer

from app.core.changes import Changes
from app.core.orders import Question
from app.core.roles import Right
from app.medication.following import CountFollowing
from app.medication.prescriptions import CountEnding
from app.medication.queries.order_counts import CountOrderWork, OrderCounts
from app.medication.stock.queries import CountStockAlarms
from ui.kit import ChipRow, Key, bind, latest
from ui.kit.view import View

SECTIONS: tuple[tuple[str, str, Right], ...] = (
    ("medication", "给药班次", Right.READ_RESIDENTS),
    ("orders", "医嘱", Right.READ_RESIDENTS),
    ("month-grid", "月表", Right.READ_RESIDENTS),
    ("after-doses", "用药跟踪", Right.READ_RESIDENTS),
    ("cupboard", "药柜", Right.KEEP_STOCK),
    ("prescriptions", "处方", Right.READ_RESIDENTS),
)
"""Place, words, right; a section whose place is not there yet is left out by `Sections`."""


def _waiting(counts: OrderCounts) -> int:
    return counts.to_check + counts.to_sign


_COUNTS: dict[str, tuple[Question[Any], Callable[[Any], int], frozenset[str]]] = {
    "orders": (CountOrderWork(), _waiting, frozenset({"med_order", "stay"})),
    "after-doses": (CountFollowing(), int, frozenset({"dose", "med_matter", "med_order"})),
    "cupboard": (CountStockAlarms(), int, frozenset({"stock_move", "dose", "med_order"})),
    "prescriptions": (CountEnding(), int, frozenset({"prescription", "stay"})),
}
"""By section: what is asked, the number in its answer, and after news of which kinds it is asked again."""
_AFTER_NEWS_MS = 3000
"""A round gives dose after dose: the numbers follow at leisure."""


class Sections(ChipRow):
    """`here`: the place it stands in. Ctrl+PageDown and Ctrl+PageUp go to the next and the one before."""

    def __init__(self, view: View, here: str) -> None:
        self._places = [key for key, _, right in SECTIONS if view.bench.actor.may(right)]
        super().__init__(tuple((key, words) for key, words, _ in SECTIONS if key in self._places))
        self._view, self._here = view, here
        self.errands = view.errands
        self.choose(here)
        self.group.buttonClicked.connect(lambda: self._go(self.key))
        self._asked = set(_COUNTS)
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.timeout.connect(self.count_sections)
        kinds = frozenset[str]().union(*(kinds for _, _, kinds in _COUNTS.values()))
        view.bench.bulletin.subscribe(self, kinds, self._hear)
        self._news.start(0)
        bind(
            view,
            Key("Ctrl+PgDown", "用药的下一页", partial(self._step, 1)),
            Key("Ctrl+PgUp", "用药的上一页", partial(self._step, -1)),
        )

    @latest
    async def count_sections(self) -> None:
        """What waits in each section that has news, in small numbers."""
        for key, words, _ in SECTIONS:
            if key in self._asked & set(self._places):
                question, number, _ = _COUNTS[key]
                count = number(await self.errands.ask(question))
                self._asked.discard(key)
                self.say(key, f"{words} {count}" if count else words)

    def _hear(self, changes: Changes) -> None:
        self._asked |= {key for key, (_, _, kinds) in _COUNTS.items() if changes.touches(*kinds)}
        if not self._news.isActive():  # news that never ends must not put it off for ever
            self._news.start(_AFTER_NEWS_MS)

    def _step(self, step: int) -> None:
        self._go(self._places[(self._places.index(self._here) + step) % len(self._places)])

    def _go(self, place: str) -> None:
        """The chip stays where it is: this view goes on standing in its own section."""
        self.choose(self._here)
        if place != self._here:
            self._view.bench.go(place, {})
