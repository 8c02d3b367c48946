"""A station joined to a written platform, with the manners of each server column."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.compose import Station
from tests.support.platform import COLUMNS, Behaviour, Platform
from tests.sync.pull.people import District


@pytest.fixture(params=COLUMNS)
def anywhere(request: pytest.FixtureRequest, station: Station) -> Iterator[District]:
    """With each of the three servers."""
    with Platform(Behaviour.named(request.param)) as platform:
        yield District(station, platform)


@pytest.fixture
def district(station: Station) -> Iterator[District]:
    """With one server, where its manners make no difference."""
    with Platform() as platform:
        yield District(station, platform)
