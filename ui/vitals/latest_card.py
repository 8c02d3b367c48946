"""最新体征: six values at a glance with the line of the last fortnight; Enter or a click opens the tab."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.core.changes import Changes
from app.core.clock import local
from app.vitals.catalogue import sign_of
from app.vitals.queries import LatestOf, LatestRow
from app.vitals.queries.record import VitalRecord, VitalRecordRow
from ui.kit import Card, FactTile, StateView, latest, ringed
from ui.kit.chart import ChartPart
from ui.kit.view import Bench
from ui.style import Tone

FORTNIGHT = timedelta(days=14)
FRESH = timedelta(days=3)
"""A value older than this carries its date."""


@dataclass(frozen=True)
class Tile:
    """One tile: its words, and the signs it may show, the first that was measured."""

    words: str
    codes: tuple[str, ...]


TILES = (
    Tile("血压", ("blood_pressure",)),
    Tile("脉率", ("pulse", "heart_rate")),
    Tile("体温", ("temperature",)),
    Tile("血氧", ("spo2",)),
    Tile("血糖", ("glucose",)),
    Tile("体重", ("weight",)),
)


class LatestCard(ChartPart):
    """Whatever its age, the newest value stands; its tone says what it means for this person."""

    kinds: ClassVar[frozenset[str]] = frozenset({"vital", "vital_profile"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "最新体征")
        self.card = Card("最新体征")
        self.tiles = tuple(FactTile(tile.words) for tile in TILES)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        for place, tile in enumerate(self.tiles):
            grid.addWidget(tile, place // 3, place % 3)
            grid.setColumnStretch(place % 3, 1)
        self.state = StateView(inside)
        self.card.body.addWidget(self.state)
        self.card.body.addStretch(1)
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
