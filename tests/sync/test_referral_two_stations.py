"""Two stations move one referral without knowing of each other: nobody is away twice, and a person can settle it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.compose import Station
from app.referrals.coming_back import RecordReturn, ReturnForm
from app.referrals.moving import Depart
from app.referrals.revising import Seen
from tests.app.referrals.house import Desk, desk_of
from tests.support.exchange import second_station
from tests.support.platform import COLUMNS, Behaviour, Platform
from tests.sync.two_houses import Houses


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Station]:
    with second_station(tmp_path / "second") as opened:
        yield opened


@pytest.fixture
def desk(station: Station) -> Iterator[Desk]:
    yield from desk_of(station)


@pytest.fixture
def houses(desk: Desk, second: Station) -> Iterator[Houses]:
    with Platform() as platform:
        yield Houses(desk, second, platform)


@pytest.fixture(params=COLUMNS)
def houses_anywhere(request: pytest.FixtureRequest, desk: Desk, second: Station) -> Iterator[Houses]:
    with Platform(Behaviour.named(request.param)) as platform:
        yield Houses(desk, second, platform)


def both_depart(houses: Houses) -> Seen:
    seen = houses.sent()
    houses.put(8, 10)
    houses.do(0, Depart(seen))
    houses.put(8, 14)
    houses.do(1, Depart(seen))
    houses.settle()
    return seen


def test_who_left_at_both_is_away_once(houses_anywhere: Houses) -> None:
    houses = houses_anywhere
    seen = both_depart(houses)
    for which in (0, 1):
        (away,) = houses.away(which)
        assert away.rid == houses.row(which, seen.rid).absence
        assert away.ends is None
    there = [one for one in houses.platform.resources("Encounter") if one["status"] == "in-progress"]
    assert len(there) == 1
    houses.put(9)
    houses.do(0, RecordReturn(houses.desk.li, ReturnForm("paper", diagnoses="肺炎")))
    houses.settle()
    for which in (0, 1):
        (away,) = houses.away(which)
        assert away.ends is not None, which
