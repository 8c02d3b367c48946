"""Answers lost, late, doubled or cut, and every status a server has: nothing is lost, nothing comes there twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.platform import Fault
from tests.support.platform.exchange import Answer as Reply
from tests.sync.joined import Joined, sends

NAMES = ("欧阳淑华", "王建国", "李秀英", "赵德明")

LOST: dict[str, Callable[[], Fault]] = {
    "lost before the commit": Fault.lost_before,
    "lost after the commit": Fault.lost_after,
    "reset before": Fault.reset,
    "reset after": lambda: Fault.reset(committed=True),
    "cut": Fault.truncated,
    "half a body that says it is whole": lambda: Fault.truncated(says_so=True),
    "a gateway without an answer": lambda: Fault.status(502, committed=True),
    "a gateway that gave up": lambda: Fault.status(504),
    "a page of a gateway": lambda: Fault.html(502, committed=True),
    "a page instead of the answer, after the commit": lambda: Fault.html(200, committed=True),
    "failed after the commit": lambda: Fault.status(500, committed=True),
    "failed before the commit": lambda: Fault.status(500),
    "unavailable": lambda: Fault.status(503),
    "answered twice": Fault.doubled,
    "a conflict of transactions": lambda: Fault.status(409),
}


@pytest.mark.parametrize("fault", LOST.values(), ids=LOST.keys())
def test_a_create_that_goes_wrong_comes_there_once(joined: Joined, fault: Callable[[], Fault]) -> None:
    joined.admit("早先的人")
    joined.rounds_until_quiet()  # the server and its types are known
    planned = joined.platform.faults.next(fault(), sends("Patient"))
    rids = joined.admit(*NAMES)
    joined.rounds_until_quiet()
    assert planned.happened == 1
    for rid in rids:
        assert len(joined.there(rid)) == 1
        assert joined.states(rid) == [(1, "acked")]
        assert joined.remote(rid).server_id == joined.there(rid)[0]["id"]


@pytest.mark.parametrize("fault", LOST.values(), ids=LOST.keys())
def test_an_update_that_goes_wrong_ends_as_it_was_meant(joined: Joined, fault: Callable[[], Fault]) -> None:
    rids = joined.admit(*NAMES)
    joined.rounds_until_quiet()
    planned = joined.platform.faults.next(fault(), sends("Patient"))
    for rid in rids:
        joined.edit(rid, phone="13900000002")
    joined.rounds_until_quiet()
    assert planned.happened == 1
    for rid in rids:
        (body,) = joined.there(rid)
        assert body["telecom"][0]["value"] == "13900000002"
        assert len(joined.platform.history("Patient", body["id"])) == 2
        assert joined.states(rid) == [(1, "acked"), (2, "acked")]


def test_the_very_first_upload_may_get_lost_too(joined_anywhere: Joined) -> None:
    for passing in range(6):
        joined_anywhere.platform.faults.next(
            Fault.lost_after(), lambda request: request.method == "POST", passing=passing
        )
    rids = joined_anywhere.admit(*NAMES)
    joined_anywhere.rounds_until_quiet(12)
    for rid in rids:
        assert len(joined_anywhere.there(rid)) == 1
    assert len(joined_anywhere.platform.resources("Organization")) == 1
    assert len(joined_anywhere.platform.resources("Practitioner")) == 7


def test_what_is_not_known_is_not_called_sent(joined: Joined) -> None:
    joined.admit("早先的人")
    joined.rounds_until_quiet()
    (rid,) = joined.admit("欧阳淑华")
    joined.platform.faults.next(Fault.lost_before(), sends("Patient"))
    success = joined.mark("success")
    done = joined.round()
    assert (done.sent, done.complete) == (0, False)
    assert joined.states(rid) == [(1, "unknown")]
    assert "正在核对" in joined.words(rid)
    assert joined.mark("success") == success


STOPS = {
    401: ("refused", "401"),
    403: ("forbidden", "403"),
    429: ("busy", "429"),
}


@pytest.mark.parametrize("status", STOPS)
def test_a_refused_station_keeps_its_work(joined: Joined, status: int) -> None:
    joined.admit("早先的人")
    joined.rounds_until_quiet()
    rids = joined.admit(*NAMES)
    stop = joined.platform.faults.always(Fault.status(status, retry_after="7"), sends("Patient"))
    done = joined.round()
    phase, words = STOPS[status]
    assert words in done.error
    assert f'"phase":"{phase}"' in str(joined.mark("state"))
    assert done.wait == (7.0 if status == 429 else None)
    assert (done.waiting, done.quarantined) == (4, 0)
    stop.stop()
    joined.rounds_until_quiet()
    assert all(len(joined.there(rid)) == 1 for rid in rids)


def test_entries_of_429_inside_a_batch_wait(joined: Joined) -> None:
    rids = joined.admit(*NAMES)
    joined.rounds_until_quiet()
    for rid in rids:
        joined.edit(rid, phone="13900000003")
    joined.platform.faults.next(Fault.entries(429), sends("Patient", "batch"))
    done = joined.round()
    assert "429" in done.error
    assert (done.waiting, done.quarantined, done.conflicts) == (4, 0, 0)
    joined.rounds_until_quiet()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.html(), "不是 FHIR"),
        (Fault.redirect("https://portal.example/login"), "转到了 https://portal.example/login"),
        (Fault.status(404), "404"),
    ],
)
def test_what_is_no_platform_is_named(joined: Joined, fault: Fault, words: str) -> None:
    joined.admit(*NAMES)
    joined.platform.faults.always(fault)
    done = joined.round()
    assert words in done.error
    assert '"phase":"strange"' in str(joined.mark("state"))
    assert done.waiting == 11
    joined.platform.faults.clear()
    joined.rounds_until_quiet()


def test_a_platform_that_is_off_and_on_again(joined: Joined) -> None:
    rids = joined.admit(*NAMES)
    joined.platform.stop()
    done = joined.round()
    assert "拒绝连接" in done.error
    assert '"phase":"offline"' in str(joined.mark("state"))
    joined.platform.start()
    joined.rounds_until_quiet()
    assert all(len(joined.there(rid)) == 1 for rid in rids)


def test_a_request_that_is_carried_out_long_after_it_was_given_up_leaves_one(joined: Joined) -> None:
    """Looked for twice, not found, created with care; then the first request is carried out after all."""
    joined.admit("早先的人")
    joined.rounds_until_quiet()
    (rid,) = joined.admit("欧阳淑华")
    joined.platform.faults.next(Fault.lost_before(), sends("Patient"))
    joined.round(pulls=False)
    joined.rounds_until_quiet()
    (body,) = joined.there(rid)
    late = {key: value for key, value in body.items() if key not in ("id", "meta")}
    joined.platform.create({**late, "meta": {"tag": body["meta"]["tag"]}})
    assert len(joined.there(rid)) == 2
    joined.round()
    assert [one["id"] for one in joined.there(rid)] == [body["id"]]
    assert joined.remote(rid).server_id == body["id"]
    joined.rounds_until_quiet()


def test_a_request_that_is_carried_out_twice_leaves_one(joined: Joined) -> None:
    """Something on the way repeats it; both were done, one answer came. Pull meets the other."""
    joined.admit("早先的人")
    joined.rounds_until_quiet()
    joined.platform.faults.next(Fault.twice(), sends("Patient"))
    (rid,) = joined.admit("欧阳淑华")
    joined.round()
    joined.round()
    assert len(joined.there(rid)) == 1
    assert joined.remote(rid).server_id == joined.there(rid)[0]["id"]
    joined.rounds_until_quiet()
    joined.edit(rid, phone="13900000005")
    joined.rounds_until_quiet()
    assert joined.there(rid)[0]["telecom"][0]["value"] == "13900000005"


def test_an_answer_that_names_another_record_is_no_receipt(joined: Joined) -> None:
    """The answer to something else (an id that stands for another record here): looked for, not believed."""
    (first,) = joined.admit("早先的人")
    joined.rounds_until_quiet()
    taken = joined.there(first)[0]["id"]

    response = {"status": "201 Created", "location": f"Patient/{taken}/_history/1"}
    said = {"resourceType": "Bundle", "type": "transaction-response", "entry": [{"response": response}]}
    answer = Fault("the answer to something else", says=Reply.of(200, said))
    joined.platform.faults.next(answer, sends("Patient"))
    (rid,) = joined.admit("欧阳淑华")
    joined.round(pulls=False)
    assert joined.states(rid) == [(1, "unknown")]
    assert joined.remote(first).server_id == taken
    joined.rounds_until_quiet()
    assert joined.states(rid) == [(1, "acked")]
    assert len(joined.there(rid)) == 1
    assert joined.remote(rid).server_id == joined.there(rid)[0]["id"]
