"""Fixtures of the tests of the screens of referrals: the desk with two residents and three partners, a nurse at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.compose import Station
from tests.app.referrals.house import Desk, desk_of


@pytest.fixture
def desk(station: Station) -> Iterator[Desk]:
    yield from desk_of(station)
