"""Tiles in rows, as one stop of Tab: arrows go among them, Space switches the one with the keys."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget

from ui.referrals.form_tile import Tile, TileFace
from ui.style import look

_LEAST = 214


class Tiles(QWidget):
    """`changed` after one was switched by the person. `one`: exactly one may be on, else any number."""

    changed = Signal(str)

    def __init__(self, words: str, *, one: bool = False, least: int = _LEAST, most: int = 3) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.tiles: dict[str, Tile] = {}
        self._one, self._least, self._most, self._columns = one, least, most, 0
        self._group = QButtonGroup(self)
        self._group.setExclusive(one)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.sp(8))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_tiles(self, faces: Mapping[str, TileFace]) -> None:
        """Other tiles; those that stay keep their place in the keys and whether they are on."""
        if list(faces) == list(self.tiles):
            for key, face in faces.items():
                self.tiles[key].say(face)
            return
        on, had = set(self.on), next((key for key, tile in self.tiles.items() if tile.hasFocus()), "")
        for tile in self.tiles.values():
            self._grid.removeWidget(tile)
            self._group.removeButton(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = {key: self._make(key, face) for key, face in faces.items()}
        self.choose(on)
        self._columns = 0
        self._lay_out()
        self._stop_at(had if had in self.tiles else next(iter(self.tiles), ""))
        if had in self.tiles:
            self.tiles[had].setFocus()

    @property
    def on(self) -> tuple[str, ...]:
        """What is switched on, in the order of the tiles."""
        return tuple(key for key, tile in self.tiles.items() if tile.isChecked())

    def choose(self, keys: set[str] | frozenset[str]) -> None:
        """Switch exactly these on; says nothing."""
        self._group.setExclusive(False)
        for key, tile in self.tiles.items():
            tile.setChecked(key in keys)
        self._group.setExclusive(self._one)

    def focus_part(self) -> QWidget:
        """Where the keys go."""
        on = (self.tiles[key] for key in self.on)
        return next(on, next(iter(self.tiles.values()), self))

    def _make(self, key: str, face: TileFace) -> Tile:
        tile = Tile(face, radio=self._one, parent=self)
        self._group.addButton(tile)
        tile.clicked.connect(lambda: self.changed.emit(key))
        tile.stepped.connect(lambda step: self._step(key, step))
        return tile

    def _step(self, key: str, step: int) -> None:
        places = list(self.tiles)
        place = places.index(key) + step
        if 0 <= place < len(places):
            self._stop_at(places[place])
            self.tiles[places[place]].setFocus(Qt.FocusReason.TabFocusReason)

    def _stop_at(self, key: str) -> None:
        for one, tile in self.tiles.items():
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one == key else Qt.FocusPolicy.ClickFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        columns = max(1, min(self._most, self.width() // look.sp(self._least), max(1, len(self.tiles))))
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for place, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, place // columns, place % columns)
            tile.show()
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
