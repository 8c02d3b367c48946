"""One time in hospital written at two stations: what each did alone stands at both, what both did is asked about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.compose import Station
from app.referrals.coming_back import RecordReturn, ReturnForm
from app.referrals.moving import Depart
from app.referrals.revising import Seen
from app.residents.stays.away import KeepBed
from app.sync.settling import SettleConflict
from tests.app.referrals.house import Desk, desk_of
from tests.support.exchange import second_station
from tests.support.platform import COLUMNS, Behaviour, Platform
from tests.sync.two_houses import Houses, time_away

LATER, LATEST = date(2026, 12, 10), date(2026, 12, 11)


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Station]:
    with second_station(tmp_path / "second") as opened:
        yield opened


@pytest.fixture
def desk(station: Station) -> Iterator[Desk]:
    yield from desk_of(station)


@pytest.fixture(params=COLUMNS)
def houses(request: pytest.FixtureRequest, desk: Desk, second: Station) -> Iterator[Houses]:
    with Platform(Behaviour.named(request.param)) as platform:
        yield Houses(desk, second, platform)


def departed_at_both(houses: Houses) -> Seen:
    """Neither station knows yet that the other has written the departure."""
    seen = houses.sent()
    houses.put(8, 10)
    houses.do(0, Depart(seen))
    houses.put(8, 14)
    houses.do(1, Depart(seen))
    houses.put(8, 30)
    return seen


def keep(houses: Houses, which: int, until: date = LATER) -> None:
    houses.do(which, KeepBed(houses.desk.li, True, until, "家属要求"))


def come_back(houses: Houses, which: int) -> None:
    houses.do(which, RecordReturn(houses.desk.li, ReturnForm("paper", diagnoses="肺炎")))


def same_at_both(houses: Houses) -> bool:
    here, there = ([time_away(one) for one in houses.away(which)] for which in (0, 1))
    return here == there


@pytest.mark.parametrize("back", [0, 1])
@pytest.mark.parametrize("kept", [1, 2])
def test_back_at_one_and_the_bed_kept_at_the_other_both_stand(houses: Houses, back: int, kept: int) -> None:
    seen = departed_at_both(houses)
    for until in (LATEST, LATER)[-kept:]:
        keep(houses, 1 - back, until)
    houses.put(9)
    home = houses.desk.station.clock.now()
    come_back(houses, back)
    houses.settle()
    assert same_at_both(houses)
    (away,) = houses.away(0)
    assert away.ends == home
    assert away.keep_until == LATER
    (there,) = [one for one in houses.platform.resources("Encounter") if "start" in one["period"]]
    assert there["status"] == "finished"
    houses.do(1, SettleConflict("referral", seen.rid, ours=back == 1))
    houses.settle()
    assert houses.agree(seen.rid)
    assert houses.quiet()


def test_what_both_changed_is_asked_about_and_settled_with_the_referral(houses: Houses) -> None:
    seen = departed_at_both(houses)
    keep(houses, 0, LATER)
    keep(houses, 1, LATEST)
    houses.settle()
    assert [one.keep_until for which in (0, 1) for one in houses.away(which)] == [LATER, LATEST]
    assert {kind for kind, state, *_ in houses.at[1].waiting() if state == "conflict"} == {
        "referral",
        "absence",
    }
    houses.do(1, SettleConflict("referral", seen.rid, ours=True))
    houses.settle()
    assert same_at_both(houses)
    assert houses.conflicts(0) == houses.conflicts(1) == []
