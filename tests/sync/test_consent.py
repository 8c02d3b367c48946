"""A consent that says no to the upload keeps everything of the resident here, until another one says yes."""

from __future__ import annotations

from app.journals import AddEntry
from tests.support.acts import NoteAllergy
from tests.sync.joined import Joined

NO = {"scope": "upload", "given": "no", "by": "周素芬", "on": "2026-11-24"}


def test_a_recorded_no_holds_what_was_written_and_what_comes_after(joined: Joined) -> None:
    (rid,) = joined.admit("不同意的人")
    joined.station.desk.do_now(AddEntry(rid, "consent", NO))
    allergy = joined.station.desk.do_now(NoteAllergy(rid, "青霉素"))
    assert joined.round().complete
    assert joined.words(rid) == "不上传（未同意）"
    assert joined.states(allergy) == [(1, "pending")]
    assert joined.there(rid) == []
    joined.station.desk.do_now(AddEntry(rid, "consent", {**NO, "given": "yes"}))
    joined.rounds_until_quiet()
    assert len(joined.there(rid)) == 1


def test_a_no_to_something_else_holds_nothing(joined: Joined) -> None:
    (rid,) = joined.admit("不拍照的人")
    joined.station.desk.do_now(AddEntry(rid, "consent", {**NO, "scope": "photo"}))
    joined.rounds_until_quiet()
    assert len(joined.there(rid)) == 1
