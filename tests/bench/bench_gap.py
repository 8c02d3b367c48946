"""How long the screen is deaf while 1,000 Patients go to the platform.

The longest gap between two turns of Qt's loop in the real window with 同步 open, beside the longest while nothing goes.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from app.compose import Station, compose
from app.sync.access import OVERRIDE
from tests.bench.bench_sync import admit, platform
from tests.support import loop
from tests.support.acts import Act
from tests.support.station import CHEAP, PASSWORD, found, open_station
from tests.support.visitor import Visitor, close_window, open_window
from ui.application import dressed_application
from ui.sync.sync_view import SyncView

STEP = 2
"""Milliseconds between two ticks: what a gap is measured in."""
SERVER = 0.08
"""Seconds a bundle takes besides: the quickest real server that was measured."""


class Gaps:
    """The times between ticks of the screen's loop, in milliseconds."""

    def __init__(self) -> None:
        self.all: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(STEP)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.all.append((now - self._last) * 1000)
        self._last = now

    def taken(self) -> list[float]:
        """Those since last asked, longest last."""
        found, self.all = sorted(self.all), []
        return found


def run() -> list[tuple[str, float, str]]:
    """(what, longest gap ÷ the 60 ms that are aimed at, both in words)."""
    seen: list[list[float]] = []
    with tempfile.TemporaryDirectory() as folder, platform(SERVER) as address:
        home = found(Path(folder) / "home").root
        station = open_station(home)
        station.desk.do_now(Act(admit))
        station.close()
        loop.run(dressed_application(home), _watched(home, address, seen))
    idle, busy = seen
    late = len([gap for gap in busy if gap > 60])
    note = f"{busy[-1]:.0f} ms ({late} over 60 of {len(busy)}), {idle[-1]:.0f} ms while nothing is sent"
    return [("longest gap of the screen during an upload / 60 ms", busy[-1] / 60, note)]


async def _watched(home: Path, address: str, seen: list[list[float]]) -> None:
    made: list[Station] = []

    def syncing() -> Station:
        station = compose(home, cost=CHEAP)
        station.syncs = True
        made.append(station)
        return station

    window = open_window(home, make=syncing)
    visitor = Visitor(window)
    await visitor.until(window.sign_in.isVisible, "the sign-in")
    await visitor.sign_in("0317", PASSWORD)
    visitor.turn_to("sync")
    view = await visitor.seen(SyncView)
    await visitor.until(lambda: view.said is not None, "the state")
    await asyncio.sleep(1)
    gaps = Gaps()
    await asyncio.sleep(3)
    seen.append(gaps.taken())
    os.environ[OVERRIDE] = address
    try:
        made[0].sync.now()
        await visitor.until(
            lambda: view.said is not None and view.said.received_today >= 1000, "the receipts"
        )
        seen.append(gaps.taken())
        await close_window(window)
    finally:
        del os.environ[OVERRIDE]
