"""The machine of a referral, walked: every state is reached, and nothing but the moves of the machine is ever made."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.core.roles import Role
from app.referrals.around import Consent
from app.referrals.moving import (
    AcceptReferral,
    Approve,
    Archive,
    Arrive,
    AskApproval,
    CancelReferral,
    DeclineReferral,
    Depart,
    MoveOn,
    NoShow,
    RecordDeath,
    Reject,
    StrikeMove,
    SubmitReferral,
    TakeOver,
    Withdraw,
)
from app.referrals.moving.move import standing_of
from app.referrals.revising import Seen
from app.referrals.rules.states import MOVES, URGENT_MOVES, Standing, Status, next_of, refusal_of
from db.models import Referral
from tests.app.referrals.house import Desk
from tests.support.examples import tries

REFUSED = Consent("李建国", "儿子", agreed=False, words="不愿住院", on_paper=True)
ACTS: dict[str, tuple[Status, Callable[[Seen], Any]]] = {
    "ask": (Status.PENDING, AskApproval),
    "approve": (Status.SUBMITTED, Approve),
    "reject": (Status.REJECTED, lambda seen: Reject(seen, "理由不足")),
    "submit": (Status.SUBMITTED, SubmitReferral),
    "accept": (Status.ACCEPTED, AcceptReferral),
    "decline": (Status.DECLINED, lambda seen: DeclineReferral(seen, "没有床位")),
    "withdraw": (Status.WITHDRAWN, lambda seen: Withdraw(seen, "好转")),
    "cancel": (Status.CANCELLED, lambda seen: CancelReferral(seen, REFUSED)),
    "depart": (Status.DEPARTED, Depart),
    "arrive": (Status.ARRIVED, Arrive),
    "take over": (Status.TREATING, TakeOver),
    "no show": (Status.NO_SHOW, lambda seen: NoShow(seen, "家属带走")),
    "die": (Status.DIED, lambda seen: RecordDeath(seen, "呼吸心跳停止")),
    "archive": (Status.ARCHIVED, Archive),
}
"""Every act of a move but the ones that need another hospital or a return: name → where it leads, the order."""


def test_every_state_is_reached_and_nothing_follows_what_is_over() -> None:
    seen, waiting = {Status.DRAFT}, deque([Status.DRAFT])
    while waiting:
        for to in MOVES[waiting.popleft()]:
            if to not in seen:
                seen.add(to)
                waiting.append(to)
    assert seen == set(Status)
    assert all(not MOVES[one] for one in Status if one.over)
    assert all(MOVES[one] for one in Status if not one.over)


@pytest.mark.parametrize("status", list(Status))
def test_an_emergency_skips_approval_and_acceptance_and_nothing_else(status: Status) -> None:
    plain, urgent = (next_of(Standing(status, urgent=one)) for one in (False, True))
    assert urgent - plain <= {Status.SUBMITTED, Status.DEPARTED}
    assert (urgent - plain) == URGENT_MOVES.get(status, frozenset()) - plain


@pytest.mark.parametrize("to", [Status.SUBMITTED, Status.DEPARTED])
def test_consent_comes_before_and_after_rescue(to: Status) -> None:
    before = Status.PENDING if to is Status.SUBMITTED else Status.ACCEPTED
    assert "同意" in (refusal_of(Standing(before), to) or "")
    assert refusal_of(Standing(before, consented=True), to) is None
    assert refusal_of(Standing(before, urgent=True), to) is None
    assert "机构" in (refusal_of(Standing(before, urgent=True, partner=False), to) or "")


@settings(
    max_examples=tries(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(st.sampled_from([*sorted(ACTS), "move on"]), min_size=1, max_size=12),
    urgency=st.sampled_from(["emergency", "elective"]),
    consented=st.booleans(),
)
def test_a_walk_makes_the_moves_of_the_machine_and_no_other(
    desk: Desk, steps: list[str], urgency: str, *, consented: bool
) -> None:
    """Whatever is pressed in whatever order: a move is made exactly if the machine allows it, and every one is kept."""
    desk.become(Role.NURSE)
    seen = desk.begun(urgency=urgency)
    if consented:
        seen = desk.agreed(seen)
    made = 0
    hospital = 0
    for step in steps:
        row = desk.row(seen)
        before = standing_of(row)
        if step == "move on":
            hospital += 1
            to, order = Status.MOVED, MoveOn(seen, "要做手术", partner_words=f"省立医院{hospital}")
        else:
            to, make = ACTS[step]
            order = make(seen)
        desk.become(Role.DOCTOR if step in ("approve", "reject") else Role.NURSE)
        allowed = refusal_of(before, to) is None and _of_the_machine(step, row)
        try:
            seen = desk.do(order)
        except Refusal:
            if step == "approve" and before.status is not Status.PENDING:
                continue
            assert not allowed, (step, before)
            assert desk.row(seen).status == before.status
        else:
            after = desk.row(seen)
            if after.status == before.status:
                assert step == "approve"  # what an emergency was sent without followed
                continue
            assert allowed, (step, before)
            made += 1
            assert after.status == to
            assert len(after.moves["all"]) == made
            assert after.moves["all"][-1]["from"] == before.status
    _finish(desk, seen)


def _of_the_machine(step: str, row: Referral) -> bool:
    """Not so the approval that follows a rescue, and archiving somebody who is still registered in hospital."""
    if step == "archive":
        return row.status != Status.NO_SHOW or row.absence is None
    return step != "approve" or row.status == Status.PENDING


def _finish(desk: Desk, seen: Seen) -> None:
    """Strike move after move: the walk back is one too, and the next walk finds the resident here."""
    desk.become(Role.DOCTOR)
    while desk.row(seen).status != Status.DRAFT:
        seen = desk.do(StrikeMove(seen, "走查结束"))
    assert desk.row(seen).absence is None
    desk.do(Withdraw(seen, "走查结束"))
