"""A session: begun, noted, stopped, ended, not held; what is refused, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.rehab.lists.attendance import attendances
from app.rehab.planning import Consent, PausePlan, StateConsent
from app.rehab.queries.session_sheet import SessionSheet
from app.rehab.rules.sessions import SessionState
from app.rehab.rules.stopping import Values
from app.rehab.training import (
    Before,
    BeginSession,
    EndSession,
    NoteDuring,
    NotHeld,
    RecordSession,
    SessionForm,
    StopSession,
)
from app.vitals.rules import Measured
from app.vitals.service import RecordSet
from db.models import GoalRating, RehabSession, Vital
from db.models.training import ATTENDANCES
from tests.app.rehab.house import DAY, Gym, at
from tests.support.acts import Act

WELL = Values(112, 66, 72, 96, pain=2)
BEFORE = Before(WELL)


def rows(gym: Gym, model: type[Any]) -> list[Any]:
    """What stands of a kind."""
    found: list[Any] = []

    def look(unit: Unit) -> None:
        found.extend(unit.session.scalars(select(model).where(model.current, model.state != "retracted")))

    gym.do(Act(look))
    return found


def session(gym: Gym) -> RehabSession:
    (row,) = rows(gym, RehabSession)
    assert isinstance(row, RehabSession)
    return row


def started(gym: Gym, before: Before = BEFORE, **item: Any) -> Any:
    """A plan that runs, and its session of 09:00 begun at 08:55."""
    gym.plan(gym.item(code="sit_stand", **item))
    gym.put(8, 55)
    key = gym.key()
    gym.do(BeginSession(key, before))
    return key


def test_a_session_is_begun_noted_and_ended(gym: Gym) -> None:
    key = started(gym)
    (held,) = gym.held()
    assert (held.state, held.session and held.session.at) == (SessionState.RUNNING, at(8, 55))
    gym.put(9, 10)
    noted = gym.do(NoteDuring(key, Values(hr=88, rpe=12)))
    assert (noted.fired, noted.stopped) == ((), False)
    gym.put(9, 25)
    form = SessionForm(
        after=Values(118, 70, 80), dose={"sets": 3, "reps": 5}, soap={"o": "坐站 3/5"}, reactions=("fatigue",)
    )
    done = gym.do(EndSession(key, form))
    assert (done.fired, done.stopped, done.incidents) == ((), False, ())
    row = session(gym)
    assert (row.attendance, row.minutes, row.ended_at, row.revision) == ("done", 30, at(9, 25), 3)
    assert row.before == {
        "sbp": 112, "dbp": 66, "hr": 72, "spo2": 96, "pain": 2,
        "at": at(8, 55).astimezone(UTC).isoformat(), "set": row.before["set"],
    }  # fmt: skip
    assert (row.during, row.after) == ({"hr": 88, "rpe": 12}, {"sbp": 118, "dbp": 70, "hr": 80})
    assert (row.dose, row.soap, row.stopped) == ({"sets": 3, "reps": 5}, {"o": "坐站 3/5"}, {})
    assert gym.held()[0].state is SessionState.DONE


def test_values_at_rest_are_vitals_and_values_under_load_are_not(gym: Gym) -> None:
    key = started(gym)
    gym.do(NoteDuring(key, Values(150, 90, 110, rpe=13)))
    gym.do(EndSession(key, SessionForm(during=Values(hr=112), after=Values(130, 80, 90))))
    vitals = {row.code: (row.value, row.second) for row in rows(gym, Vital)}
    assert vitals == {"blood_pressure": (112, 66), "pulse": (72, None), "spo2": (96, None), "pain": (2, None)}
    assert len({row.set_id for row in rows(gym, Vital)}) == 1


def test_vitals_of_the_last_hours_count_as_measured_before(gym: Gym) -> None:
    gym.plan(gym.item(code="sit_stand"))
    for hour, pulse in ((4, 90), (7, 70)):
        gym.put(hour)
        values = (Measured("blood_pressure", 110, 60), Measured("pulse", pulse))
        gym.do(RecordSet(gym.li, at(hour), values))
    gym.put(8, 30)
    gym.do(BeginSession(gym.key(), Before(Values(spo2=95))))
    row = session(gym)
    assert {name: row.before[name] for name in ("sbp", "hr", "spo2")} == {"sbp": 110, "hr": 70, "spo2": 95}
    assert [one.code for one in rows(gym, Vital) if one.at == at(8, 30)] == [
        "spo2"
    ]  # nothing is written twice


def test_what_was_not_measured_wants_a_reason(gym: Gym) -> None:
    gym.plan(gym.item(code="sit_stand"))
    gym.put(9)
    with pytest.raises(Refusal, match="血压未测；心率未测。仍要训练请写明原因") as refused:
        gym.do(BeginSession(gym.key()))
    assert refused.value.field == "despite"
    gym.do(BeginSession(gym.key(), Before(despite="血压计坏了，老人无不适")))
    assert session(gym).stopped["overruled"] == "血压计坏了，老人无不适"
    assert [one["code"] for one in session(gym).stopped["all"]] == ["bp_missing", "hr_missing"]


def test_a_second_begin_is_refused_by_name(gym: Gym) -> None:
    key = started(gym)
    gym.become("何静")
    with pytest.raises(Refusal, match="09:00 坐站转移 已由林海涛在 08:55 开始，正在进行"):
        gym.do(BeginSession(key, BEFORE))
    gym.do(NoteDuring(key, Values(hr=80)))  # a colleague helps
    gym.become("林海涛")
    gym.do(EndSession(key, SessionForm()))
    with pytest.raises(Refusal, match="已由林海涛在 11-24 08:55 记为“完成”"):
        gym.do(BeginSession(key, BEFORE))


def test_a_plan_that_does_not_run_says_which_signature_is_missing(gym: Gym) -> None:
    drawn = gym.drawn_up()
    gym.do(StateConsent(drawn.plan, Consent("李建国", "儿子")))
    gym.put(9)
    with pytest.raises(Refusal, match="KF-01-000001 还不能执行：缺医师开立、康复师确认。"):
        gym.do(BeginSession(gym.key(), BEFORE))


def test_a_paused_plan_and_somebody_away_are_not_trained(gym: Gym) -> None:
    drawn = gym.plan()
    key = gym.key()
    gym.home.away("hospital", at(7))
    gym.put(9)
    with pytest.raises(Refusal, match="老人住院，不在院内"):
        gym.do(BeginSession(key, BEFORE))
    gym.do(NotHeld(key, "absent", "hospital"))
    assert gym.held()[0].state is SessionState.ABSENT
    gym.put(6, 0, DAY + timedelta(days=1))
    gym.do(PausePlan(drawn.plan, DAY + timedelta(days=1), "住院"))
    with pytest.raises(Refusal, match="暂停中"):
        gym.do(BeginSession((key[0], DAY + timedelta(days=2), "09:00"), BEFORE))


def test_too_early_and_no_such_session(gym: Gym) -> None:
    gym.plan()
    gym.put(7, 30)
    with pytest.raises(Refusal, match="还没到时间，11-24 08:00 起可以开始"):
        gym.do(BeginSession(gym.key(), BEFORE))
    gym.do(NotHeld(gym.key(), "refused", "tired"))  # said in the morning already
    with pytest.raises(Refusal, match="没有这一次"):
        gym.do(BeginSession((gym.key()[0], DAY, "10:10"), BEFORE))


def test_who_may(gym: Gym) -> None:
    gym.plan()
    gym.put(9)
    gym.become(Role.NURSE)
    with pytest.raises(Refusal, match="做康复训练"):
        gym.do(BeginSession(gym.key(), BEFORE))


def test_contraindications_block_or_want_a_reason(gym: Gym) -> None:
    gym.plan(
        gym.item(code="hot_pack", words="热敷", dose={"temperature_c": 45, "part": "左膝"}),
        gym.item(code="sit_stand", week=("2 10:30",)),
        contraindications={"sensory_loss": "左下肢", "fragility": "2024 年腰 1"},
    )
    gym.put(9, 40)
    with pytest.raises(Refusal, match="感觉缺失（左下肢）：不能开始训练，先报告医生。禁温热，防烫伤"):
        gym.do(BeginSession(gym.key(), replace(BEFORE, skin="intact")))
    shown = gym.ask(SessionSheet(gym.key("10:30"))).held
    assert [one.words for one in shown] == [
        "骨质疏松脆性骨折（2024 年腰 1）"
    ]  # signed with the plan: shown, not asked
    with pytest.raises(Refusal, match="骨质疏松脆性骨折（2024 年腰 1）。仍要训练请写明原因"):
        gym.do(BeginSession(gym.key("10:30"), replace(BEFORE, found=("fragility",))))
    with pytest.raises(Refusal, match="不稳定心绞痛"):  # found today
        gym.do(BeginSession(gym.key("10:30"), replace(BEFORE, found=("unstable_angina",), despite="轻柔")))
    gym.do(BeginSession(gym.key("10:30"), replace(BEFORE, found=("fragility",), despite="不负重，手法轻柔")))
    assert session(gym).stopped["all"][0]["code"] == "fragility"


def test_heat_looks_at_the_skin_and_says_its_temperature(gym: Gym) -> None:
    gym.plan(gym.item(code="hot_pack", words="热敷", dose={"part": "左膝"}))
    gym.put(9)
    with pytest.raises(Refusal, match="查看治疗部位皮肤") as refused:
        gym.do(BeginSession(gym.key(), BEFORE))
    assert refused.value.field == "skin_before"
    with pytest.raises(Refusal, match="皮肤破损：不能开始训练"):
        gym.do(BeginSession(gym.key(), replace(BEFORE, skin="broken")))
    gym.do(BeginSession(gym.key(), replace(BEFORE, skin="intact")))
    gym.put(9, 20)
    with pytest.raises(Refusal, match="请填写实际温度"):
        gym.do(EndSession(gym.key(), SessionForm(skin="intact")))
    with pytest.raises(Refusal, match="温度应在"):
        gym.do(EndSession(gym.key(), SessionForm(skin="intact", dose={"temperature_c": 59.5})))
    done = gym.do(EndSession(gym.key(), SessionForm(skin="broken", dose={"temperature_c": 42})))
    assert done.incidents  # a skin that was whole before is reported
    assert session(gym).skin == {"before": "intact", "after": "broken", "temperature_c": 42}


def test_a_rule_stops_the_clock_and_is_kept(gym: Gym) -> None:
    key = started(gym)
    gym.put(9, 7)
    noted = gym.do(NoteDuring(key, Values(hr=121)))
    assert (noted.stopped, [one.code for one in noted.fired]) == (True, ["hr_high"])
    row = session(gym)
    assert (row.attendance, row.why, row.ended_at, row.minutes) == ("partly", "stopped", at(9, 7), 12)
    with pytest.raises(Refusal, match="已由林海涛结束"):
        gym.do(NoteDuring(key, Values(hr=90)))
    gym.put(9, 15)
    gym.do(EndSession(key, SessionForm(after=Values(hr=84), soap={"a": "耐受差"})))
    row = session(gym)
    assert (row.attendance, row.why, row.ended_at, row.soap) == (
        "partly",
        "stopped",
        at(9, 7),
        {"a": "耐受差"},
    )
    assert [(one["code"], one["found"]) for one in row.stopped["all"]] == [("hr_high", 121)]
    with pytest.raises(Refusal, match="记为“部分”"):
        gym.do(EndSession(key, SessionForm()))


def test_the_therapist_stops_it_with_a_reason(gym: Gym) -> None:
    key = started(gym)
    gym.put(9, 5)
    with pytest.raises(Refusal, match="请写明原因"):
        gym.do(StopSession(key, "other"))
    gym.do(StopSession(key, "tired", rule="gait_change"))
    gym.do(EndSession(key, SessionForm()))
    row = session(gym)
    assert (row.attendance, row.why, row.minutes) == ("partly", "tired", 10)
    assert [one["code"] for one in row.stopped["all"]] == ["gait_change"]


def test_values_in_the_form_stop_it_too(gym: Gym) -> None:
    key = started(gym)
    gym.put(9, 20)
    done = gym.do(EndSession(key, SessionForm(during=Values(rpe=15), after=Values(185, 80))))
    assert done.stopped
    row = session(gym)
    assert (row.attendance, row.why) == ("partly", "stopped")
    assert {one["code"]: one["effect"] for one in row.stopped["all"]} == {
        "rpe_high": "stop", "sbp_high": "warn", "sbp_change": "warn",
    }  # fmt: skip


def test_goals_get_the_values_that_were_reached(gym: Gym) -> None:
    drawn = gym.plan(gym.item(code="sit_stand"))
    gym.put(9)
    gym.do(BeginSession(gym.key(), BEFORE))
    gym.put(9, 30)
    gym.do(EndSession(gym.key(), SessionForm(goals={drawn.goals[0]: 3})))
    (rating,) = rows(gym, GoalRating)
    row = session(gym)
    assert (rating.goal, rating.value, rating.gas, rating.session) == (drawn.goals[0], 3, -1, row.rid)
    assert row.goals == {str(drawn.goals[0]): 3}


def test_a_session_written_down_afterwards(gym: Gym) -> None:
    gym.plan(gym.item(code="sit_stand"))
    gym.put(17)
    form = SessionForm(ended=at(9, 28))
    with pytest.raises(Refusal, match="结束时间要在开始之后"):
        gym.do(RecordSession(gym.key(), at(9, 30), BEFORE, form))
    with pytest.raises(Refusal, match="11-24 这一天"):
        gym.do(RecordSession(gym.key(), at(9, day=DAY - timedelta(days=1)), BEFORE, form))
    gym.do(RecordSession(gym.key(), at(9), BEFORE, form))
    row = session(gym)
    assert (row.at, row.ended_at, row.minutes, row.attendance) == (at(9), at(9, 28), 28, "done")
    assert {one.at for one in rows(gym, Vital)} == {at(9)}


def test_one_that_took_place_is_written_down_with_the_rule_that_forbade_it(gym: Gym) -> None:
    gym.plan(gym.item(code="sit_stand"))
    gym.put(10, 30)
    before, form = Before(replace(WELL, sbp=186), confirmed=("bp",)), SessionForm(ended=at(9, 28))
    with pytest.raises(Refusal, match="不能开始训练"):  # now it may not begin, whatever is said
        gym.do(BeginSession(gym.key(), replace(before, despite="已做")))
    with pytest.raises(Refusal, match="已经做了，请写明当时为什么训练") as refused:
        gym.do(RecordSession(gym.key(), at(9), before, form))
    assert refused.value.field == "despite"
    gym.do(RecordSession(gym.key(), at(9), replace(before, despite="训练后才测"), form))
    stopped = session(gym).stopped
    assert [(one["code"], one["effect"]) for one in stopped["all"]] == [("sbp_high", "refuse")]
    assert stopped["overruled"] == "训练后才测"


def test_the_sheet_knows_what_was_measured_before_the_planned_time(gym: Gym) -> None:
    gym.plan(gym.item(code="sit_stand"))
    for hour, pulse in ((7, 70), (10, 110)):
        gym.put(hour)
        gym.do(RecordSet(gym.li, at(hour), (Measured("pulse", pulse),)))
    sheet = gym.ask(SessionSheet(gym.key()))
    assert (sheet.rest.values.hr, sheet.rest_then.values.hr) == (110, 70)


def test_a_number_is_finite(gym: Gym) -> None:
    gym.plan(gym.item(code="sit_stand"))
    goal = gym.ask(SessionSheet(gym.key())).goals[0].rid
    gym.put(10)
    for said, field in (
        ({"dose": {"reps": float("inf")}}, "dose.reps"),
        ({"goals": {goal: float("nan")}}, f"goal.{goal}"),
    ):
        with pytest.raises(Refusal, match="数字") as refused:
            gym.do(RecordSession(gym.key(), at(9), BEFORE, SessionForm(ended=at(9, 20), **said)))
        assert refused.value.field == field


def test_not_held_wants_a_reason_that_belongs_to_it(gym: Gym) -> None:
    gym.plan()
    gym.put(9)
    for attendance, why, words, said in (
        ("refused", "", "", "请选择原因"),
        ("refused", "fever", "", "请选择原因"),
        ("sick", "other", "", "请写明原因"),
        ("done", "", "", "没有训练的情况"),
    ):
        with pytest.raises(Refusal, match=said):
            gym.do(NotHeld(gym.key(), attendance, why, words))
    gym.do(NotHeld(gym.key(), "sick", "other", "嗜睡"))
    row = session(gym)
    assert (row.attendance, row.why, row.why_words, row.minutes) == ("sick", "other", "嗜睡", 0)
    assert gym.held()[0].state.missed


def test_the_list_and_the_table_mean_the_same_attendances() -> None:
    assert tuple(attendances()) == ATTENDANCES


def test_bad_values_are_refused_beside_their_input(gym: Gym) -> None:
    gym.plan(gym.item(code="sit_stand"))
    gym.put(9)
    for values, field in (
        (Values(112), "before.bp"),
        (Values(66, 112), "before.bp"),
        (Values(112, 66, hr=7), "before.hr"),
        (Values(112, 66, 72, pain=11), "before.pain"),
        (Values(112, 66, hr=40), "before.hr"),  # doubtful: to be confirmed
    ):
        with pytest.raises(Refusal) as refused:
            gym.do(BeginSession(gym.key(), Before(values, despite="x")))
        assert refused.value.field == field
    gym.do(BeginSession(gym.key(), Before(Values(112, 66, hr=40), confirmed=("hr",))))
    with pytest.raises(Refusal, match="RPE 是 6 到 20"):
        gym.do(NoteDuring(gym.key(), Values(rpe=5)))
    with pytest.raises(Refusal, match="没有这项反应"):
        gym.do(EndSession(gym.key(), SessionForm(reactions=("happy",))))
    assert isinstance(session(gym).rid, UUID)
