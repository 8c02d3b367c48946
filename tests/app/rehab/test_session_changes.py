"""Groups in one act; corrections, retractions and taking back; two stations that recorded the same session."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.errors import Refusal
from app.core.unit import Unit
from app.rehab.queries.session_sheet import SessionSheet
from app.rehab.rules.sessions import SessionState
from app.rehab.rules.stopping import Values
from app.rehab.training import (
    BeginSession,
    CorrectSession,
    EndSession,
    GroupForm,
    Member,
    NoteDuring,
    NotHeld,
    RecordGroup,
    RetractSession,
    SessionForm,
    StopSession,
    TakeBackSessions,
)
from app.residents.stating import Seen
from db.models import GoalRating, RehabGoal, RehabSession, Vital
from tests.app.rehab.house import Gym, at
from tests.app.rehab.test_session import BEFORE, WELL, rows, session, started
from tests.support.acts import Act


def ended(gym: Gym, form: SessionForm | None = None) -> Seen:
    key = started(gym)
    gym.put(9, 25)
    seen = gym.do(EndSession(key, form or SessionForm())).seen
    assert isinstance(seen, Seen)
    return seen


def test_a_correction_stands_beside_what_was_said_first(gym: Gym) -> None:
    seen = ended(gym)
    with pytest.raises(Refusal, match="内容没有变化"):
        gym.do(CorrectSession(seen, SessionForm(), "笔误"))
    with pytest.raises(Refusal, match="请选择原因"):
        gym.do(CorrectSession(seen, SessionForm(note="x"), ""))
    form = SessionForm("partly", "tired", during=Values(rpe=13), ended=at(9, 20))
    gym.do(CorrectSession(seen, form, "时间更正", begun=at(9)))
    row = session(gym)
    assert (row.revision, row.state, row.at, row.minutes, row.why) == (
        seen.revision + 1,
        "corrected",
        at(9),
        20,
        "tired",
    )
    with pytest.raises(Refusal, match="刚被林海涛改过"):
        gym.do(CorrectSession(seen, form, "笔误"))


def test_a_correction_rates_its_goals_anew(gym: Gym) -> None:
    drawn = gym.plan(gym.item(code="sit_stand"))
    gym.put(9)
    gym.do(BeginSession(gym.key(), BEFORE))
    gym.put(9, 25)
    goal = drawn.goals[0]
    seen = gym.do(EndSession(gym.key(), SessionForm(goals={goal: 5}))).seen
    gym.do(CorrectSession(seen, SessionForm(goals={goal: 4}), "笔误"))
    assert [(one.value, one.gas) for one in rows(gym, GoalRating)] == [(4, -1)]


def test_others_records_are_corrected_by_the_head_nurse_only(gym: Gym) -> None:
    seen = ended(gym)
    gym.become("何静")
    with pytest.raises(Refusal, match="更正已签名的记录"):
        gym.do(CorrectSession(seen, SessionForm(note="x"), "补充"))
    with pytest.raises(Refusal, match="只有记录的人"):
        gym.do(TakeBackSessions((seen,)))


def test_taking_back_leaves_the_session_blank_with_its_vitals_and_ratings(gym: Gym) -> None:
    drawn = gym.plan(gym.item(code="sit_stand"))
    gym.put(9)
    gym.do(BeginSession(gym.key(), BEFORE))
    gym.put(9, 25)
    seen = gym.do(EndSession(gym.key(), SessionForm(goals={drawn.goals[0]: 5}))).seen
    gym.do(TakeBackSessions((seen,)))
    assert gym.held()[0].state is SessionState.DUE
    assert not rows(gym, Vital)
    assert not rows(gym, GoalRating)
    gym.do(BeginSession(gym.key(), replace(BEFORE, values=replace(WELL, hr=80))))  # and may begin again
    assert (session(gym).revision, session(gym).before["hr"]) == (4, 80)
    assert {one.value for one in rows(gym, Vital) if one.code == "pulse"} == {80}


def test_after_ten_minutes_it_is_retracted_with_words(gym: Gym) -> None:
    seen = ended(gym)
    gym.put(9, 36)
    with pytest.raises(Refusal, match="超过 10 分钟"):
        gym.do(TakeBackSessions((seen,)))
    with pytest.raises(Refusal, match="请写明原因"):
        gym.do(RetractSession(seen, " "))
    gym.do(RetractSession(seen, "录错老人"))
    assert not rows(gym, RehabSession)
    assert gym.held()[0].state is SessionState.DUE


def test_one_that_was_not_held_is_corrected_as_such(gym: Gym) -> None:
    gym.plan()
    gym.put(9)
    seen = gym.do(NotHeld(gym.key(), "refused", "tired"))
    with pytest.raises(Refusal, match="撤销这一条后重新记录"):
        gym.do(CorrectSession(seen, SessionForm(), "笔误"))
    gym.do(CorrectSession(seen, SessionForm("absent", "visit"), "笔误"))
    assert gym.held()[0].state is SessionState.ABSENT


def group(gym: Gym) -> tuple[tuple[object, ...], ...]:
    """李桂兰 and 王素芬 in one group at 14:00; the keys."""
    item = gym.item(
        code="bed_exercise", words="床上体操", discipline="group", week=("2 14:00",), together="周二小组"
    )
    gym.plan(item)
    gym.plan(item, resident=gym.wang)
    gym.put(14, 40)
    return tuple(gym.held(resident=rid)[0].key for rid in (gym.li, gym.wang))


def test_a_group_is_recorded_in_one_act_with_exceptions(gym: Gym) -> None:
    keys = group(gym)
    common = GroupForm(at(14), at(14, 30), soap={"o": "全程参加"})
    with pytest.raises(Refusal, match="李桂兰：血压未测；心率未测"):
        gym.do(RecordGroup(keys, common))  # type: ignore[arg-type]  # keys come as they are
    common = replace(common, despite="低强度，训练前询问均无不适")
    members = {keys[1]: Member("refused", "tired"), keys[0]: Member(rpe=11, pain=1)}
    done = gym.do(RecordGroup(keys, common, members))  # type: ignore[arg-type]  # the same
    assert (len(done.seen), done.left) == (2, ())
    by = {one.resident: one for one in rows(gym, RehabSession)}
    assert (by[gym.li].attendance, by[gym.li].during, by[gym.li].together) == (
        "done",
        {"rpe": 11},
        "周二小组",
    )
    assert (by[gym.li].minutes, by[gym.li].soap) == (30, {"o": "全程参加"})
    assert (by[gym.wang].attendance, by[gym.wang].soap) == ("refused", {})
    with pytest.raises(Refusal, match="都已记录"):
        gym.do(RecordGroup(keys, common))  # type: ignore[arg-type]  # the same


def test_one_member_whom_a_rule_forbids_is_named(gym: Gym) -> None:
    keys = group(gym)
    common = GroupForm(at(14), at(14, 30), despite="已询问")
    members = {keys[1]: Member(before=Values(190, 90, 80)), keys[0]: Member(rpe=16)}
    with pytest.raises(Refusal, match="王素芬：收缩压 >180，现在 190 mmHg：不能开始训练") as refused:
        gym.do(RecordGroup(keys, common, members))  # type: ignore[arg-type]  # the same
    assert (refused.value.field or "").startswith(f"member.{keys[1][0]}")
    assert not rows(gym, RehabSession)
    members[keys[1]] = Member("sick", "vitals")
    done = gym.do(RecordGroup(keys, common, members))  # type: ignore[arg-type]  # the same
    assert done.stopped == ("李桂兰",)


def test_what_another_station_recorded_stays_beside_ours(gym: Gym) -> None:
    key = started(gym)

    mine = session(gym)

    def arrive(unit: Unit) -> None:
        unit.receiving = True
        stamp = unit.stamp(rid=mine.rid, at=at(9))
        stamp["station"] = "02"
        unit.session.add(
            RehabSession(
                **stamp, revision=1, resident=mine.resident,
                plan=mine.plan, item=mine.item, service_date=mine.service_date, slot=mine.slot, discipline="pt",
                words=mine.words, therapist=gym.staff["何静"], attendance="done", ended_at=at(9, 20), minutes=20,
            )
        )  # fmt: skip

    gym.put(9, 22)
    gym.do(Act(arrive))
    gym.put(9, 25)
    gym.do(EndSession(key, SessionForm()))
    (held,) = gym.held()
    assert [one.station for one in (held.session, *held.others) if one is not None] == ["01", "02"]


def test_below_a_sensory_level_heat_wants_a_sentence(gym: Gym) -> None:
    dose = {"part": "右肩", "temperature_c": 42}
    gym.plan(gym.item(code="hot_pack", words="热敷", dose=dose), conditions=("sci_t6",))
    gym.put(9)
    said = replace(BEFORE, skin="intact")
    with pytest.raises(Refusal, match="感觉平面以下禁用温热治疗，防烫伤。仍要训练请写明原因"):
        gym.do(BeginSession(gym.key(), said))
    gym.do(BeginSession(gym.key(), replace(said, despite="右肩在感觉平面以上")))
    assert [one["code"] for one in session(gym).stopped["all"]] == ["below_level"]


def test_a_correction_keeps_what_it_does_not_name(gym: Gym) -> None:
    key = started(gym)
    gym.put(9, 10)
    gym.do(NoteDuring(key, Values(hr=88, pain=4, rpe=12, symptoms=frozenset({"dizzy"}))))
    gym.put(9, 25)
    seen = gym.do(EndSession(key, SessionForm())).seen
    stopped = session(gym).stopped["all"]
    assert [one["effect"] for one in stopped if one["symptoms"]] == ["stop"]
    gym.do(CorrectSession(seen, SessionForm(during=Values(rpe=11), note="补一句"), "补充"))
    row = session(gym)
    assert row.during == {"hr": 88, "pain": 4, "rpe": 11, "symptoms": ["dizzy"]}
    assert (row.stopped["all"], row.attendance, row.why) == (stopped, "partly", "stopped")


def test_a_rule_goes_with_the_number_it_fired_by_and_one_by_hand_stays(gym: Gym) -> None:
    key = started(gym)
    gym.put(9, 5)
    gym.do(StopSession(key, "tired", rule="gait_change"))
    gym.put(9, 25)
    seen = gym.do(EndSession(key, SessionForm(during=Values(rpe=17), after=Values(185, 80)))).seen
    assert {one["code"] for one in session(gym).stopped["all"]} >= {"gait_change", "rpe_high", "sbp_high"}
    form = SessionForm("partly", "tired", during=Values(rpe=12), after=Values(118, 70))
    gym.do(CorrectSession(seen, form, "笔误"))
    assert [one["code"] for one in session(gym).stopped["all"]] == ["gait_change"]


def test_a_correction_leaves_a_goal_reached_that_it_does_not_change(gym: Gym) -> None:
    drawn = gym.plan(gym.item(code="sit_stand"))
    gym.put(9)
    gym.do(BeginSession(gym.key(), BEFORE))
    gym.put(9, 25)
    goal = drawn.goals[0]
    seen = gym.do(EndSession(gym.key(), SessionForm(goals={goal: 5}))).seen
    sheet = gym.ask(SessionSheet(gym.key()))
    assert [(one.rid, one.last) for one in sheet.goals] == [(goal, 5)]  # attained, and still in the form
    gym.do(CorrectSession(seen, SessionForm(goals={goal: 5}, note="补一句"), "补充"))
    assert [(one.value, one.revision) for one in rows(gym, GoalRating)] == [(5, 1)]
    (short,) = [one for one in rows(gym, RehabGoal) if one.rid == goal]
    assert short.status == "attained"
