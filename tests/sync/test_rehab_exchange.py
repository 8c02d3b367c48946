"""Rehab through a platform: a plan with all of it, two stations that record one session, foreign edits, no consent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.access.queries import ActorByNumber
from app.access.service import CreateStaff, StaffForm
from app.compose import Station
from app.core.roles import Role
from app.rehab.derived import Held, derive
from app.rehab.planning import CancelPlan, PausePlan, RateGoal, ResumePlan
from app.rehab.rules.sessions import SessionState
from app.rehab.rules.stopping import Values
from app.rehab.training import Before, NotHeld, RecordSession, RetractSession, SessionForm
from app.residents.stating import Seen
from app.sync.queries.differences import differences
from tests.app.fhir.people import admit
from tests.app.rehab.fhir.rows import TABLES, rehabilitate
from tests.app.rehab.house import DAY, Gym, at, gym_of
from tests.support.acts import Look, rows
from tests.support.exchange import second_station
from tests.support.platform import Platform
from tests.support.station import PASSWORD
from tests.sync.joined import Joined
from tests.sync.test_daily_record import aside

CHEN = StaffForm("8103", "陈晓", frozenset({Role.THERAPIST}), "康复治疗师", "PT")
RESTED = Before(Values(sbp=128, dbp=76, hr=72))


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Station]:
    with second_station(tmp_path / "second") as opened:
        yield opened


@pytest.fixture
def gym(station: Station) -> Iterator[Gym]:
    yield from gym_of(station)


@pytest.fixture
def platform() -> Iterator[Platform]:
    with Platform() as started:
        yield started


def equal(first: Station, other: Station) -> None:
    """What stands now is the same at both; of sessions every revision that ended is."""
    for table in TABLES:
        names = [row[1] for row in rows(first, f"pragma table_info({table})") if row[1] != "clock_offset_ms"]
        which = "ended_at is not null" if table == "rehab_session" else "current"
        query = f"select {', '.join(names)} from {table} where {which}"  # noqa: S608  # our own tables
        assert set(rows(first, query)) == set(rows(other, query)), table


class Two:
    """The gym's station and another one with a therapist of its own, joined to one platform; a plan runs at both."""

    def __init__(self, gym: Gym, second: Station, platform: Platform) -> None:
        self.gym = gym
        self.first, self.other = Joined(gym.station, platform), Joined(second, platform)
        _hire(second)
        self.drawn = gym.plan()
        self.exchange()
        for station in (gym.station, second):
            station.clock.put(at(9, 40))  # type: ignore[attr-defined]  # a SetClock

    def exchange(self, times: int = 2) -> None:
        """Both stations until nothing waits; the platform's lists may lag behind."""
        for _ in range(times):
            for one in (self.first, self.other):
                one.rounds_until_quiet()

    def held(self, station: Station) -> Held:
        found: list[Held] = station.desk.ask_now(Look(lambda reader: derive(reader, None, [DAY])))
        (one,) = found
        return one


def _hire(station: Station) -> None:
    before = station.desk.actor
    administrator = station.ask_as_nobody(ActorByNumber("8001"))
    assert administrator is not None
    station.desk.actor = administrator
    slot = station.keyring.wrap((CHEN.number, CHEN.name), PASSWORD)
    station.desk.do_now(CreateStaff(CHEN, slot, must_change=False))
    station.desk.actor = station.ask_as_nobody(ActorByNumber(CHEN.number)) or before


@pytest.fixture
def two(gym: Gym, second: Station, platform: Platform) -> Two:
    return Two(gym, second, platform)


def test_everything_of_a_resident_comes_to_the_other_station(
    joined_anywhere: Joined, second: Station
) -> None:
    rehabilitate(joined_anywhere.station, admit(joined_anywhere.station))
    done = joined_anywhere.rounds_until_quiet()
    assert (done.conflicts, done.quarantined) == (0, 0)
    there = Joined(second, joined_anywhere.platform)
    there.rounds_until_quiet()
    assert aside(second) == []
    equal(joined_anywhere.station, second)
    assert joined_anywhere.platform.complaints == []
    joined_anywhere.restart()
    assert joined_anywhere.round().sent == 0


