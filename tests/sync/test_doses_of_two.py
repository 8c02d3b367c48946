"""One slot recorded at two stations: whoever corrects one of the two corrects the one they saw, never the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Role
from app.medication.giving import RetractDose
from app.medication.seen_dose import SeenDose
from tests.app.medication.house import ward_of
from tests.support.acts import rows
from tests.support.exchange import second_station
from tests.support.platform import Platform
from tests.sync.test_medication_exchange import Two, slot

STANDING = "select station, revision from dose where current and state <> 'retracted' order by station"


@pytest.fixture
def two(station: Station, tmp_path: Path) -> Iterator[Two]:
    """A head nurse at the first one, who may correct others' records."""
    with second_station(tmp_path / "second") as second, Platform() as platform:
        for ward in ward_of(station):
            found = Two(ward, second, platform)
            ward.become(Role.HEAD_NURSE)
            yield found


def led(station: Station) -> SeenDose:
    """The record of 08:00 that the round shows."""
    recorded = slot(station).recorded
    assert recorded is not None
    assert isinstance(recorded.seen, SeenDose)
    return recorded.seen


def test_the_other_stations_record_is_not_taken_for_ours(two: Two) -> None:
    first = two.first.station
    two.give(first)
    two.put(8, 5)
    two.give(two.other.station)
    two.exchange()
    seen = led(first)
    assert (seen.station, seen.revision) == ("02", 1)
    with pytest.raises(Refusal, match="02 站"):
        first.desk.do_now(RetractDose(seen, "只服一次"))
    assert rows(first, STANDING) == [("01", 1), ("02", 1)], "ours stays"


def test_ours_is_corrected_where_it_leads(two: Two) -> None:
    first = two.first.station
    two.give(two.other.station)
    two.put(8, 5)
    two.give(first)
    two.exchange()
    assert led(first).station == "01"
    first.desk.do_now(RetractDose(led(first), "只服一次"))
    two.exchange()
    assert rows(first, STANDING) == rows(two.other.station, STANDING) == [("02", 1)]


def test_one_that_only_another_station_has_is_corrected_here(two: Two) -> None:
    first = two.first.station
    two.give(two.other.station)
    two.exchange()
    first.desk.do_now(RetractDose(led(first), "没有服"))
    two.exchange()
    assert rows(first, STANDING) == rows(two.other.station, STANDING) == []


def test_what_the_other_station_changed_since_is_not_retracted(two: Two) -> None:
    first, other = two.first.station, two.other.station
    mine = two.give(other)
    two.exchange()
    seen = led(first)
    other.desk.do_now(RetractDose(mine, "点错"))
    two.exchange()
    with pytest.raises(Refusal):
        first.desk.do_now(RetractDose(seen, "没有服"))
