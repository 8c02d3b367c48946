"""A referral's content is changed: what is written beside it stays, the hospital is another one only by a move."""

from __future__ import annotations

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.referrals.around import (
    HandOver,
    KeepHandOver,
    KeepScript,
    NoteTime,
    Script,
    StartGreenChannel,
)
from app.referrals.drafted import ReferralDraft
from app.referrals.filling import FillReferral
from app.referrals.moving import Approve, AskApproval, DeclineReferral, MoveOn, SubmitReferral
from app.referrals.partners import EndPartner
from app.referrals.queries.one import ReferralById
from app.referrals.revising import Seen
from app.referrals.taken_up import of_record
from app.referrals.writing import ChangeReferral
from tests.app.referrals.house import DAY, Desk, at


def sent(desk: Desk) -> Seen:
    desk.put(8)
    seen: Seen = desk.do(SubmitReferral(desk.begun()))
    return seen


def ended(desk: Desk) -> None:
    """The hospital is no partner from today."""
    desk.become(Role.HEAD_NURSE)
    desk.do(EndPartner(Seen(desk.hospital, 1), DAY, "不再合作"))
    desk.become(Role.NURSE)


def test_the_call_and_the_hand_over_stay_when_a_word_is_changed(desk: Desk) -> None:
    seen = desk.do(KeepScript(sent(desk), Script(address="3 号楼", symptoms="胸痛")))
    seen = desk.do(KeepHandOver(seen, HandOver(plate="闽A12345", crew="王", items=("身份证",))))
    before = desk.row(seen)
    row = desk.row(desk.do(ChangeReferral(seen, desk.form(impression="心梗？"), "笔误")))
    assert row.impression == "心梗？"
    assert row.call == before.call != {}
    assert row.escort == before.escort == {"plate": "闽A12345"}


def test_an_escort_the_form_clears_is_cleared_and_other_words_of_the_way_stay(desk: Desk) -> None:
    desk.put(8)
    seen = desk.begun(escort={"persons": "护士", "transport": "民政救助车", "plate": "闽A1"})
    filled = desk.ask(FillReferral(desk.li))
    row = desk.ask(ReferralById(seen.rid))
    draft = of_record(row, filled)
    kept = ReferralDraft.of({**draft.kept(), "plate": "", "escorts": ["family"]})
    row = desk.row(desk.do(ChangeReferral(seen, kept.form(filled, row.form))))
    assert row.escort == {"persons": "家属", "transport": "民政救助车"}


def test_the_hospital_it_was_sent_to_is_not_changed_by_hand(desk: Desk) -> None:
    seen = desk.accepted(sent(desk))
    with pytest.raises(Refusal, match="转往他院") as refused:
        desk.do(ChangeReferral(seen, desk.form(partner=desk.partners["other"]), "笔误"))
    assert refused.value.field == "partner"
    assert desk.row(seen).booking == "急诊 3 床"


def test_sent_elsewhere_nothing_of_the_first_hospital_goes_along(desk: Desk) -> None:
    desk.put(8)
    seen = desk.do(SubmitReferral(desk.do(StartGreenChannel(desk.begun()))))
    seen = desk.do(NoteTime(desk.accepted(seen), "told", None, "一院张护士"))
    seen = desk.do(NoteTime(seen, "eta", at(8, 30)))
    desk.put(8, 10)
    seen = desk.do(DeclineReferral(seen, "无床"))
    row = desk.row(desk.do(SubmitReferral(seen, desk.partners["other"], "急诊科")))
    assert (row.partner_words, row.receiver, row.booking) == ("安和区中医院", "", "")
    assert set(row.times) == {"started", "started_by"}
    left = row.moves["all"][-1]["left"]
    assert (left["partner"], left["booking"]) == ("安和市第一人民医院", "急诊 3 床")
    assert left["told_whom"] == "一院张护士"


def test_once_more_to_the_same_hospital_keeps_whom_it_was_told_to(desk: Desk) -> None:
    seen = desk.do(NoteTime(sent(desk), "told", None, "一院张护士"))
    seen = desk.do(DeclineReferral(seen, "无床"))
    assert desk.row(desk.do(SubmitReferral(seen, desk.hospital))).times["told_whom"] == "一院张护士"


def test_moved_on_nothing_of_the_first_hospital_goes_along(desk: Desk) -> None:
    desk.put(8)
    seen = desk.do(NoteTime(desk.away(), "told", None, "一院张护士"))
    row = desk.row(desk.do(MoveOn(seen, "手术", desk.partners["other"])))
    assert "told" not in row.times
    assert row.moves["all"][-1]["left"]["told_whom"] == "一院张护士"


def test_a_green_channel_that_was_started_stays_one(desk: Desk) -> None:
    desk.put(8)
    seen = desk.do(SubmitReferral(desk.do(StartGreenChannel(desk.begun(urgency="h48")))))
    row = desk.row(desk.do(ChangeReferral(seen, desk.form(urgency="h48", impression="心梗？"), "笔误")))
    assert row.green
    assert row.approval_by is not None


def test_a_hospital_nobody_works_with_any_more_is_refused(desk: Desk) -> None:
    desk.put(7)
    seen = desk.begun()
    waiting = desk.do(AskApproval(desk.agreed(desk.begun(desk.wang, urgency="elective"))))
    ended(desk)
    for order in (SubmitReferral(seen), ChangeReferral(seen, desk.form(impression="心梗？"))):
        with pytest.raises(Refusal, match="终止") as refused:
            desk.do(order)
        assert refused.value.field == "partner"
    desk.become(Role.DOCTOR)
    with pytest.raises(Refusal, match="终止"):
        desk.do(Approve(waiting))
    desk.become(Role.NURSE)
    other = desk.do(ChangeReferral(seen, desk.form(partner=desk.partners["other"])))
    seen = desk.do(SubmitReferral(other))
    desk.do(DeclineReferral(seen, "无床"))
    with pytest.raises(Refusal, match="终止"):
        desk.do(SubmitReferral(Seen(seen.rid, seen.revision + 1), desk.hospital))


def test_what_was_sent_to_it_before_is_still_put_right(desk: Desk) -> None:
    seen = sent(desk)
    ended(desk)
    assert (
        desk.row(desk.do(ChangeReferral(seen, desk.form(impression="心梗？"), "笔误"))).impression == "心梗？"
    )


def test_none_is_begun_for_it(desk: Desk) -> None:
    ended(desk)
    with pytest.raises(Refusal, match="终止"):
        desk.begun()


def test_no_nurse_is_named_as_the_doctor_who_refers(desk: Desk) -> None:
    desk.become(Role.NURSE)
    desk.put(8)
    with pytest.raises(Refusal, match="不是医师") as refused:
        desk.begun(doctor_name="周敏")
    assert refused.value.field == "doctor"
    seen = desk.begun(doctor_name="刘志远")
    with pytest.raises(Refusal, match="不是医师"):
        desk.do(ChangeReferral(seen, desk.form(doctor_name="林晓燕"), "笔误"))
    assert (
        desk.row(desk.do(ChangeReferral(seen, desk.form(doctor_name="陈永康"), "笔误"))).doctor_name
        == "陈永康"
    )
