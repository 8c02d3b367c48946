"""A referral written, noted and sent in one act: all of it stands, or nothing does."""

from __future__ import annotations

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.referrals.around import Consent, Told
from app.referrals.drafted import Given, ReferralDraft
from app.referrals.sending import ASK, SUBMIT, Around, Noted, WriteReferral
from app.referrals.writing import Begun
from tests.app.referrals.house import Desk, at


def test_an_emergency_is_written_noted_and_submitted_in_one_act(desk: Desk) -> None:
    desk.put(13, 58)
    around = Around(
        started=at(13, 52),
        times=(Noted("told", at(13, 54), "刘志远"), Noted("eta", at(14, 20))),
        told=(Told("王建国", "coming", "子", "13800135520", at=at(13, 49)),),
        consent=Consent(later=True),
    )
    begun: Begun = desk.do(WriteReferral(desk.li, desk.form(green=True), around=around, then=SUBMIT))
    row = desk.row(begun.referral)
    assert row.status == "submitted"
    assert row.number == begun.number
    assert row.times["started"] == at(13, 52).isoformat()
    assert row.times["told_whom"] == "刘志远"
    assert row.family["all"][0]["name"] == "王建国"
    assert row.consent_by is not None
    assert row.approval_by is not None


def test_what_is_refused_at_the_end_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(Refusal, match="初步印象"):
        desk.do(WriteReferral(desk.li, desk.form(impression=""), then=SUBMIT))
    begun: Begun = desk.do(WriteReferral(desk.li, desk.form(impression="")))
    assert desk.row(begun.referral).status == "draft"
    assert desk.row(begun.referral).revision == 1


def test_the_same_referral_is_changed_and_asked_for(desk: Desk) -> None:
    begun: Begun = desk.do(WriteReferral(desk.li, desk.form(urgency="elective")))
    form = desk.form(urgency="elective", history="两周治疗无效。")
    after: Begun = desk.do(WriteReferral(desk.li, form, begun.referral, then=ASK))
    assert after.number == begun.number
    row = desk.row(after.referral)
    assert (row.status, row.history) == ("pending", "两周治疗无效。")


def test_who_may_not_refer_writes_none(desk: Desk) -> None:
    desk.become(Role.CAREGIVER)
    with pytest.raises(Refusal, match="办理转诊"):
        desk.do(WriteReferral(desk.li, desk.form()))


def test_a_draft_comes_back_as_it_was_kept(desk: Desk) -> None:
    draft = ReferralDraft(
        texts={"history": "发热"},
        by_hand=frozenset({"history"}),
        ticked={"news2": ("", ""), "stroke": (at(8, 5).isoformat(), "口角歪斜")},
        partner=desk.hospital,
        green=True,
        times={"told": (at(13, 54).isoformat(), "刘志远")},
        escorts=("nurse",),
        told=({"name": "王建国", "answer": "agreed"},),
        consent=Given("paper", "王建国", "子"),
        left_out=frozenset({"call"}),
    )
    assert ReferralDraft.of(draft.kept()) == draft
