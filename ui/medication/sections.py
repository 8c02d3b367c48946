"""The sections of medication as chips above each of its views: one key away from each other."""

from __future__ import annotations

from functools import partial

from app.core.roles import Right
from ui.kit import ChipRow, Key, bind
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


class Sections(ChipRow):
    """`here`: the place it stands in. Ctrl+PageDown and Ctrl+PageUp go to the next and the one before."""

    def __init__(self, view: View, here: str) -> None:
        self._places = [key for key, _, right in SECTIONS if view.bench.actor.may(right)]
        super().__init__(tuple((key, words) for key, words, _ in SECTIONS if key in self._places))
        self._view, self._here = view, here
        self.choose(here)
        self.group.buttonClicked.connect(lambda: self._go(self.key))
        bind(
            view,
            Key("Ctrl+PgDown", "用药的下一页", partial(self._step, 1)),
            Key("Ctrl+PgUp", "用药的上一页", partial(self._step, -1)),
        )

    def _step(self, step: int) -> None:
        self._go(self._places[(self._places.index(self._here) + step) % len(self._places)])

    def _go(self, place: str) -> None:
        """The chip stays where it is: this view goes on standing in its own section."""
        self.choose(self._here)
        if place != self._here:
            self._view.bench.go(place, {})
