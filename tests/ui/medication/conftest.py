"""Fixtures of the medication screens: the house of the medication tests, with a nurse at the desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.compose import Station
from tests.app.medication.house import Ward, ward_of


@pytest.fixture
def ward(station: Station) -> Iterator[Ward]:
    yield from ward_of(station)
