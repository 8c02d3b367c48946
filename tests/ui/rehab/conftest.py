"""Fixtures of the rehab tests: a gym with therapists, 林海涛 at the desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.compose import Station
from tests.app.rehab.house import Gym, gym_of


@pytest.fixture
def gym(station: Station) -> Iterator[Gym]:
    yield from gym_of(station)
