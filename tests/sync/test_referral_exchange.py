"""A referral through a platform: the hospital's answer shows within one sync; what it wrote is for the return."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.compose import Station
from app.referrals.coming_back import FromPlatform
from app.referrals.fhir.task import task_rid
from app.referrals.moving import Depart, SubmitReferral
from app.referrals.queries.one import ReferralById
from app.referrals.revising import Seen
from tests.app.fhir.people import admit
from tests.app.referrals.fhir.rows import TABLES, refer
from tests.app.referrals.house import Desk, desk_of
from tests.support.acts import rows
from tests.support.exchange import second_station
from tests.support.platform import Fault, Platform
from tests.support.platform.samples import client
from tests.sync.joined import Joined, sends
from tests.sync.test_daily_record import aside


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Station]:
    with second_station(tmp_path / "second") as opened:
        yield opened


@pytest.fixture
def desk(station: Station) -> Iterator[Desk]:
    yield from desk_of(station)


@pytest.fixture
def platform() -> Iterator[Platform]:
    with Platform() as started:
        yield started


@pytest.fixture
def at(desk: Desk, platform: Platform) -> Joined:
    return Joined(desk.station, platform)


def sent(desk: Desk, at: Joined, **more: Any) -> Seen:
    """A referral that the platform has."""
    seen: Seen = desk.do(SubmitReferral(desk.begun(**more)))
    at.rounds_until_quiet()
    return seen


def hospital(at: Joined, seen: Seen, **elements: Any) -> None:
    """The hospital writes at our Task."""
    (task,) = at.there(task_rid(seen.rid), "Task")
    at.platform.edit("Task", task["id"], elements)


def test_everything_comes_to_the_other_station(joined_anywhere: Joined, second: Station) -> None:
    refer(joined_anywhere.station, admit(joined_anywhere.station))
    done = joined_anywhere.rounds_until_quiet()
    assert (done.conflicts, done.quarantined) == (0, 0)
    Joined(second, joined_anywhere.platform).rounds_until_quiet()
    assert aside(second) == []
    for table in TABLES:
        names = [row[1] for row in rows(second, f"pragma table_info({table})") if row[1] != "clock_offset_ms"]
        query = f"select {', '.join(names)} from {table} where current"  # noqa: S608  # our own tables
        assert set(rows(joined_anywhere.station, query)) == set(rows(second, query)), table
    assert joined_anywhere.platform.complaints == []
    joined_anywhere.restart()
    assert joined_anywhere.round().sent == 0


def test_the_acceptance_shows_within_one_sync(desk: Desk, at: Joined) -> None:
    seen = sent(desk, at)
    hospital(at, seen, status="accepted")
    heard: list[Any] = []
    deaf = desk.station.desk.listen(heard.append)
    at.round()
    deaf()
    assert desk.row(seen).status == "accepted"
    assert any("referral" in one.kinds for one in heard)
    (line,) = [one for one in desk.row(seen).moves["all"] if one["to"] == "accepted"]
    assert (line["source"], line["by_name"]) == ("platform", "区平台")
    assert at.round().sent == 0
    assert desk.ask(ReferralById(seen.rid)).line.status == "accepted"


@pytest.mark.parametrize(
    "fault", [Fault.lost_before, Fault.lost_after, Fault.twice, Fault.truncated, Fault.late]
)
def test_it_comes_whatever_becomes_of_an_answer(desk: Desk, at: Joined, fault: Callable[[], Fault]) -> None:
    seen = sent(desk, at)
    hospital(at, seen, status="accepted")
    planned = at.platform.faults.next(fault(), when=lambda request: request.path == "Task")
    for _ in range(3):
        at.round()
    assert planned.met.is_set()
    assert [one["to"] for one in desk.row(seen).moves["all"]] == ["submitted", "accepted"]
    assert (at.waiting(), aside(desk.station)) == ([], [])


def test_an_answer_that_meets_our_own_lost_request_comes_too(desk: Desk, at: Joined) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    at.platform.faults.next(Fault.lost_after(), sends("Task"))
    at.round()
    hospital(at, seen, status="accepted")
    at.rounds_until_quiet()
    at.round()
    assert desk.row(seen).status == "accepted"
    assert len(at.there(task_rid(seen.rid), "Task")) == 1


def test_nobody_else_accepts_for_the_hospital(desk: Desk, at: Joined) -> None:
    seen = sent(desk, at)
    (request,) = at.there(seen.rid, "ServiceRequest")
    body = {"resourceType": "Task", "status": "accepted", "intent": "order",
            "focus": {"reference": f"ServiceRequest/{request['id']}"}}  # fmt: skip
    with client(at.platform) as stranger:
        stranger.post("Task", json=body).raise_for_status()
        stranger.post("Task", json={**body, "meta": {"tag": request["meta"]["tag"]}}).raise_for_status()
    for _ in range(2):
        at.round()
    assert desk.row(seen).status == "submitted"
    assert at.waiting() == []


def test_it_is_one_move_however_often_it_comes(desk: Desk, at: Joined) -> None:
    seen = sent(desk, at)
    hospital(at, seen, status="accepted")
    for _ in range(3):
        at.restart()
        at.round()
    hospital(at, seen, description="再写一次")
    at.round()
    assert [one["to"] for one in desk.row(seen).moves["all"]] == ["submitted", "accepted"]
    assert at.waiting() == []


def test_our_next_move_goes_over_the_answer(desk: Desk, at: Joined) -> None:
    seen = sent(desk, at)
    hospital(at, seen, status="accepted")
    at.round()
    row = desk.row(seen)
    desk.do(Depart(Seen(row.rid, row.revision)))
    done = at.rounds_until_quiet()
    assert done.conflicts == 0
    (task,) = at.there(task_rid(seen.rid), "Task")
    assert (task["status"], task["businessStatus"]["text"]) == ("ready", "已出发")


def test_who_left_before_the_answer_came_holds_nothing_up(desk: Desk, at: Joined) -> None:
    seen = sent(desk, at)
    desk.do(Depart(seen))
    hospital(at, seen, status="accepted")
    done = at.rounds_until_quiet()
    assert (done.conflicts, at.waiting()) == (0, [])
    assert desk.row(seen).status == "departed"
    (task,) = at.there(task_rid(seen.rid), "Task")
    assert task["status"] == "ready"


def test_a_refusal_of_who_has_left_waits_for_a_person(desk: Desk, at: Joined) -> None:
    seen = sent(desk, at)
    desk.do(Depart(seen))
    hospital(at, seen, status="rejected")
    at.round()
    assert [state for _, state in at.states(seen.rid)][-1] == "conflict"
    assert desk.row(seen).status == "departed"


def test_what_the_machine_does_not_allow_is_shown_and_not_forced(desk: Desk, at: Joined) -> None:
    seen = sent(desk, at)
    hospital(at, seen, status="completed")
    at.round()
    assert desk.row(seen).status == "submitted"
    assert desk.ask(FromPlatform(seen.rid)).state == "平台状态与本站不符：平台“已办结”，本站“已提交”"
    desk.do(Depart(seen))
    assert at.rounds_until_quiet().conflicts in (0, 1)


def test_two_stations_make_one_answer(desk: Desk, at: Joined, second: Station) -> None:
    there = Joined(second, at.platform)
    seen = sent(desk, at)
    there.rounds_until_quiet()
    hospital(at, seen, status="accepted")
    second.clock.put(desk.station.clock.now())  # type: ignore[attr-defined]  # a SetClock
    for one in (at, there, at, there):
        one.round()
    query = "select revision, station, status, moves, reason, recorded_at from referral where current"
    assert rows(desk.station, query) == rows(second, query)
    assert rows(second, query)[0][1:3] == ("00", "accepted")
    assert aside(second) == aside(desk.station) == []


def test_what_the_hospital_wrote_is_offered_to_the_return(desk: Desk, at: Joined) -> None:
    seen = sent(desk, at)
    (patient,) = at.there(desk.li, "Patient")
    subject = {"reference": f"Patient/{patient['id']}"}
    for body in (
        {"resourceType": "DocumentReference", "status": "current", "subject": subject, "description": "出院小结",
         "content": [{"attachment": {"contentType": "text/plain", "data": "6IK654KO5aW96L2s"}}]},
        {"resourceType": "MedicationRequest", "status": "active", "intent": "order", "subject": subject,
         "medicationCodeableConcept": {"text": "莫西沙星片"},
         "dosageInstruction": [{"text": "早餐后", "doseAndRate": [{"doseQuantity": {"value": 0.4, "unit": "g"}}]}]},
    ):  # fmt: skip
        with client(at.platform) as other:
            other.post(str(body["resourceType"]), json=body).raise_for_status()
    at.round()
    brought = desk.ask(FromPlatform(seen.rid))
    assert {(one.kind, one.title) for one in brought.papers} == {("文书", "出院小结"), ("带药", "莫西沙星片")}
    assert [one.text for one in brought.papers if one.kind == "文书"] == ["肺炎好转"]
    assert [(one.words, one.dose, one.note) for one in brought.medicines] == [
        ("莫西沙星片", "0.4g", "早餐后")
    ]
    assert at.round().received == 0
    assert desk.ask(FromPlatform(UUID(int=5))).papers == ()
