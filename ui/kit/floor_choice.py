"""The floors of the house as chips; with many of them the buildings come first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit import ChipRow

MOST = 12
"""Floors in one row of chips; with more, and more than one building, buildings come first."""


class Floor(Protocol):
    """A floor as a choice; `name` is without its building."""

    @property
    def rid(self) -> UUID: ...

    @property
    def building(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def words(self) -> str: ...


class FloorChoice(QWidget):
    """`chosen` carries the floor somebody clicked."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self.rows: list[ChipRow] = []
        self._made: object = None
        self._order: tuple[UUID, ...] = ()
        self._here: UUID | None = None

    def beside(self, step: int) -> UUID | None:
        """The floor so many steps on; None beyond the ends."""
        if self._here not in self._order:
            return None
        place = self._order.index(self._here) + step
        return self._order[place] if 0 <= place < len(self._order) else None

    def show_floors(
        self, floors: Sequence[Floor], current: UUID | None, said: Mapping[UUID, str] | None = None
    ) -> None:
        """Chips are made anew only when a floor came, went or was renamed, or another building is shown.

        `said`: what stands behind the name of a floor.
        """
        self._order, self._here = tuple(floor.rid for floor in floors), current
        here = next((floor for floor in floors if floor.rid == current), None)
        buildings = tuple(dict.fromkeys(floor.building for floor in floors))
        parted = len(floors) > MOST and len(buildings) > 1
        shown = tuple(one for one in floors if not parted or here is None or one.building == here.building)
        first = {one.building: str(one.rid) for one in reversed(floors)}
        words = {str(one.rid): (parted and one.name) or one.words for one in shown}
        if self._made != (parted and first, words):
            self._made = (parted and first, words)
            self._clear()
            if parted:
                self._add(tuple((first[name], name or "其他") for name in buildings))
            if shown:
                self._add(tuple(words.items()))
        for rid, more in (said or {}).items():
            if str(rid) in words:
                self.rows[-1].say(str(rid), f"{words[str(rid)]} {more}")
        if here is not None and self.rows:
            self.rows[-1].choose(str(here.rid))
            if parted:
                self.rows[0].choose(first[here.building])

    def _add(self, choices: tuple[tuple[str, str], ...]) -> None:
        row = ChipRow(choices)
        row.group.buttonClicked.connect(lambda: self.chosen.emit(UUID(row.key)))
        self.rows.append(row)
        self._box.addWidget(row)

    def _clear(self) -> None:
        for row in self.rows:
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows.clear()
