"""A station with some people in it, and a backup of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.compose import Station
from app.core.watch import Watch
from tests.support.acts import Admit
from tests.support.station import open_station


@pytest.fixture
def peopled(home: Path) -> Iterator[Station]:
    """An open station with four residents; the head nurse is at the desk."""
    station = open_station(home)
    for name in ("王秀英", "李桂兰", "赵德福", "陈玉珍"):
        station.desk.do_now(Admit(name))
    yield station
    station.close()


@pytest.fixture
def backup(peopled: Station) -> Path:
    """A backup of it; the station goes on."""
    return peopled.backups.by_hand(Watch()).file
