"""The sections of a subject as chips above each of its views, with what waits in each: one key away from each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer

from app.core.changes import Changes
from app.core.orders import Question
from app.core.roles import Right
from ui.kit.buttons import ChipRow
from ui.kit.errands import latest
from ui.kit.keys import Key, bind
from ui.kit.view import View

Section = tuple[str, str, Right]
"""Place, words, and the right without which it is not there."""
_AFTER_NEWS_MS = 3000
"""A round gives dose after dose: the numbers follow at leisure."""


@dataclass(frozen=True)
class SectionCount:
    """What is asked, the number in its answer, and after news of which kinds it is asked again."""

    question: Question[Any]
    kinds: frozenset[str]
    number: Callable[[Any], int] = int


@dataclass(frozen=True)
class SectionList:
    """The sections of a subject in their order, and what waits in some of them, by place."""

    subject: str
    sections: tuple[Section, ...]
    counts: Mapping[str, SectionCount]


class SectionChips(ChipRow):
    """`here`: the place it stands in. Ctrl+PageDown and Ctrl+PageUp go to the next one and the one before."""

    def __init__(self, view: View, here: str, listed: SectionList) -> None:
        self._places = [key for key, _, right in listed.sections if view.bench.actor.may(right)]
        self._words = {key: words for key, words, _ in listed.sections if key in self._places}
        super().__init__(tuple(self._words.items()))
        self._view, self._here = view, here
        self.errands = view.errands
        self.choose(here)
        self.group.buttonClicked.connect(lambda: self._go(self.key))
        self._counts = {key: count for key, count in listed.counts.items() if key in self._places}
        self._asked = set(self._counts)
        self._listen(view)
        bind(
            view,
            Key("Ctrl+PgDown", f"{listed.subject}的下一页", partial(self._step, 1)),
            Key("Ctrl+PgUp", f"{listed.subject}的上一页", partial(self._step, -1)),
        )

    def _listen(self, view: View) -> None:
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.timeout.connect(self.count_sections)
        kinds = frozenset[str]().union(*(count.kinds for count in self._counts.values()))
        if kinds:
            view.bench.bulletin.subscribe(self, kinds, self._hear)
            self._news.start(0)

    @latest
    async def count_sections(self) -> None:
        """What waits in each section that has news, in small numbers."""
        for key in [key for key in self._counts if key in self._asked]:
            count = self._counts[key].number(await self.errands.ask(self._counts[key].question))
            self._asked.discard(key)
            self.say(key, f"{self._words[key]} {count}" if count else self._words[key])

    def _hear(self, changes: Changes) -> None:
        self._asked |= {key for key, count in self._counts.items() if changes.touches(*count.kinds)}
        if not self._news.isActive():  # news that never ends must not put it off for ever
            self._news.start(_AFTER_NEWS_MS)

    def _step(self, step: int) -> None:
        self._go(self._places[(self._places.index(self._here) + step) % len(self._places)])

    def _go(self, place: str) -> None:
        """The chip stays where it is: this view goes on standing in its own section."""
        self.choose(self._here)
        if place != self._here:
            self._view.bench.go(place, {})
