"""What the hospital says of a referral shows after one sync, with a word to every screen, whatever else it has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from app.core.changes import Changes
from app.referrals.around import TellFamily, Told
from app.referrals.coming_back import FromPlatform
from app.referrals.fhir.task import task_rid
from app.referrals.moving import Depart, SubmitReferral
from app.referrals.revising import Seen
from app.sync.pull import pages
from app.sync.round import Round
from tests.app.referrals.house import Desk, desk_of
from tests.support.platform import Fault, Platform
from tests.support.platform.samples import client
from tests.sync.joined import Joined, sends
from tests.sync.test_daily_record import aside


@pytest.fixture
def desk(joined_anywhere: Joined) -> Iterator[Desk]:
    yield from desk_of(joined_anywhere.station)


@pytest.fixture
def at(joined_anywhere: Joined) -> Joined:
    return joined_anywhere


def sent(desk: Desk, at: Joined) -> Seen:
    """A referral that the platform has."""
    seen: Seen = desk.do(SubmitReferral(desk.begun()))
    at.rounds_until_quiet()
    return seen


def hospital(at: Joined, seen: Seen, **elements: Any) -> None:
    (task,) = at.there(task_rid(seen.rid), "Task")
    at.platform.edit("Task", task["id"], elements)


def synced(desk: Desk, at: Joined) -> tuple[Round, list[Changes]]:
    """One round, and what every screen heard of it."""
    heard: list[Changes] = []
    deaf = desk.station.desk.listen(heard.append)
    done = at.round()
    deaf()
    return done, heard


def told(heard: list[Changes], seen: Seen) -> bool:
    return any(("referral", seen.rid) in one.pairs for one in heard)


def states(desk: Desk, seen: Seen) -> list[str]:
    return [one["to"] for one in desk.row(seen).moves["all"]]


def test_beside_a_new_revision_of_ours(desk: Desk, at: Joined) -> None:
    seen = sent(desk, at)
    after = desk.do(TellFamily(seen, Told("李建国", "coming", "儿子")))
    hospital(at, seen, status="accepted")
    done, heard = synced(desk, at)
    assert (done.sent, done.conflicts, done.error) == (1, 0, "")
    row = desk.row(seen)
    assert (row.status, row.revision, len(row.family["all"])) == ("accepted", after.revision + 1, 1)
    assert told(heard, seen)
    assert (at.waiting(), aside(desk.station)) == ([], [])


def test_beside_another_referral_that_moves(desk: Desk, at: Joined) -> None:
    seen = sent(desk, at)
    desk.do(Depart(desk.do(SubmitReferral(desk.begun(desk.wang)))))
    hospital(at, seen, status="accepted")
    done, heard = synced(desk, at)
    assert (done.sent > 0, done.conflicts, desk.row(seen).status) == (True, 0, "accepted")
    assert told(heard, seen)


@pytest.mark.parametrize("minutes", [-10, 10])
def test_with_the_clock_of_the_platform_ten_minutes_wrong(desk: Desk, at: Joined, minutes: int) -> None:
    at.platform.skew = timedelta(minutes=minutes)
    seen = sent(desk, at)
    for said, stands in (("accepted", "accepted"), ("rejected", "declined")):
        hospital(at, seen, status=said, statusReason={"text": "床位"})
        _done, heard = synced(desk, at)
        assert desk.row(seen).status == stands
        assert told(heard, seen)
    moved = [one["at"] for one in desk.row(seen).moves["all"]]
    assert moved == sorted(moved)


@pytest.mark.parametrize("minutes", [-10, 10])
@pytest.mark.parametrize("joined_anywhere", ["hapi", "wso2"], indirect=True)
def test_with_a_clock_that_was_put_right_in_between(desk: Desk, at: Joined, minutes: int) -> None:
    """Where versions are numbers; a version that is a name says not which is the later."""
    at.platform.skew = timedelta(minutes=minutes)
    seen = sent(desk, at)
    at.round()
    at.platform.skew = timedelta(0)
    hospital(at, seen, status="accepted")
    _done, heard = synced(desk, at)
    assert desk.row(seen).status == "accepted"
    assert told(heard, seen)


def test_from_pages_that_are_cut(desk: Desk, at: Joined, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of two, and each of them half: the answer is on the last."""
    others = [desk.do(SubmitReferral(desk.begun(who))) for who in (desk.wang,)]
    seen = sent(desk, at)
    monkeypatch.setattr(pages, "COUNT", 2)
    for one in (*others, seen):
        hospital(at, one, status="accepted")
    at.platform.faults.always(Fault.half_page(), when=lambda request: request.path == "Task")
    _done, heard = synced(desk, at)
    assert [desk.row(one).status for one in (*others, seen)] == ["accepted", "accepted"]
    assert told(heard, seen)


