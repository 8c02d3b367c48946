"""Fixtures of the care tests: a furnished house."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.compose import Station
from tests.app.care.house import Home, furnished


@pytest.fixture
def home_of_two(station: Station) -> Iterator[Home]:
    yield from furnished(station)
