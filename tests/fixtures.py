"""Fixtures every test may ask for; registered in conftest.py as a plugin."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.compose import Station
from tests.support.station import Founded, found, open_station


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """The template station, founded once for all tests of this process."""
    return found(tmp_path_factory.mktemp("founded") / "home")


@pytest.fixture
def home(founded: Founded, tmp_path: Path) -> Path:
    """A home folder of one's own with a founded station in it."""
    return founded.copy(tmp_path / "home")


@pytest.fixture
def station(home: Path) -> Iterator[Station]:
    """A founded station, opened by the head nurse."""
    opened = open_station(home)
    yield opened
    opened.close()