def test_a_session_two_stations_recorded_is_seen_twice_at_both(two: Two) -> None:
    first, other = two.first.station, two.other.station
    assert two.held(other).plan.status == "running"
    form = SessionForm(ended=at(9, 35), goals={two.drawn.goals[0]: 3.0})
    two.gym.do(RecordSession(two.held(first).key, at(9, 5), RESTED, form))
    other.desk.do_now(NotHeld(two.held(other).key, "refused", "tired"))
    two.exchange()
    for station in (first, other):
        held = two.held(station)
        assert {one.station for one in (held.session, *held.others) if one} == {"01", "02"}
        assert aside(station) == []
    equal(first, other)
    statuses = [one["status"] for one in two.first.platform.resources("Procedure")]
    assert sorted(statuses) == ["completed", "not-done"]
    _taken_back(two, other)


def _taken_back(two: Two, other: Station) -> None:
    """The one that was wrong is retracted where it was recorded; the other stays."""
    station = two.first.station
    mine = rows(other, "select rid, revision from rehab_session where station = '02' and current")
    seen = Seen(UUID(bytes=mine[0][0]), mine[0][1])
    other.desk.do_now(RetractSession(seen, "点错"))
    two.exchange()
    equal(station, other)
    for one in (station, other):
        held = two.held(one)
        assert (held.state, held.others) == (SessionState.DONE, ())


def test_a_plan_two_stations_changed_waits_for_a_person(two: Two) -> None:
    first, other = two.first.station, two.other.station
    plan = two.drawn.plan
    two.gym.do(CancelPlan(plan, "转院"))
    other.desk.do_now(PausePlan(plan, DAY, "发热"))
    two.first.rounds_until_quiet()
    two.other.round()
    assert two.other.states(plan.rid)[-1][1] == "conflict"
    assert rows(first, "select count(*) from rehab_plan where current") == [(1,)]
    shown = other.desk.ask_now(Look(lambda reader: differences(reader, "rehab_plan", plan.rid)))
    assert ("状态", "执行中", "已暂停", "已取消") in [
        (one.element, one.base, one.ours, one.theirs) for one in shown
    ]


def test_what_goes_on_at_one_station_goes_on_at_the_other(two: Two) -> None:
    first, other = two.first.station, two.other.station
    paused = two.gym.do(PausePlan(two.drawn.plan, DAY, "发热"))
    two.exchange()
    assert two.first.platform.resources("CarePlan")[0]["status"] == "on-hold"
    other.desk.do_now(ResumePlan(paused))
    two.gym.do(RateGoal(two.drawn.goals[0], 5.0))
    two.exchange()
    equal(first, other)
    assert two.first.platform.resources("CarePlan")[0]["status"] == "active"
    reached = [one for one in two.first.platform.resources("Goal") if one["lifecycleStatus"] == "completed"]
    assert len(reached) == 1
    assert [one["valueInteger"] for one in two.first.platform.resources("Observation")] == [0]


@pytest.mark.parametrize(
    ("type_", "key", "elements"),
    [
        ("Procedure", "session/done", {"status": "not-done"}),
        ("CarePlan", "plan/running", {"status": "revoked"}),
    ],
)
def test_a_foreign_edit_is_shown_and_not_taken(
    joined: Joined, type_: str, key: str, elements: dict[str, Any]
) -> None:
    rid = rehabilitate(joined.station, admit(joined.station))[key]
    joined.rounds_until_quiet()
    (body,) = [one for one in joined.platform.resources(type_) if str(rid) in str(one["identifier"])]
    joined.platform.edit(type_, body["id"], elements)
    joined.round()
    ((aside_type, _kind, words),) = aside(joined.station)
    assert aside_type == type_
    assert "别的程序" in words


def test_a_resident_who_refused_keeps_rehab_here(joined: Joined) -> None:
    resident = admit(joined.station)
    rehabilitate(joined.station, resident)
    joined.edit(resident, upload_refused=True)
    joined.round()
    for kind in ("ClinicalImpression", "Goal", "CarePlan", "ServiceRequest", "Procedure"):
        assert joined.platform.resources(kind) == []
    assert joined.waiting()
