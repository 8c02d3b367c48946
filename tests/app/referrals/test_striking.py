"""A move that is struck: what it wrote is as before, its time in hospital is none, a decision stays a decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.referrals.moving import (
    AcceptReferral,
    Approve,
    Arrive,
    AskApproval,
    CancelReferral,
    DeclineReferral,
    Depart,
    MoveOn,
    Reject,
    StrikeMove,
    SubmitReferral,
    TakeOver,
    Withdraw,
)
from app.referrals.queries.one import ReferralById
from app.referrals.revising import Seen
from app.referrals.rules.acts import Act
from app.referrals.writing import ChangeReferral
from app.residents.stays.away import KeepBed
from db.models import Absence, Referral
from tests.app.referrals.house import DAY, Desk
from tests.app.referrals.test_states import REFUSED
from tests.support.acts import Act as Do

COLUMNS = (
    "due", "approval", "approval_by", "booking", "receiver", "care", "partner", "partner_words", "department",
    "consent", "consent_at", "consent_by", "absence", "bed_until", "times", "escort", "attachments", "status",
)  # fmt: skip


def content(row: Referral) -> dict[str, object]:
    return {name: getattr(row, name) for name in COLUMNS}


def absences(desk: Desk) -> list[str]:
    found: list[str] = []

    def look(unit: Unit) -> None:
        found.extend(unit.session.scalars(select(Absence.state).where(Absence.current)))

    desk.do(Do(look))
    return found


def test_a_departure_whose_bed_was_settled_since_is_none_all_the_same(desk: Desk) -> None:
    desk.put(8)
    seen = desk.away()
    desk.put(8, 5)
    desk.become(Role.NURSE)
    desk.do(KeepBed(desk.li, True, DAY + timedelta(days=3), "家属要求"))  # as the act has it
    desk.put(8, 6)
    seen = desk.do(StrikeMove(seen, "点错了"))
    assert absences(desk) == ["retracted"]
    assert desk.row(seen).absence is None
    assert desk.row(seen).status == "submitted"


Makes = Callable[[Desk, Seen], Any]


def sent(desk: Desk, seen: Seen) -> Any:
    return desk.do(SubmitReferral(seen))


def left(desk: Desk, seen: Seen) -> Any:
    return desk.do(Depart(seen))


def reached(desk: Desk, seen: Seen) -> Any:
    return desk.do(Arrive(left(desk, seen)))


@pytest.mark.parametrize(
    ("before", "make"),
    [
        (lambda _desk, seen: seen, lambda _desk, seen: SubmitReferral(seen)),
        (sent, lambda _desk, seen: AcceptReferral(seen, "刘志远", "急诊 3 床")),
        (sent, lambda _desk, seen: DeclineReferral(seen, "没有床位")),
        (sent, lambda _desk, seen: Depart(seen, escort="儿子", transport="院车")),
        (reached, lambda _desk, seen: TakeOver(seen, "刘志远")),
        (left, lambda desk, seen: MoveOn(seen, "手术", desk.partners["other"])),
        (sent, lambda _desk, seen: CancelReferral(seen, REFUSED)),
    ],
)
def test_what_a_move_wrote_is_as_it_was(desk: Desk, before: Makes, make: Makes) -> None:
    desk.put(8)
    seen = before(desk, desk.begun())
    was = content(desk.row(seen))
    seen = desk.do(make(desk, seen))
    assert content(desk.row(seen)) != was
    seen = desk.do(StrikeMove(seen, "点错了"))
    assert content(desk.row(seen)) == was


def test_an_answer_is_awaited_again_after_an_acceptance_that_was_none(desk: Desk) -> None:
    desk.put(8)
    sent = desk.do(SubmitReferral(desk.begun()))
    due = desk.row(sent).due
    seen = desk.do(StrikeMove(desk.accepted(sent), "接错"))
    row = desk.row(seen)
    assert due is not None
    assert (row.due, row.receiver, row.booking) == (due, "", "")


def test_what_was_changed_by_hand_since_stays(desk: Desk) -> None:
    desk.put(8)
    seen = desk.accepted(desk.do(SubmitReferral(desk.begun())))
    seen = desk.do(ChangeReferral(seen, desk.form(receiver="陈医师"), "笔误"))
    row = desk.row(desk.do(StrikeMove(seen, "接错")))
    assert (row.receiver, row.booking) == ("陈医师", "")


def test_an_approval_is_struck_by_whoever_may_approve_and_given_again(desk: Desk) -> None:
    desk.put(8)
    desk.become(Role.NURSE)
    seen = desk.do(AskApproval(desk.agreed(desk.begun(urgency="elective"))))
    desk.become(Role.DOCTOR)
    seen = desk.do(Approve(seen))
    desk.become(Role.NURSE)
    strike = desk.ask(ReferralById(seen.rid)).offered(Act.STRIKE)
    assert "审批" in strike.why_not
    with pytest.raises(Refusal, match="审批"):
        desk.do(StrikeMove(seen, "误"))
    desk.become(Role.DOCTOR)
    seen = desk.do(StrikeMove(seen, "误"))
    row = desk.row(seen)
    assert (row.status, row.approval, row.due) == ("pending", {}, None)
    assert desk.row(desk.do(Approve(seen))).approval["words"] == "同意转诊"


def test_an_emergency_whose_approval_was_struck_owes_it_again(desk: Desk) -> None:
    desk.put(8)
    desk.become(Role.NURSE)
    seen = desk.do(AskApproval(desk.begun()))
    desk.become(Role.DOCTOR)
    seen = desk.do(StrikeMove(desk.do(Approve(seen)), "误"))
    desk.become(Role.NURSE)
    row = desk.row(desk.do(SubmitReferral(seen)))
    assert (row.approval, row.approval_by is not None) == ({}, True)


def test_a_rejection_is_no_nurses_to_strike(desk: Desk) -> None:
    desk.put(8)
    desk.become(Role.NURSE)
    seen = desk.do(AskApproval(desk.begun(urgency="elective")))
    desk.become(Role.DOCTOR)
    seen = desk.do(Reject(seen, "不必"))
    desk.become(Role.NURSE)
    with pytest.raises(Refusal, match="审批"):
        desk.do(StrikeMove(seen, "误"))
    assert desk.row(seen).status == "rejected"


def test_one_that_was_withdrawn_does_not_stand_up_beside_another(desk: Desk) -> None:
    desk.put(8)
    first: Seen = desk.do(Withdraw(desk.begun(), "好转"))
    second = desk.begun()
    with pytest.raises(Refusal, match="另一份转诊"):
        desk.do(StrikeMove(first, "误"))
    desk.do(Withdraw(second, "重复"))
    assert desk.row(desk.do(StrikeMove(first, "误"))).status == "draft"
