"""转往他院: each hospital keeps its own times; figures take those that belong together; struck, they are as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.referrals.moving import Arrive, MoveOn, StrikeMove, SubmitReferral, TakeOver
from app.referrals.moving.outside import Depart
from app.referrals.queries.one import ReferralById
from app.referrals.revising import Seen
from app.referrals.rules.courses import Course, leg_of, stretch
from app.referrals.rules.legs import Leg
from app.referrals.rules.states import Status
from tests.app.referrals.house import Desk, at
from tests.app.referrals.test_figures import figures
from tests.app.referrals.test_figures_counted import MINUTE, T0, course

FIRST, OTHER = "安和市第一人民医院", "安和区中医院"


def at_first(desk: Desk, *, taken: bool) -> Seen:
    """Left 08:00, arrived 08:20 at the first hospital, taken over 08:33 there, moved on 09:00."""
    desk.put(8)
    seen = desk.do(Depart(desk.do(SubmitReferral(desk.begun()))))
    desk.put(8, 20)
    seen = desk.do(Arrive(seen))
    if taken:
        desk.put(8, 33)
        seen = desk.do(TakeOver(seen, "刘志远"))
    desk.put(9)
    moved: Seen = desk.do(MoveOn(seen, "手术", desk.partners["other"]))
    return moved


def test_each_hospital_keeps_its_own_times(desk: Desk) -> None:
    seen = at_first(desk, taken=True)
    row = desk.row(seen)
    assert {"arrived", "taken_over", "taken_over_whom"}.isdisjoint(row.times)
    desk.put(9, 40)
    seen = desk.do(Arrive(seen))
    desk.put(9, 50)
    seen = desk.do(TakeOver(seen, "何医师"))
    first, last = desk.ask(ReferralById(seen.rid)).legs
    assert first == Leg(FIRST, at(8), at(8, 20), at(8, 33), "刘志远", at(9))
    assert last == Leg(OTHER, at(9), at(9, 40), at(9, 50), "何医师")
    times = desk.row(seen).times
    assert (datetime.fromisoformat(times["left"]), times["taken_over_whom"]) == (at(8), "何医师")


def test_struck_the_first_hospital_s_times_stand_again(desk: Desk) -> None:
    seen = at_first(desk, taken=True)
    seen = desk.do(StrikeMove(seen, "没有转"))
    (only,) = desk.ask(ReferralById(seen.rid)).legs
    assert only == Leg(FIRST, at(8), at(8, 20), at(8, 33), "刘志远")


@pytest.mark.parametrize(("taken", "door", "where"), [(True, "13 分钟", FIRST), (False, "10 分钟", OTHER)])
def test_door_to_door_is_of_one_hospital(desk: Desk, *, taken: bool, door: str, where: str) -> None:
    """There 08:20 and 08:33; or taken over only at the other one, where it was 09:40 and 09:50."""
    seen = at_first(desk, taken=taken)
    desk.put(9, 40)
    seen = desk.do(Arrive(seen))
    desk.put(9, 50)
    desk.do(TakeOver(seen, "何医师"))
    found = figures(desk)
    assert (found["door:way"].value, found["door:door"].value) == ("20 分钟", door)
    assert where in found["door:door"].records[0].words
    assert FIRST in found["door:way"].records[0].words


def later(minutes: int) -> datetime:
    return T0 + timedelta(minutes=minutes)


def walked(*legs: Leg) -> Course:
    return replace(course((Status.DEPARTED, 0), started=0, left=5), legs=legs)


@pytest.mark.parametrize(
    ("legs", "way", "door", "whole"),
    [
        ((("a", 25, 30), ("b", 90, 95)), 20, 5, 30),
        ((("a", 25, None), ("b", 90, 95)), 20, 5, 95),
        ((("a", None, None), ("b", 90, 95)), 85, 5, 95),
        ((("a", 25, None), ("b", None, None)), 20, None, None),
        ((("a", 25, None), ("b", None, None), ("c", 70, 82)), 20, 12, 82),
    ],
)
def test_stretches_of_several_hospitals_by_hand(
    legs: tuple[tuple[str, int | None, int | None], ...], way: int, door: int | None, whole: int | None
) -> None:
    one = walked(
        *(
            Leg(name, None, later(come) if come else None, later(taken) if taken else None)
            for name, come, taken in legs
        )
    )
    found = [stretch(one, key) for key in ("way", "door", "whole")]
    assert found == [None if minutes is None else minutes * MINUTE for minutes in (way, door, whole)]
    assert leg_of(one, "leave").hospital == "a"
