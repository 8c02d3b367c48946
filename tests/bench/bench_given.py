"""From the key to "given" on the screen, in the guided round of the real window, while 1,000 Patients go up beside it.

One resident a key; the time ends when the next resident stands there. Half of the round goes while nothing is sent.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import Qt

from app.compose import Station, compose
from app.core.clock import SetClock
from app.sync.access import OVERRIDE
from tests.app.care.house import furnished
from tests.app.medication.house import Ward, at
from tests.bench.bench_sync import admit, platform
from tests.support import loop
from tests.support.acts import Act
from tests.support.station import CHEAP, PASSWORD, found, open_station
from tests.support.visitor import Visitor, close_window, open_window
from tests.ui.medication.room import move_in, press
from ui.application import dressed_application
from ui.medication.guided_view import GuidedView

RESIDENTS, SERVER = 60, 0.08
"""On the floor; seconds a bundle takes besides."""


def run() -> list[tuple[str, float, str]]:
    """(what, median ÷ the 60 ms that are aimed at, medians in words)."""
    spent: list[list[float]] = []
    with tempfile.TemporaryDirectory() as folder, platform(SERVER) as address:
        home = found(Path(folder) / "home").root
        station = open_station(home)
        station.desk.do_now(Act(admit))
        for house in furnished(station):
            ward = Ward(house)
            for rid in (ward.li, ward.wang, *move_in(ward, RESIDENTS - 2)):
                ward.order("阿托伐他汀", "20", resident=rid)
        station.close()
        loop.PATIENCE = 120.0
        loop.run(dressed_application(home), _watched(home, address, spent))
    idle, busy = (statistics.median(one) * 1000 for one in spent)
    note = f"{busy:.0f} ms (longest {max(spent[1]) * 1000:.0f}), {idle:.0f} ms while nothing is sent"
    return [("key to given during an upload / 60 ms", busy / 60, note)]


async def _watched(home: Path, address: str, spent: list[list[float]]) -> None:
    made: list[Station] = []
    clock = SetClock(at(8, 5))

    def syncing() -> Station:
        station = compose(home, clock=clock, cost=CHEAP)
        station.syncs = True
        made.append(station)
        return station

    window = open_window(home, clock=clock, make=syncing)
    visitor = Visitor(window)
    await visitor.until(window.sign_in.isVisible, "the sign-in")
    await visitor.sign_in("0412", PASSWORD)
    frame = visitor.frame
    assert frame is not None
    frame.go("guided", {})
    view = await visitor.seen(GuidedView)
    await visitor.until(lambda: view.row is not None, "the first resident")
    spent.append(await _walk(visitor, view))
    os.environ[OVERRIDE] = address
    try:
        made[0].sync.now()
        await asyncio.sleep(0.5)
        spent.append(await _walk(visitor, view))
        await close_window(window)
    finally:
        del os.environ[OVERRIDE]


async def _walk(visitor: Visitor, view: GuidedView) -> list[float]:
    """Half of the round, one key a resident."""
    found = []
    for _ in range(RESIDENTS // 2 - 1):
        await visitor.until(lambda: view.breathed() and not view.errands.running, "the next key")
        assert view.row is not None
        before = view.row.resident
        begun = time.perf_counter()
        press(view.list, Qt.Key.Key_Space)
        while view.row is not None and view.row.resident == before:
            await asyncio.sleep(0.001)
        found.append(time.perf_counter() - begun)
    return found
