"""A signed refusal is no consent: nobody leaves on it without words why, and the consent stays owed."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.referrals.around import StateReferralConsent
from app.referrals.moving import Approve, AskApproval, Depart, SubmitReferral
from app.referrals.queries.one import ReferralById
from app.referrals.revising import Seen
from app.referrals.rules.waiting import What
from tests.app.referrals.house import Desk
from tests.app.referrals.test_states import REFUSED

WHY = "无决定能力，紧急救治"


def refused(desk: Desk, **more: Any) -> Seen:
    desk.put(8)
    desk.become(Role.NURSE)
    seen: Seen = desk.do(StateReferralConsent(desk.begun(**more), REFUSED))
    return seen


def test_an_emergency_is_sent_and_leaves_only_with_words(desk: Desk) -> None:
    seen = refused(desk)
    for order in (SubmitReferral(seen), Depart(seen)):
        with pytest.raises(Refusal, match="不同意") as said:
            desk.do(order)
        assert said.value.field == "why"
    assert desk.row(seen).absence is None
    seen = desk.do(SubmitReferral(seen, why=WHY))
    with pytest.raises(Refusal, match="不同意"):
        desk.do(Depart(seen))
    row = desk.row(desk.do(Depart(seen, why=WHY)))
    assert [one["reason"] for one in row.moves["all"]] == [WHY, WHY]


def test_the_consent_stays_owed_until_somebody_agrees(desk: Desk) -> None:
    seen = desk.do(SubmitReferral(refused(desk), why=WHY))
    one = desk.ask(ReferralById(seen.rid))
    assert desk.wait(seen, What.CONSENT) is not None
    assert one.consent_by is not None
    one = desk.ask(ReferralById(desk.agreed(seen).rid))
    assert desk.wait(seen, What.CONSENT) is None
    assert one.consent_by is None


def test_a_refusal_after_it_was_sent_stands_against_the_departure_too(desk: Desk) -> None:
    desk.put(8)
    seen = desk.do(StateReferralConsent(desk.do(SubmitReferral(desk.begun())), REFUSED))
    with pytest.raises(Refusal, match="无决定能力"):
        desk.do(Depart(seen))
    assert desk.row(desk.do(Depart(desk.agreed(seen)))).status == "departed"


def test_what_is_no_emergency_does_not_go_on(desk: Desk) -> None:
    seen = desk.do(AskApproval(refused(desk, urgency="elective")))
    desk.become(Role.DOCTOR)
    with pytest.raises(Refusal, match="不同意"):
        desk.do(Approve(seen, WHY))


def test_an_emergency_is_approved_against_it_with_words(desk: Desk) -> None:
    seen = desk.do(AskApproval(refused(desk)))
    desk.become(Role.DOCTOR)
    with pytest.raises(Refusal, match="理由"):
        desk.do(Approve(seen, "同意转诊"))
    assert desk.row(desk.do(Approve(seen, WHY))).moves["all"][-1]["reason"] == WHY
