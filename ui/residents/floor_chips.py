"""The floors of the house as chips; a house of many floors shows its buildings first, then the floors of one."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.residents.queries import FloorRow
from ui.kit import ChipRow

MOST = 12
"""Floors that stand in one row of chips; with more, and more than one building, buildings come first."""


class FloorChips(QWidget):
    """`chosen` carries the `FloorRow.rid` somebody clicked."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self.buildings: ChipRow | None = None
        self.floors: ChipRow | None = None
        self._made: tuple[object, ...] = ()
        self._first: dict[str, UUID] = {}

    def show_floors(self, floors: tuple[FloorRow, ...], current: UUID | None) -> None:
        """Chips are made anew only when a floor came, went or was renamed, or another building is shown."""
        here = next((floor for floor in floors if floor.rid == current), None)
        self._first = {floor.building: floor.rid for floor in reversed(floors)}
        names = tuple(dict.fromkeys(floor.building for floor in floors))
        parted = len(floors) > MOST and len(names) > 1 and here is not None
        shown = tuple(
            floor for floor in floors if not parted or here is None or floor.building == here.building
        )
        made = (parted, names, tuple((floor.rid, floor.words) for floor in shown))
        if made != self._made:
            self._made = made
            self._make(names if parted else (), shown)
        if self.floors is None or here is None:
            return
        for floor in shown:
            words = floor.name if parted and floor.name else floor.words
            self.floors.say(str(floor.rid), f"{words} {floor.taken}/{floor.beds}")
        self.floors.choose(str(here.rid))
        if self.buildings is not None:
            self.buildings.choose(here.building)

    def _make(self, names: tuple[str, ...], floors: tuple[FloorRow, ...]) -> None:
        for row in (self.buildings, self.floors):
            if row is not None:
                self._box.removeWidget(row)
                row.hide()
                row.deleteLater()
        self.buildings = ChipRow(tuple((name, name or "其他") for name in names)) if names else None
        self.floors = ChipRow(tuple((str(floor.rid), floor.words) for floor in floors)) if floors else None
        if self.buildings is not None:
            self.buildings.group.buttonClicked.connect(self._building_chosen)
            self._box.addWidget(self.buildings)
        if self.floors is not None:
            self.floors.group.buttonClicked.connect(self._floor_chosen)
            self._box.addWidget(self.floors)

    def _building_chosen(self) -> None:
        if self.buildings is not None:
            self.chosen.emit(self._first[self.buildings.key])

    def _floor_chosen(self) -> None:
        if self.floors is not None:
            self.chosen.emit(UUID(self.floors.key))
