"""What waits here comes to the platform once, as it is, by whom it was written, and is confirmed with its receipt."""

from __future__ import annotations

from app.core.roles import Role
from tests.support.station import become
from tests.sync.joined import Joined


def test_everything_comes_there_once(joined_anywhere: Joined) -> None:
    rids = joined_anywhere.admit("欧阳淑华", "王建国", "李秀英")
    done = joined_anywhere.rounds_until_quiet()
    assert done.complete
    assert (done.conflicts, done.quarantined) == (0, 0)
    for rid in rids:
        (body,) = joined_anywhere.there(rid)
        receipt = joined_anywhere.remote(rid)
        assert receipt.server_id == body["id"]
        assert receipt.version in (None, body["meta"]["versionId"])
        assert joined_anywhere.states(rid) == [(1, "acked")]
    assert len(joined_anywhere.platform.resources("Organization")) == 1
    assert len(joined_anywhere.platform.resources("Device")) == 1
    assert len(joined_anywhere.platform.resources("Practitioner")) == 7
    assert joined_anywhere.mark("success") is not None


def test_a_second_round_sends_nothing(joined_anywhere: Joined) -> None:
    joined_anywhere.admit("欧阳淑华")
    joined_anywhere.rounds_until_quiet()
    joined_anywhere.restart()
    joined_anywhere.platform.requests.clear()
    assert joined_anywhere.round().sent == 0
    assert {request.method for request in joined_anywhere.platform.requests} == {"GET"}


def test_an_edit_is_an_update_of_the_same_resource(joined_anywhere: Joined) -> None:
    (rid,) = joined_anywhere.admit("欧阳淑华")
    joined_anywhere.rounds_until_quiet()
    joined_anywhere.edit(rid, phone="13900000001")
    joined_anywhere.rounds_until_quiet()
    (body,) = joined_anywhere.there(rid)
    assert body["telecom"][0]["value"] == "13900000001"
    assert joined_anywhere.states(rid) == [(1, "acked"), (2, "acked")]


def test_the_author_stays_the_author_after_a_change_of_user(joined: Joined) -> None:
    (rid,) = joined.admit("欧阳淑华")
    author = joined.station.desk.actor
    become(joined.station, Role.DOCTOR)
    joined.rounds_until_quiet()
    (body,) = joined.there(rid)
    assert author is not None
    assert str(author.rid) in str(body["extension"])
