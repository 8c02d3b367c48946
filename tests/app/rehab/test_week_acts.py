"""Single sessions are moved, cancelled, added, made up for, let go and taken back; nobody is in two places silently."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.rehab.planning import ChangeItem
from app.rehab.queries.missed import MissedSessions
from app.rehab.queries.week import WeekBoard
from app.rehab.queries.week_times import ItemTimes, WeeklyTimes
from app.rehab.rules.sessions import SessionState
from app.rehab.scheduling import (
    AddSession,
    CancelSession,
    EndNotThere,
    LetGo,
    MoveSession,
    NotThere,
    UndoBooking,
)
from app.residents.stating import Seen
from tests.app.rehab.house import DAY, Gym, at

TOMORROW = DAY + timedelta(days=1)
THURSDAY = DAY + timedelta(days=2)


def _times(gym: Gym, *days: date) -> list[str]:
    return [f"{one.planned.day:%m-%d} {one.planned.time}" for one in gym.held(*days)]


def _other(gym: Gym, **more: object) -> None:
    """王素芬 has 万能袖套进食 with 苏婉 on Tuesday 10:30."""
    form = gym.item(
        code="feeding",
        words="万能袖套进食",
        discipline="ot",
        week=("2 10:30",),
        therapist=gym.staff["苏婉"],
        **more,
    )
    gym.plan(form, resident=gym.wang)


def test_a_moved_session_stands_where_it_went_and_can_be_taken_back(gym: Gym) -> None:
    gym.plan()
    key = gym.key()
    placing = gym.do(MoveSession(key, TOMORROW, "14:00"))
    assert (_times(gym), _times(gym, TOMORROW)) == ([], ["11-25 14:00"])
    (held,) = gym.held(TOMORROW)
    assert (held.key, held.planned.moved) == (key, True)
    again = gym.do(MoveSession(key, THURSDAY, "15:30", minutes=45))
    assert gym.held(THURSDAY)[-1].planned.minutes == 45
    gym.do(UndoBooking(again.seen))
    assert _times(gym, TOMORROW) == ["11-25 14:00"]
    gym.do(MoveSession(key, DAY, "09:00"))
    assert [(one.planned.time, one.planned.moved) for one in gym.held()] == [("09:00", False)]
    with pytest.raises(Refusal, match="时间没有变化"):
        gym.do(MoveSession(key, DAY, "09:00"))
    with pytest.raises(Refusal, match="刚被林海涛改过"):
        gym.do(UndoBooking(placing.seen))


def test_an_undo_is_for_whoever_did_it_and_for_ten_minutes(gym: Gym) -> None:
    gym.plan()
    placing = gym.do(MoveSession(gym.key(), TOMORROW, "14:00"))
    gym.become("苏婉")
    with pytest.raises(Refusal, match="只有改的人可以撤销"):
        gym.do(UndoBooking(placing.seen))
    gym.become("林海涛")
    gym.put(6, 11)
    with pytest.raises(Refusal, match="已超过 10 分钟"):
        gym.do(UndoBooking(placing.seen))


def test_an_undo_does_not_put_back_where_somebody_else_came_meanwhile(gym: Gym) -> None:
    gym.plan()
    _other(gym)
    key, lin = gym.key(), gym.staff["林海涛"]
    placing = gym.do(MoveSession(key, TOMORROW, "14:00"))
    gym.do(MoveSession(gym.key("10:30"), DAY, "09:15", therapist=lin))
    with pytest.raises(Refusal, match="林海涛 周二 11-24 09:15 同时排了 李桂兰 PT 与 王素芬 OT"):
        gym.do(UndoBooking(placing.seen))
    assert _times(gym, TOMORROW) == ["11-25 14:00"]
    both = "".join(sorted(f":{who.hex[-12:]}" for who in (gym.li, gym.wang)))
    gym.do(UndoBooking(placing.seen, accept=(f"therapist:{lin}:20261124T0115{both}",)))
    assert _times(gym) == ["11-24 09:00", "11-24 09:15"]
    assert gym.ask(WeekBoard(DAY)).clashes == ()


def test_a_place_that_is_none_is_refused_in_words(gym: Gym) -> None:
    gym.plan()
    key = gym.key()
    for order, words in (
        (MoveSession(key, TOMORROW, "25:00"), "时间不存在"),
        (MoveSession(key, TOMORROW, "17:45"), "不在康复时间之内"),
        (MoveSession(key, DAY - timedelta(days=1), "10:30"), "已经过去的日子"),
        (MoveSession(key, DAY + timedelta(days=100), "10:30"), "不能排到计划以外"),
        (MoveSession(key, TOMORROW, "14:00", minutes=500), "时长应在"),
        (MoveSession(key, TOMORROW, "14:00", therapist=gym.li), "在岗的康复师"),
        (MoveSession((key[0], key[1], "07:00"), TOMORROW, "14:00"), "已不在日程里"),
    ):
        with pytest.raises(Refusal, match=words):
            gym.do(order)
    gym.become(Role.CAREGIVER)
    with pytest.raises(Refusal, match="排康复训练"):
        gym.do(MoveSession(key, TOMORROW, "14:00"))


def test_a_therapist_is_not_in_two_places_unless_somebody_says_so(gym: Gym) -> None:
    gym.plan()
    _other(gym)
    key = gym.key("10:30")
    with pytest.raises(Refusal, match="林海涛 周二 11-24 09:15 同时排了 李桂兰 PT 与 王素芬 OT") as refused:
        gym.do(MoveSession(key, DAY, "09:15", therapist=gym.staff["林海涛"]))
    assert refused.value.field == "time"
    both = "".join(sorted(f":{who.hex[-12:]}" for who in (gym.li, gym.wang)))
    name = f"therapist:{gym.staff['林海涛']}:20261124T0115{both}"
    gym.do(MoveSession(key, DAY, "09:15", therapist=gym.staff["林海涛"], accept=(name,)))
    (held,) = [one for one in gym.held() if one.key == key]
    assert held.booking is not None
    assert held.booking.accepted == [name]


def test_a_resident_is_not_in_two_places_away_or_with_somebody_off(gym: Gym) -> None:
    gym.plan(
        gym.item(),
        gym.item(
            code="feeding", words="进食", discipline="ot", week=("2 14:00",), therapist=gym.staff["苏婉"]
        ),
    )
    with pytest.raises(Refusal, match="李桂兰 周二 11-24 14:10 同时排了 苏婉 OT 与 林海涛 PT"):
        gym.do(MoveSession(gym.key(), DAY, "14:10"))
    gym.home.away("hospital", at(8, day=TOMORROW), at(20, day=TOMORROW))
    with pytest.raises(Refusal, match="李桂兰 PT 周三 11-25 14:00 老人住院"):
        gym.do(MoveSession(gym.key(), TOMORROW, "14:00"))
    gym.do(
        NotThere(gym.staff["林海涛"], "轮休", at(0, day=THURSDAY), at(0, day=THURSDAY + timedelta(days=1)))
    )
    with pytest.raises(Refusal, match="林海涛 周四 11-26 14:00 轮休，不在岗（李桂兰 PT）"):
        gym.do(MoveSession(gym.key(), THURSDAY, "14:00"))


def test_meals_and_closed_days_warn(gym: Gym) -> None:
    gym.plan()
    noon = gym.do(MoveSession(gym.key(), DAY, "11:30"))
    assert [words[:24] for words in noon.warned] == ["李桂兰 PT 周二 11-24 11:30 午餐"]
    sunday = gym.do(MoveSession(gym.key("11:30"), DAY + timedelta(days=5), "10:30"))
    assert sunday.warned == ("李桂兰 PT 周日 11-29 10:30 休息日",)


def test_a_group_moves_as_one_or_one_by_one(gym: Gym) -> None:
    gym.plan(gym.item(together="八段锦小组"))
    gym.plan(gym.item(together="八段锦小组"), resident=gym.wang)
    key = gym.key()
    assert len(gym.do(MoveSession(key, TOMORROW, "14:00", whole_group=True)).seen) == 2
    assert _times(gym, TOMORROW) == ["11-25 14:00"] * 2
    gym.do(MoveSession(key, TOMORROW, "15:30"))
    assert _times(gym, TOMORROW) == ["11-25 14:00", "11-25 15:30"]


def test_whoever_is_taken_out_of_a_group_does_not_have_its_therapist_silently(gym: Gym) -> None:
    gym.plan(gym.item(together="八段锦小组"))
    other = gym.plan(gym.item(together="八段锦小组"), resident=gym.wang)
    seen = Seen(other.items[0], 1)
    with pytest.raises(Refusal, match="林海涛 周二 11-24 09:00 同时排了"):
        gym.do(ChangeItem(seen, gym.item(), "其他：不再参加小组"))
    gym.do(ChangeItem(seen, gym.item(together="八段锦小组", note="坐位"), "其他：改说明"))


def test_a_cancelled_session_says_why_and_takes_nobodys_time(gym: Gym) -> None:
    gym.plan()
    _other(gym)
    key = gym.key()
    with pytest.raises(Refusal, match="请写明原因"):
        gym.do(CancelSession(key, " "))
    gym.do(MoveSession(key, DAY, "14:00"))
    (seen,) = gym.do(CancelSession(key, "家属探视"))
    (held,) = [one for one in gym.held() if one.key == key]
    assert (held.state, held.planned.time) == (SessionState.CANCELLED, "14:00")
    other = gym.key("10:30")
    gym.do(MoveSession(other, DAY, "14:00", therapist=gym.staff["林海涛"]))
    with pytest.raises(Refusal, match="已取消"):
        gym.do(MoveSession(key, DAY, "15:30"))
    with pytest.raises(Refusal, match="14:00 同时排了 李桂兰 PT 与 王素芬 OT"):
        gym.do(UndoBooking((seen,)))
    gym.do(MoveSession(other, DAY, "16:00"))
    gym.do(UndoBooking((seen,)))
    assert next(one for one in gym.held() if one.key == key).state is SessionState.PLANNED


def test_a_missed_session_waits_until_it_is_made_up_for_or_let_go(gym: Gym) -> None:
    drawn = gym.plan()
    missed = gym.key()
    gym.put(22)
    with pytest.raises(Refusal, match="要另排请用“补训”"):
        gym.do(MoveSession(missed, TOMORROW, "14:00"))
    with pytest.raises(Refusal, match="时间已过还没有记录"):
        gym.do(CancelSession(missed, "忘了"))
    (row,) = gym.ask(MissedSessions())
    assert (row.name, row.time, row.state, row.therapist_name) == ("李桂兰", "09:00", "未记录", "林海涛")
    placing = gym.do(AddSession(drawn.items[0], TOMORROW, "14:00", instead_of=missed))
    assert gym.ask(MissedSessions()) == ()
    with pytest.raises(Refusal, match="已排在 11-25 补"):
        gym.do(LetGo(missed, "不用补"))
    gym.do(UndoBooking(placing.seen))
    assert len(gym.ask(MissedSessions())) == 1
    gym.do(LetGo(missed, "老人不愿补"))
    assert gym.ask(MissedSessions()) == ()
    with pytest.raises(Refusal, match="已经决定不补"):
        gym.do(AddSession(drawn.items[0], TOMORROW, "14:00", instead_of=missed))


def test_one_more_has_a_name_of_its_own_and_does_not_come_twice(gym: Gym) -> None:
    drawn = gym.plan()
    item = drawn.items[0]
    gym.do(AddSession(item, TOMORROW, "14:00", why="家属要求"))
    (held,) = gym.held(TOMORROW)
    assert held.key == (item, TOMORROW, "+14:00")
    with pytest.raises(Refusal, match="14:00 已经加排了"):
        gym.do(AddSession(item, TOMORROW, "14:00"))
    gym.do(MoveSession(held.key, THURSDAY, "15:30"))
    gym.do(AddSession(item, TOMORROW, "14:00"))
    assert [one.key[2] for one in gym.held(TOMORROW, THURSDAY)] == ["+14:01", "09:00", "+14:00"]


def test_time_off_every_week_until_somebody_ends_it(gym: Gym) -> None:
    gym.plan()
    lin = gym.staff["林海涛"]
    for order, words in (
        (NotThere(lin, " ", at(8), at(12)), "请填写事由"),
        (NotThere(lin, "培训", at(12), at(8)), "结束要晚于开始"),
        (NotThere(lin, "培训", at(1), at(2)), "已经过去"),
        (NotThere(lin, "轮休", at(22), at(6, day=TOMORROW), weekday=2), "不能过夜"),
    ):
        with pytest.raises(Refusal, match=words):
            gym.do(order)
    seen = gym.do(NotThere(lin, "轮休", at(13, day=TOMORROW), at(23, 59, day=TOMORROW), weekday=3))
    gym.do(MoveSession(gym.key(), TOMORROW, "10:30"))
    next_week = TOMORROW + timedelta(days=7)
    with pytest.raises(Refusal, match="轮休，不在岗"):
        gym.do(MoveSession(gym.key("10:30", TOMORROW), next_week, "14:00"))
    gym.put(9, day=TOMORROW + timedelta(days=2))
    gym.do(EndNotThere(seen))
    gym.do(MoveSession(gym.key("09:00", TOMORROW + timedelta(days=2)), next_week, "14:00"))


def test_times_are_offered_that_suit_both(gym: Gym) -> None:
    drawn = gym.plan()
    _other(gym)
    monday = DAY - timedelta(days=1)
    offered = gym.ask(ItemTimes(drawn.items[0], monday, (DAY, "09:00")))
    assert [f"{day:%m-%d} {time}" for day, time in offered[:3]] == [
        "11-24 10:30",
        "11-24 14:00",
        "11-24 15:30",
    ]
    busy = gym.ask(ItemTimes(drawn.items[0], monday, (DAY, "10:30"), therapist=gym.staff["苏婉"]))
    assert (DAY, "10:30") not in busy


def test_what_is_missing_of_a_week_is_spread_over_it(gym: Gym) -> None:
    drawn = gym.plan(gym.item(per_week=3, week=("3 09:00",)))
    assert gym.ask(WeeklyTimes(drawn.items[0])) == ("1 09:00", "5 09:00")
