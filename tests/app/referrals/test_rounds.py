"""Rounds: planned by the agreement, asked about all week, held, carried on, cancelled."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.history.timeline import Timeline
from app.referrals.rounds import (
    AskAbout,
    BeginRound,
    CancelRound,
    ChangeRound,
    CountRoundWork,
    EndRound,
    FillVisit,
    PlanRound,
    RoundDoctors,
    RoundForm,
    Rounds,
    RoundsDue,
    RoundsOfResident,
    RoundWorkNow,
    TakeBackArrival,
    TakeOffRound,
)
from app.referrals.rules.rounds import RoundState, due
from app.residents.rules.windows import When
from app.vitals.service import RecordSet
from tests.app.referrals.charts import signs
from tests.app.referrals.house import DAY, Desk, at
from tests.app.referrals.rounding import FOUND, Rounding, rounding

NEXT = DAY + timedelta(days=1)


@pytest.fixture
def house(desk: Desk) -> Rounding:
    return rounding(desk)


def test_a_planned_round_says_who_comes_when_and_whom_to_see(house: Rounding) -> None:
    line = house.whole().line
    assert (line.doctor, line.partner, line.on, line.state) == (
        "欧阳志强", "安和市第一人民医院", NEXT, RoundState.PLANNED,
    )  # fmt: skip
    assert line.number == "01-000001"
    assert line.at == at(9, 0, NEXT)
    [person] = house.whole().people
    assert (person.name, person.bed, person.asked[0].by) == ("李桂兰", "2号楼 301-1", "林晓燕")
    assert house.desk.ask(Rounds()) == (line,)


def test_a_plan_is_refused_with_its_field(house: Rounding) -> None:
    for form, field in (
        (RoundForm(NEXT), "doctor"),
        (RoundForm(NEXT, visitor=house.visitor, way="mail"), "way"),
        (RoundForm(DAY - timedelta(days=60), visitor=house.visitor), "day"),
        (RoundForm(NEXT, visitor=house.visitor), "day"),
        (RoundForm(NEXT, staff=house.staff(Role.NURSE)), "doctor"),
    ):
        with pytest.raises(Refusal) as refused:
            house.desk.do(PlanRound(form))
        assert refused.value.field == field


def test_two_nurses_ask_at_once_and_neither_is_lost(house: Rounding) -> None:
    house.desk.do(AskAbout(house.desk.wang, "皮肤瘙痒 1 周"))
    house.desk.become(Role.HEAD_NURSE)
    house.desk.do(AskAbout(house.desk.li, "夜间睡眠差"))
    people = {one.name: [line.words for line in one.asked] for one in house.whole().people}
    assert people == {
        "李桂兰": ["近 3 天头晕，血压偏高，是否加药？", "夜间睡眠差"],
        "王素芬": ["皮肤瘙痒 1 周"],
    }
    of_li = house.desk.ask(RoundsOfResident(house.desk.li))
    assert of_li.asked == ("近 3 天头晕，血压偏高，是否加药？", "夜间睡眠差")


def test_what_cannot_be_asked_is_refused(house: Rounding) -> None:
    ask = house.desk.do
    with pytest.raises(Refusal, match="已经在名单里"):
        ask(AskAbout(house.desk.li, "近 3 天头晕，血压偏高，是否加药？"))
    with pytest.raises(Refusal, match="请填写要问的问题"):
        ask(AskAbout(house.desk.li, "  "))
    with pytest.raises(Refusal, match="没有找到这次巡诊"):
        ask(AskAbout(house.desk.li, "问", uuid4()))
    ask(CancelRound(house.seen, "医师请假"))
    with pytest.raises(Refusal, match="还没有安排下一次巡诊"):
        ask(AskAbout(house.desk.wang, "皮肤瘙痒"))
    house.desk.become(Role.CAREGIVER)
    with pytest.raises(Refusal, match="安排和记录巡诊"):
        ask(AskAbout(house.desk.wang, "皮肤瘙痒"))


def test_a_cancelled_round_hands_its_list_to_the_next_that_is_planned(house: Rounding) -> None:
    house.desk.do(CancelRound(house.seen, "医师请假"))
    after = house.desk.do(PlanRound(RoundForm(NEXT + timedelta(days=2), visitor=house.visitor)))
    assert [one.name for one in house.whole(after).people] == ["李桂兰"]
    assert house.whole().line.state is RoundState.CANCELLED


def test_who_is_taken_off_is_off_and_who_was_seen_stays(house: Rounding) -> None:
    house.desk.do(AskAbout(house.desk.wang, "皮肤瘙痒"))
    house.desk.do(TakeOffRound(house.planned, house.desk.wang, "已好转"))
    assert [one.name for one in house.whole().people] == ["李桂兰"]
    house.begin()
    house.visited()
    with pytest.raises(Refusal, match="已经看过"):
        house.desk.do(TakeOffRound(house.planned, house.desk.li))


def test_arrival_is_noted_and_taken_back_until_somebody_was_seen(house: Rounding) -> None:
    house.begin()
    assert house.whole().line.state is RoundState.GOING_ON
    house.desk.do(TakeBackArrival(house.seen))
    assert house.whole().line.state is RoundState.PLANNED
    with pytest.raises(Refusal, match="在现在之后"):
        house.desk.do(BeginRound(house.seen, When(NEXT, 23 * 60)))
    house.desk.do(BeginRound(house.seen, When(NEXT, 9 * 60)))
    house.visited()
    with pytest.raises(Refusal, match="不能收回"):
        house.desk.do(TakeBackArrival(house.seen))
    with pytest.raises(Refusal, match="不能取消"):
        house.desk.do(CancelRound(house.seen, "错了"))


def test_the_end_plans_the_next_and_carries_over_whoever_was_not_seen(house: Rounding) -> None:
    house.desk.do(AskAbout(house.desk.wang, "皮肤瘙痒"))
    house.begin()
    house.visited()
    house.desk.put(11, 0, NEXT)
    with pytest.raises(Refusal, match="离开不能更早"):
        house.desk.do(EndRound(house.seen, When(NEXT, 8 * 60)))
    ended = house.desk.do(EndRound(house.seen, None, NEXT + timedelta(days=14)))
    assert (ended.carried, ended.planned) == (1, True)
    line = house.whole().line
    assert (line.people, line.visits, line.problems, line.referred, line.left) == (
        2,
        1,
        1,
        0,
        at(11, 0, NEXT),
    )
    after = house.whole(ended.next)
    assert (after.line.on, after.line.doctor) == (NEXT + timedelta(days=14), "欧阳志强")
    assert [(one.name, one.asked[0].words) for one in after.people] == [("王素芬", "皮肤瘙痒")]
    with pytest.raises(Refusal, match="已经登记离开"):
        house.desk.do(EndRound(house.seen))


def test_the_agreement_says_when_the_next_one_is_due(house: Rounding) -> None:
    [row] = house.desk.ask(RoundsDue())
    assert (row.partner_name, row.every, row.last) == ("安和市第一人民医院", 14, None)
    assert row.due.on == DAY + timedelta(days=4)
    assert (row.due.planned, row.wants_planning) == (NEXT, False)
    house.desk.do(CancelRound(house.seen, "医师请假"))
    house.desk.put(9, 0, DAY + timedelta(days=6))
    [row] = house.desk.ask(RoundsDue())
    assert row.wants_planning
    assert row.due.words(DAY + timedelta(days=6)) == "逾期 2 天"
    assert house.desk.ask(CountRoundWork()) == 1


def test_due_counts_from_the_last_one_held() -> None:
    first = DAY - timedelta(days=30)
    when = due(14, first, [DAY - timedelta(days=20), DAY - timedelta(days=5)], [DAY - timedelta(days=7)])
    assert (when.on, when.planned) == (DAY + timedelta(days=9), None)
    assert when.wants_planning(DAY + timedelta(days=6), 3)
    assert not when.wants_planning(DAY, 3)


def test_a_change_after_it_was_held_needs_a_reason(house: Rounding) -> None:
    form = RoundForm(NEXT, visitor=house.visitor, way="video")
    house.desk.do(ChangeRound(house.seen, form))
    assert house.whole().line.way_words == "视频"
    house.begin()
    with pytest.raises(Refusal) as refused:
        house.desk.do(ChangeRound(house.seen, form, When(NEXT, 9 * 60)))
    assert refused.value.field == "reason"
    house.desk.do(ChangeRound(house.seen, form, When(NEXT, 9 * 60), reason="时间更正"))
    assert house.whole().line.arrived == at(9, 0, NEXT)


def test_a_visit_is_filled_with_todays_signs_and_the_question(house: Rounding) -> None:
    house.begin()
    house.desk.do(RecordSet(house.desk.li, at(9, 0, NEXT), signs(systolic=158)))
    filled = house.desk.ask(FillVisit(house.planned, house.desk.li))
    assert filled.complaint == "近 3 天头晕，血压偏高，是否加药？"
    assert "BP 158/76 mmHg" in filled.vitals
    assert {one["code"] for one in filled.measured} >= {"temperature", "blood_pressure"}
    [person] = house.whole().people
    assert any(one.tone for one in person.brief.signs)


def test_the_timeline_tells_what_was_found_and_advised(house: Rounding) -> None:
    house.begin()
    house.visited()
    lines = house.desk.ask(Timeline(house.desk.li, at(0, 0, NEXT), at(23, 0, NEXT)))
    [line] = [one for one in lines if one.sort == "巡诊"]
    assert line.by == "欧阳志强"
    assert "护理建议：监测血压，每日 2 次" in line.words
    assert "康复建议：暂停步行训练 2 天" in line.words


def test_the_work_of_rounds_names_today_and_what_is_late(house: Rounding) -> None:
    house.desk.put(8, 0, NEXT)
    assert [one.seen.rid for one in house.desk.ask(RoundWorkNow()).today] == [house.planned]
    house.desk.put(8, 0, NEXT + timedelta(days=1))
    work = house.desk.ask(RoundWorkNow())
    assert not work.today
    assert [one.seen.rid for one in work.late] == [house.planned]


def test_our_own_doctor_may_hold_one(house: Rounding) -> None:
    names = [(one.name, one.visitor is not None) for one in house.desk.ask(RoundDoctors())]
    assert names == [("欧阳志强", True), ("陈永康", False)]
    own = house.desk.do(PlanRound(RoundForm(DAY, staff=house.staff(Role.DOCTOR))))
    assert house.whole(own).line.who == "陈永康"
    assert FOUND.problem
