"""The sections of a subject as chips above each of its views: one key away from each other."""

from __future__ import annotations

from functools import partial

from app.core.roles import Right
from ui.kit.buttons import ChipRow
from ui.kit.keys import Key, bind
from ui.kit.view import View

Section = tuple[str, str, Right]
"""Place, words, and the right without which it is not there."""


class SectionChips(ChipRow):
    """`here`: the place it stands in. Ctrl+PageDown and Ctrl+PageUp go to the next and the one before of `subject`."""

    def __init__(self, view: View, here: str, sections: tuple[Section, ...], subject: str) -> None:
        self._places = [key for key, _, right in sections if view.bench.actor.may(right)]
        super().__init__(tuple((key, words) for key, words, _ in sections if key in self._places))
        self._view, self._here = view, here
        self.choose(here)
        self.group.buttonClicked.connect(lambda: self._go(self.key))
        bind(
            view,
            Key("Ctrl+PgDown", f"{subject}的下一页", partial(self._step, 1)),
            Key("Ctrl+PgUp", f"{subject}的上一页", partial(self._step, -1)),
        )

    def _step(self, step: int) -> None:
        self._go(self._places[(self._places.index(self._here) + step) % len(self._places)])

    def _go(self, place: str) -> None:
        """The chip stays where it is: this view goes on standing in its own section."""
        self.choose(self._here)
        if place != self._here:
            self._view.bench.go(place, {})
