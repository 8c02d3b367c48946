"""A station that sends files, with one server and with each of three; another station of the same institution."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.compose import Station
from tests.support.exchange import second_station
from tests.support.platform import COLUMNS, Behaviour, Platform
from tests.sync.files.papers import Filing


@pytest.fixture
def filing(station: Station) -> Iterator[Filing]:
    """With one server, where its manners make no difference."""
    with Platform() as platform:
        yield Filing(station, platform)


@pytest.fixture(params=COLUMNS)
def filing_anywhere(request: pytest.FixtureRequest, station: Station) -> Iterator[Filing]:
    """With the manners of each of three servers."""
    with Platform(Behaviour.named(request.param)) as platform:
        yield Filing(station, platform)


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Station]:
    with second_station(tmp_path / "second") as opened:
        yield opened
