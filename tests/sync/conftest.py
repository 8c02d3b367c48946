"""A station joined to a written platform: with one server, and with each of the three."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.compose import Station
from tests.support.platform import COLUMNS, Behaviour, Platform
from tests.sync.joined import Joined


@pytest.fixture
def joined(station: Station) -> Iterator[Joined]:
    """With one server, where its manners make no difference."""
    with Platform() as platform:
        yield Joined(station, platform)


@pytest.fixture(params=COLUMNS)
def joined_anywhere(request: pytest.FixtureRequest, station: Station) -> Iterator[Joined]:
    """With the manners of each of three servers."""
    with Platform(Behaviour.named(request.param)) as platform:
        yield Joined(station, platform)
