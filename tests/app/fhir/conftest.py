"""A second station of the same institution, and a first one with a resident, an assessment and a correction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.compose import Station
from tests.support.exchange import second_station


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Station]:
    """Station 02, freshly founded."""
    with second_station(tmp_path / "other") as opened:
        yield opened
