"""最新体征: six values at a glance with the line of the last fortnight; Enter or a click opens the tab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.changes import Changes
from app.core.clock import local
from app.vitals.catalogue import sign_of
from app.vitals.queries import LatestOf, LatestRow
from app.vitals.queries.record import VitalRecord, VitalRecordRow
from ui.kit import Card, FactTile, StateView, latest, ringed
from ui.kit.chart import ChartPart
from ui.kit.view import Bench
from ui.style import Tone, look

FORTNIGHT = timedelta(days=14)
FRESH = timedelta(days=3)
"""A value older than this carries its date."""


@dataclass(frozen=True)
class Tile:
    """One tile: its words, and the signs it may show, the first that was measured."""

    words: str
    codes: tuple[str, ...]


_GAP, _TILE = 10, 138
TILES = (
    Tile("血压", ("blood_pressure",)),
    Tile("脉率", ("pulse", "heart_rate")),
    Tile("体温", ("temperature",)),
    Tile("血氧", ("spo2",)),
    Tile("血糖", ("glucose",)),
    Tile("体重", ("weight",)),
)


class TileGrid(QWidget):
    """Tiles of equal size, three or two beside each other: a layout of Qt would hold on to three for good."""

    def __init__(self, tiles: Sequence[QWidget]) -> None:
        super().__init__()
        self._tiles = tiles
        for tile in tiles:
            tile.setParent(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * self._least() + _GAP, self._high(2))

    def sizeHint(self) -> QSize:
        return QSize(3 * self._least() + 2 * _GAP, self._high(self._across()))

    def hasHeightForWidth(self) -> bool:
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Put every tile in its place at the width there is."""
        across = self._across()
        wide = (self.width() - _GAP * (across - 1)) / across
        high = self._tile_height()
        for place, tile in enumerate(self._tiles):
            left, top = place % across * (wide + _GAP), place // across * (high + _GAP)
            tile.setGeometry(round(left), top, round(wide), high)

    def _across(self) -> int:
        return 3 if self.width() >= 3 * self._least() + 2 * _GAP else 2

    def _least(self) -> int:
        return max(look.sp(_TILE), *(tile.minimumSizeHint().width() for tile in self._tiles))

    def _tile_height(self) -> int:
        return max(tile.sizeHint().height() for tile in self._tiles)

    def _high(self, across: int) -> int:
        rows = -(-len(self._tiles) // across)
        return rows * self._tile_height() + (rows - 1) * _GAP


class LatestCard(ChartPart):
    """Whatever its age, the newest value stands; its tone says what it means for this person."""

    kinds: ClassVar[frozenset[str]] = frozenset({"vital", "vital_profile"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "最新体征")
        self.card = Card("最新体征")
        self.tiles = tuple(FactTile(tile.words) for tile in TILES)
        self.grid = TileGrid(self.tiles)
        self.state = StateView(self.grid)
        self.card.body.addWidget(self.state, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.card)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("最新体征，按 Enter 打开体征页")
        ringed(self)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask for the newest values and the last fortnight."""
        who = self.who
        if who is None:
            return
        now = self.bench.desk.clock.now()
        with self.state.asking(self.refresh):
            newest = await self.errands.ask(LatestOf(who.rid))
            codes = tuple(code for tile in TILES for code in tile.codes)
            record = await self.errands.ask(VitalRecord(who.rid, now - FORTNIGHT, now, codes))
            if self.who is not None and self.who.rid == who.rid:
                self._show({one.code: one for one in newest}, record)

    def _show(self, newest: dict[str, LatestRow], record: VitalRecordRow) -> None:
        zone = self.bench.station.settings.zone
        for tile, widget in zip(TILES, self.tiles, strict=True):
            row = next((newest[code] for code in tile.codes if code in newest), None)
            if row is None:
                widget.say("", "", None, ())
                continue
            unit = sign_of(row.code).unit
            if self.bench.desk.clock.now() - row.at > FRESH:
                unit += f" · {local(zone, row.at):%m-%d}"
            lines = record.standing(row.code)
            values = tuple(one.measured.value for one in lines if one.measured.value is not None)
            loud = row.judgement.tone in ("warn", "danger")
            widget.say(row.text, unit, Tone(row.judgement.tone) if loud else None, values)
        if not any(code in newest for tile in TILES for code in tile.codes):
            self.card.hint.setText("")
            self.state.empty("还没有录入体征", "打开“体征”页，按 V 录入。")
            return
        last = max(newest.values(), key=lambda one: one.at)
        by = next((one.taken.by for one in reversed(record.lines) if one.taken.rid == last.rid), "")
        self.card.hint.setText(" · ".join(filter(None, (f"{local(zone, last.at):%m-%d %H:%M}", by))))
        self.state.content()
        self.grid.updateGeometry()
        self.grid.arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self._open()
        super().mouseReleaseEvent(event)

    def _open(self) -> None:
        if self.who is not None:
            self.bench.go("chart", {"resident": self.who.rid, "tab": "vitals"})
