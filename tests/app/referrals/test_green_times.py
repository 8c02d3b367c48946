"""The times of the green channel lie in the order in which they happen."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.core.errors import Refusal
from app.referrals.around import (
    HandOver,
    KeepHandOver,
    KeepScript,
    NoteTime,
    Script,
    StartGreenChannel,
)
from app.referrals.moving import Arrive, Depart, MoveOn, SubmitReferral, TakeOver
from app.referrals.revising import Seen
from tests.app.referrals.house import Desk, at


def called(desk: Desk) -> Seen:
    """Green from 09:00, 120 called at 09:30; it is 10:00."""
    desk.put(8)
    seen = desk.begun()
    desk.put(10)
    seen = desk.do(StartGreenChannel(seen, at(9)))
    after: Seen = desk.do(NoteTime(seen, "ambulance_called", at(9, 30)))
    return after


@pytest.mark.parametrize(
    ("what", "when", "said"),
    [
        ("ambulance_here", at(9, 10), "120 到场（09:10）早于呼叫 120（09:30）"),
        ("told", at(8, 10), "通知医院（08:10）早于启用（09:00）"),
    ],
)
def test_a_time_before_what_comes_before_it_is_refused(
    desk: Desk, what: str, when: datetime, said: str
) -> None:
    seen = called(desk)
    with pytest.raises(Refusal) as refused:
        desk.do(NoteTime(seen, what, when))
    assert said in refused.value.text
    assert refused.value.field == "at"


def test_a_time_after_what_comes_after_it_is_refused_too(desk: Desk) -> None:
    seen = desk.do(NoteTime(called(desk), "ambulance_here", at(9, 40)))
    with pytest.raises(Refusal, match="120 到场（09:40）早于呼叫 120（09:50）"):
        desk.do(NoteTime(seen, "ambulance_called", at(9, 50)))
    seen = desk.do(NoteTime(seen, "told", at(9, 55)))
    with pytest.raises(Refusal, match="通知医院"):
        desk.do(NoteTime(seen, "started", at(9, 56)))


def test_the_hospital_may_be_told_before_120_is_called_or_after(desk: Desk) -> None:
    seen = called(desk)
    for when in (at(9, 5), at(9, 45)):
        seen = desk.do(NoteTime(seen, "told", when))
    assert datetime.fromisoformat(desk.row(seen).times["told"]) == at(9, 45)


def test_nobody_leaves_before_the_ambulance_was_called(desk: Desk) -> None:
    seen = called(desk)
    with pytest.raises(Refusal, match="离院（08:40）早于呼叫 120（09:30）"):
        desk.do(Depart(seen, at(8, 40)))
    assert desk.row(desk.do(Depart(seen, at(9, 50)))).status == "departed"


def test_the_script_and_the_hand_over_write_the_same_times(desk: Desk) -> None:
    seen = called(desk)
    with pytest.raises(Refusal, match="早于") as refused:
        desk.do(KeepHandOver(seen, HandOver(plate="闽A1"), here=at(9, 20)))
    assert refused.value.field == "here"
    seen = desk.do(KeepHandOver(seen, HandOver(plate="闽A1"), here=at(9, 40)))
    with pytest.raises(Refusal, match="早于") as refused:
        desk.do(KeepScript(seen, Script(), at(9, 41)))
    assert refused.value.field == "called"


def test_another_hospital_is_reached_after_the_first_took_over(desk: Desk) -> None:
    desk.put(8)
    seen = desk.do(TakeOver(desk.do(Arrive(desk.do(Depart(desk.do(SubmitReferral(desk.begun()))))))))
    desk.put(9)
    seen = desk.do(MoveOn(seen, "手术", desk.partners["other"]))
    desk.put(10)
    assert datetime.fromisoformat(desk.row(desk.do(Arrive(seen))).times["arrived"]) == at(10)
