"""What one station sends another takes in: equal rows, with their authors; nothing new writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.compose import Station
from tests.support.acts import rows
from tests.support.exchange import bodies, came, carry, second_station, take

TABLES = ("staff", "place", "resident", "stay", "allergy", "diagnosis", "assessment")


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Station]:
    with second_station(tmp_path / "other") as opened:
        yield opened
