"""What a referral left with is kept: once, anew after a correction and a departure, never of a draft, never twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from app.compose import Station
from app.core.blobs import BlobOf
from app.core.errors import Refusal
from app.core.roles import Role
from app.printing.referral_keeping import PackToKeep, drawn_document
from app.referrals.documents import DocumentOf, DocumentRow, OwedDocuments
from app.referrals.moving import Arrive, Depart, StrikeMove, SubmitReferral
from app.referrals.revising import Seen
from app.referrals.writing import ChangeReferral
from tests.app.referrals.house import Desk, desk_of
from tests.support.acts import rows

REVISIONS = "select revision, state, current from referral_document order by revision"


@pytest.fixture
def desk(station: Station) -> Iterator[Desk]:
    for desk in desk_of(station):
        desk.become(Role.NURSE)
        yield desk


def keep(desk: Desk) -> list[Any]:
    """Everything owed is drawn and kept, as the window does it."""
    return [desk.do(drawn_document(desk.ask(PackToKeep(rid)))) for rid in desk.ask(OwedDocuments())]


def kept(desk: Desk, seen: Seen) -> DocumentRow:
    found: DocumentRow | None = desk.ask(DocumentOf(seen.rid))
    assert found is not None
    return found


def later(desk: Desk, minutes: int = 5) -> None:
    desk.station.clock.put(desk.station.clock.now() + timedelta(minutes=minutes))  # type: ignore[attr-defined]  # a set clock


def test_what_was_sent_is_kept_whole_and_once(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    assert desk.ask(OwedDocuments()) == (seen.rid,)
    keep(desk)
    row = kept(desk, seen)
    content = desk.ask(BlobOf(row.sha256))
    assert content.startswith(b"%PDF-")
    assert (row.size, row.here, row.sent, row.revision) == (len(content), True, "待上传", 1)
    assert row.pages >= 8
    assert row.title.startswith("双向转诊单 ZZ-")
    assert desk.ask(OwedDocuments()) == ()
    later(desk)
    assert desk.ask(PackToKeep(seen.rid)) is None  # printed again: the same but for the minute


def test_there_is_none_of_a_draft(desk: Desk) -> None:
    seen = desk.begun()
    assert desk.ask(OwedDocuments()) == ()
    assert desk.ask(PackToKeep(seen.rid)) is None
    assert desk.ask(DocumentOf(seen.rid)) is None


def test_a_departure_and_a_correction_make_it_anew_and_other_steps_do_not(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    keep(desk)
    first = kept(desk, seen)
    later(desk)
    seen = desk.do(Depart(seen))
    assert desk.ask(OwedDocuments()) == (seen.rid,)
    keep(desk)
    second = kept(desk, seen)
    assert (second.rid, second.revision) == (first.rid, 2)
    assert second.sha256 != first.sha256
    assert desk.ask(BlobOf(first.sha256)) is not None  # what left first stays
    later(desk)
    seen = desk.do(Arrive(seen))
    assert desk.ask(OwedDocuments()) == ()
    seen = desk.do(ChangeReferral(seen, desk.form(history="咳嗽发热 3 天"), "笔误"))
    keep(desk)
    assert kept(desk, seen).revision == 3


def test_what_died_before_it_was_kept_is_caught_up_by_whoever_may_print(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    desk.become(Role.CAREGIVER)
    assert desk.ask(OwedDocuments()) in ((), (seen.rid,))
    desk.become(Role.ADMINISTRATOR)
    assert desk.ask(OwedDocuments()) == ()
    with pytest.raises(Refusal):
        desk.ask(PackToKeep(seen.rid))
    desk.become(Role.DOCTOR)
    assert len(keep(desk)) == 1


def test_a_sending_that_is_struck_has_no_document(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    keep(desk)
    seen = desk.do(StrikeMove(seen, "点错了"))
    assert desk.ask(DocumentOf(seen.rid)) is None
    assert desk.ask(OwedDocuments()) == ()
    assert rows(desk.station, REVISIONS) == [(1, "signed", 0), (2, "retracted", 1)]
    later(desk)
    seen = desk.do(SubmitReferral(seen))
    keep(desk)
    assert rows(desk.station, REVISIONS)[-1] == (3, "signed", 1)
    assert kept(desk, seen).revision == 3


def test_an_older_drawing_never_comes_over_a_newer_one(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    early = drawn_document(desk.ask(PackToKeep(seen.rid)))
    later(desk)
    seen = desk.do(Depart(seen))
    keep(desk)
    assert desk.do(early) is None
    assert kept(desk, seen).revision == 1


def test_the_same_twice_at_once_is_kept_once(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    twice = [drawn_document(desk.ask(PackToKeep(seen.rid))) for _ in range(2)]
    assert [desk.do(one) is None for one in twice] == [False, True]
