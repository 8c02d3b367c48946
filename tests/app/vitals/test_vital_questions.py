"""What the round, lists, charts, Today and the timeline are answered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.compose import Station
from app.core.roles import Role
from app.core.unit import Unit
from app.vitals.queries import Abnormal, LatestVitals, RoundGrid, Series, SetsOf, happened
from app.vitals.rules import Measured, News2
from app.vitals.service import CorrectVital, RecordSet, Seen, SetProfile
from db.models import Absence
from tests.app.vitals.ward import forward, measured, ward
from tests.support.acts import Act, Look
from tests.support.station import MORNING, become

ROUND = MORNING - timedelta(hours=1)
WHOLE = measured(
    temperature="36.5", pulse="76", respiration="18", blood_pressure="132/78", spo2="97", consciousness="A"
)


@pytest.fixture
def people(station: Station, tmp_path: Path) -> list[UUID]:
    return ward(station, tmp_path)


def record(station: Station, rid: UUID, *values: Measured, **ago: int) -> UUID:
    return station.desk.do_now(RecordSet(rid, station.clock.now() - timedelta(**ago), values))


def test_the_grid_has_the_floor_in_the_order_of_its_beds(station: Station, people: list[UUID]) -> None:
    grid = station.desk.ask_now(RoundGrid(None, ROUND))
    assert [row.resident for row in grid.rows] == people
    assert (grid.rows[0].name, grid.rows[0].bed) == ("李桂兰", "301-1")
    assert [row.alike for row in grid.rows] == [True, True, False, False]
    assert [(floor.words, floor.people) for floor in grid.floors] == [("2号楼 3层", 4)]
    assert (grid.measured, grid.expected) == (0, 4)


def test_a_row_shows_this_round_and_what_was_before(station: Station, people: list[UUID]) -> None:
    record(station, people[0], *measured(temperature="37.9", pulse="88"), days=1)
    record(station, people[0], *measured(temperature="36.9"), days=2)
    record(station, people[0], *WHOLE)
    grid = station.desk.ask_now(RoundGrid(None, ROUND))
    row = grid.rows[0]
    assert row.before["temperature"].text == "37.9"
    assert row.values["temperature"][-1].text == "36.5"
    assert isinstance(row.news2, News2)
    assert grid.measured == 1
    untouched = grid.rows[1]
    assert (untouched.visit, dict(untouched.before)) == (None, {})


def test_who_is_away_is_not_measured(station: Station, people: list[UUID]) -> None:
    def leave(unit: Unit) -> None:
        stay = unit.new_id()
        stamp = unit.stamp()
        begins = unit.now - timedelta(days=1)
        planned = unit.now + timedelta(days=2)
        unit.session.add(
            Absence(
                **stamp,
                revision=1,
                resident=people[2],
                stay=stay,
                code="leave",
                begins=begins,
                planned=planned,
            )
        )

    station.desk.do_now(Act(leave))
    grid = station.desk.ask_now(RoundGrid(None, ROUND))
    away = grid.rows[2].away
    assert away is not None
    assert away.words == "请假外出 11-23 至 11-26，本轮不测"
    assert grid.expected == 3


def test_a_chart_of_ninety_days_comes_in_order(station: Station, people: list[UUID]) -> None:
    for day in (3, 1, 2):
        record(station, people[0], *measured(temperature=f"36.{day}", consciousness="A"), days=day)
    record(station, people[1], *measured(temperature="39.0"))
    since, until = MORNING - timedelta(days=90), MORNING
    points = station.desk.ask_now(Series(people[0], ("temperature", "consciousness"), since, until))
    assert [(one.code, one.value, one.words) for one in points] == [
        *[("consciousness", None, "A")] * 3,
        ("temperature", 36.3, ""),
        ("temperature", 36.2, ""),
        ("temperature", 36.1, ""),
    ]
    assert points[-1].at == MORNING - timedelta(days=1)
    assert isinstance(points[-1].rid, UUID)


def test_lists_get_everybodys_latest(station: Station, people: list[UUID]) -> None:
    record(station, people[0], *WHOLE)
    record(station, people[1], *measured(glucose="LO"))
    found = station.desk.ask_now(LatestVitals())
    assert found.of(people[0])["blood_pressure"][0] == "132/78"
    assert found.of(people[1])["glucose"] == ("LO", MORNING)
    some = station.desk.ask_now(LatestVitals((people[1], people[2])))
    assert (list(some.of(people[1])), some.of(people[0]), some.of(people[2])) == (["glucose"], {}, {})


def test_what_is_abnormal_now(station: Station, people: list[UUID]) -> None:
    record(station, people[0], Measured("temperature", 39.4, confirmed=True))
    record(station, people[1], *measured(pulse="112"))
    record(station, people[2], *measured(pulse="72"))
    record(station, people[3], *measured(pulse="115"), days=3)
    since = MORNING - timedelta(days=1)
    found = station.desk.ask_now(Abnormal(since))
    assert [(one.name, one.text, one.judgement.tone, one.bed) for one in found] == [
        ("李桂兰", "39.4", "danger", "2号楼 301-1"),
        ("李贵兰", "112", "warn", "2号楼 301-2"),
    ]
    assert len(station.desk.ask_now(Abnormal(since, red_only=True))) == 1
    forward(station, hours=4)
    record(station, people[0], *measured(temperature="36.8"))
    assert [one.name for one in station.desk.ask_now(Abnormal(since))] == ["李贵兰"]


def test_own_limits_are_what_the_grid_judges_by(station: Station, people: list[UUID]) -> None:
    become(station, Role.DOCTOR)
    limits = {"blood_pressure": {"high": 150, "second_high": 90}}
    station.desk.do_now(SetProfile(people[0], limits=limits))
    record(station, people[0], *measured(blood_pressure="158/82"))
    row = station.desk.ask_now(RoundGrid(None, ROUND)).rows[0]
    assert row.values["blood_pressure"][0].judgement.words == "收缩压 158 超出个人范围 ≤150"
    assert row.profile.target_words("blood_pressure") == "≤150/90"


def test_visits_and_timeline(station: Station, people: list[UUID]) -> None:
    set_id = record(station, people[0], *WHOLE)
    record(station, people[0], *measured(temperature="37.5"), hours=5)
    visits = station.desk.ask_now(SetsOf(people[0], MORNING - timedelta(days=1), MORNING))
    first, late = visits
    assert (first.set_id, late.late, first.late) == (set_id, True, False)
    one = first.counting["pulse"]
    station.desk.do_now(CorrectVital(Seen(one.rid, 1), Measured("pulse", 78), "笔误"))
    lines = station.desk.ask_now(
        Look(lambda reader: list(happened(reader, people[0], MORNING - timedelta(days=1), MORNING)))
    )
    assert [(line.title, line.tone) for line in lines] == [
        ("测量体征", "neutral"),
        ("测量体征（补录）", "warn"),
    ]
    assert "脉率 78 次/分" in lines[0].words
    assert "NEWS2 0 低" in lines[0].words