def test_from_a_page_whose_transfer_broke_off_after_the_next_sync(desk: Desk, at: Joined) -> None:
    seen = sent(desk, at)
    hospital(at, seen, status="accepted")
    at.platform.faults.next(Fault.truncated(), when=lambda request: request.path == "Task")
    at.round()
    at.round()
    assert states(desk, seen) == ["submitted", "accepted"]


def of_their_own(platform: Platform, task: dict[str, Any]) -> str:
    """A Task somebody there made: no tag and no identity of ours."""
    with client(platform) as other:
        answer = other.post("Task", json={"resourceType": "Task", "intent": "order", **task})
        answer.raise_for_status()
        found: str = answer.json()["id"]
        return found


def owned(at: Joined, desk: Desk) -> dict[str, Any]:
    institution = desk.station.settings.institution_id
    (house,) = at.there(institution, "Organization")
    return {"owner": {"reference": f"Organization/{house['id']}"}}


@pytest.mark.parametrize("names", ["patient", "whole address", "request"])
def test_of_a_task_that_is_none_of_ours(desk: Desk, at: Joined, names: str) -> None:
    """It is no move: the hospital answers at our Task. It is shown with the referral, and says how it stands."""
    seen = sent(desk, at)
    (patient,), (request,) = at.there(desk.li, "Patient"), at.there(seen.rid, "ServiceRequest")
    about: dict[str, Any] = {
        "patient": {"for": {"reference": f"Patient/{patient['id']}"}},
        "whole address": {"for": {"reference": f"{at.platform.address}/Patient/{patient['id']}"}},
        "request": {"focus": {"reference": f"ServiceRequest/{request['id']}"}},
    }[names]
    id_ = of_their_own(
        at.platform, {"status": "accepted", "description": "床位已留", **owned(at, desk), **about}
    )
    _done, heard = synced(desk, at)
    assert told(heard, seen)
    (paper,) = desk.ask(FromPlatform(seen.rid)).papers
    assert (paper.kind, paper.title, paper.text) == ("办理", "床位已留", "已接收")
    assert states(desk, seen) == ["submitted"]
    _done, heard = synced(desk, at)
    assert not told(heard, seen)
    at.platform.edit("Task", id_, {"status": "in-progress"})
    _done, heard = synced(desk, at)
    assert told(heard, seen)
    (paper,) = desk.ask(FromPlatform(seen.rid)).papers
    assert paper.text == "诊治中"


def test_a_lost_answer_with_a_later_revision_behind_it_is_no_conflict(desk: Desk, at: Joined) -> None:
    """What comes back is what we sent, whatever the server made of the order of keys."""
    seen: Seen = desk.do(SubmitReferral(desk.begun()))
    at.platform.faults.next(Fault.lost_after(), sends("ServiceRequest"))
    done = at.round()
    assert done.conflicts == 0
    assert at.rounds_until_quiet().conflicts == 0
    assert [state for _, state in at.states(seen.rid)] == ["acked", "acked"]
    assert len(at.there(task_rid(seen.rid), "Task")) == 1
