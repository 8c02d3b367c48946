"""From assessment to care: what is proposed, accepted once and never doubled, declined with a reason, and outlived."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from app.assessments.care_decisions import DecideCare
from app.assessments.care_proposals import CareProposal, CareProposals
from app.assessments.service import Correct, Retract
from app.assessments.statements import RetractSaid, StatementsOf
from app.care.forms import TaskForm
from app.care.queries import CarePlan, PlanRow, VersionsOf
from app.care.service import ApplyTemplate, EndTask, KeepTask, PlanTask
from app.compose import Station
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.core.roles import Role
from app.residents.stating import Seen
from tests.app.assessments.measured import (
    HIGH_FALL,
    MORSE,
    NINE,
    NO_FALL,
    SOME_FALL,
    assessed,
    checked,
    refused,
)
from tests.app.assessments.people import Admit
from tests.support.station import become

TASKS = ("fall_check", "toileting", "round")


@pytest.fixture
def rid(station: Station) -> UUID:
    return station.desk.do_now(Admit())


def proposed(station: Station, record: UUID) -> CareProposal:
    return station.desk.ask_now(CareProposals(record))


def plan(station: Station, rid: UUID) -> PlanRow:
    return station.desk.ask_now(CarePlan(rid))


def accept(station: Station, record: UUID, *codes: str, **declined: str) -> None:
    station.desk.do_now(DecideCare(proposed(station, record).seen, codes, declined))


def test_what_the_level_proposes(station: Station, rid: UUID) -> None:
    found = proposed(station, assessed(station, rid, MORSE, HIGH_FALL))
    assert found.problem == "跌倒高风险（Morse跌倒 55 分，2026-11-24）"
    assert found.goal == "无跌倒"
    assert [(one.code, one.words, one.open) for one in found.tasks] == [
        ("fall_check", "防跌倒检查", True),
        ("toileting", "如厕协助", True),
        ("round", "安全巡视", True),
    ]
    assert found.precautions[0] == "床旁放防跌倒标识"
    assert found.pending


def test_accepted_tasks_are_planned_and_the_decision_is_kept(station: Station, rid: UUID) -> None:
    record = assessed(station, rid, MORSE, HIGH_FALL)
    found = proposed(station, record)
    order = DecideCare(found.seen, TASKS[:2], {"round": "夜间已有专人"}, found.precautions)
    added = station.desk.do_now(order)
    assert set(added.made) == {"fall_check", "toileting"}
    rows = plan(station, rid).running
    assert [(row.code, row.form.problem, row.form.goal) for row in rows] == [
        ("toileting", found.problem, "无跌倒"),
        ("fall_check", found.problem, "无跌倒"),
    ]
    assert all(row.basis is not None and row.basis.assessment == record for row in rows)
    assert not any(row.to_review for row in rows)
    (said,) = station.desk.ask_now(StatementsOf(record))
    assert said.what == "care"
    assert said.name == "周敏"
    assert said.words.startswith(
        "采纳：防跌倒检查、如厕协助；不采纳：安全巡视（夜间已有专人）；已知注意事项："
    )
    again = proposed(station, record)
    assert [(one.planned, one.decided, one.why) for one in again.tasks] == [
        (True, "accepted", ""),
        (True, "accepted", ""),
        (False, "declined", "夜间已有专人"),
    ]
    assert not again.pending
    assert [one.words for one in again.decisions] == [said.words]


def test_a_task_that_is_there_is_never_doubled(station: Station, rid: UUID) -> None:
    """pains.md 67: an assessment must not leave duplicates that somebody cleans up by hand."""
    station.desk.do_now(ApplyTemplate(rid, "fall", ("fall_check",)))
    own = TaskForm("如厕协助", "10:00", problem="家属要求", begins=date(2026, 11, 24))
    station.desk.do_now(PlanTask(rid, own))
    record = assessed(station, rid, MORSE, HIGH_FALL)
    found = proposed(station, record)
    assert [(one.planned, one.problem) for one in found.tasks] == [
        (True, "有跌倒风险"),
        (True, "家属要求"),
        (False, ""),
    ]
    added = station.desk.do_now(DecideCare(found.seen, TASKS))
    assert (set(added.made), added.there, added.renewed) == ({"round"}, ("fall_check", "toileting"), ())
    rows = plan(station, rid).running
    assert sorted(row.code for row in rows) == sorted(TASKS)
    assert {row.form.problem for row in rows} == {"有跌倒风险", "家属要求", found.problem}


def test_pressed_twice_it_is_done_once(station: Station, rid: UUID) -> None:
    order = DecideCare(proposed(station, assessed(station, rid, MORSE, HIGH_FALL)).seen, TASKS)
    station.desk.do_now(order)
    with pytest.raises(Refusal, match="已经处理过了"):
        station.desk.do_now(order)
    assert len(plan(station, rid).running) == 3
    assert len(station.desk.ask_now(StatementsOf(order.seen.rid))) == 1


def test_two_instruments_that_propose_one_task_plan_it_once(station: Station, rid: UUID) -> None:
    accept(station, assessed(station, rid, MORSE, HIGH_FALL), *TASKS)
    record = assessed(station, rid, NINE, checked(choking=2))
    accept(station, record, "round")
    rows = [row for row in plan(station, rid).running if row.code == "round"]
    assert [row.form.problem for row in rows] == ["跌倒高风险（Morse跌倒 55 分，2026-11-24）"]


def test_the_next_assessment_takes_its_tasks_over(station: Station, rid: UUID) -> None:
    accept(station, assessed(station, rid, MORSE, HIGH_FALL, date(2026, 11, 20)), *TASKS)
    record = assessed(station, rid, MORSE, SOME_FALL)
    stale = {row.code: row.basis.gone for row in plan(station, rid).running if row.basis}
    assert stale == dict.fromkeys(TASKS, "2026-11-24 的新评估为“中风险”")
    found = proposed(station, record)
    assert {row.code for row in found.review} == set(TASKS)
    added = station.desk.do_now(DecideCare(found.seen, ("fall_check",)))
    assert (added.made, added.renewed) == ({}, ("fall_check",))
    rows = {row.code: row for row in plan(station, rid).running}
    assert rows["fall_check"].form.problem == "跌倒需防护（Morse跌倒 25 分，2026-11-24）"
    assert not rows["fall_check"].to_review
    assert rows["round"].to_review  # it stays until somebody decides
    assert [one.reason for one in station.desk.ask_now(VersionsOf(rows["fall_check"].seen.rid))] == [
        "依据更新为新的评估",
        "",
    ]


def test_the_same_level_again_leaves_the_basis_standing(station: Station, rid: UUID) -> None:
    accept(station, assessed(station, rid, MORSE, HIGH_FALL, date(2026, 11, 20)), *TASKS)
    assessed(station, rid, MORSE, HIGH_FALL)
    assert not any(row.to_review for row in plan(station, rid).running)


def test_a_retracted_assessment_removes_nothing_and_is_seen_in_the_plan(station: Station, rid: UUID) -> None:
    record = assessed(station, rid, MORSE, HIGH_FALL)
    accept(station, record, *TASKS)
    station.desk.do_now(Retract(record, "笔误"))
    rows = plan(station, rid).running
    assert len(rows) == 3
    assert {row.basis.gone for row in rows if row.basis} == {"依据的评估已作废"}
    with pytest.raises(Refusal, match="已作废"):
        station.desk.do_now(DecideCare(Seen(record, 2), ("round",)))
    kept = rows[0]
    with pytest.raises(Refusal) as said:
        station.desk.do_now(KeepTask(kept.seen, " "))
    assert said.value.field == "why"
    station.desk.do_now(KeepTask(kept.seen, "老人习惯了"))
    after = next(row for row in plan(station, rid).running if row.code == kept.code)
    assert after.basis is None
    assert after.reason == "依据已变，复核后继续：老人习惯了"
    with pytest.raises(Refusal, match="没有要复核的依据"):
        station.desk.do_now(KeepTask(after.seen, "再来"))


def test_a_correction_to_another_level_is_seen_in_the_plan(station: Station, rid: UUID) -> None:
    record = assessed(station, rid, MORSE, HIGH_FALL)
    before = proposed(station, record)
    accept(station, record, *TASKS)
    station.desk.do_now(Correct(record, "笔误"))
    assessed(station, rid, MORSE, NO_FALL)
    assert {row.basis.gone for row in plan(station, rid).running if row.basis} == {
        "依据的评估已更正为“低风险”"
    }
    with pytest.raises(Refusal, match="刚被更正"):
        station.desk.do_now(DecideCare(before.seen, (), {}, proposed(station, record).precautions))


def test_a_superseded_assessment_plans_nothing(station: Station, rid: UUID) -> None:
    older = assessed(station, rid, MORSE, HIGH_FALL, date(2026, 11, 20))
    assessed(station, rid, MORSE, NO_FALL)
    assert "已有更新的一次（2026-11-24 低风险）" in proposed(station, older).closed
    with pytest.raises(Refusal, match="已有更新的一次"):
        accept(station, older, "round")


def test_a_refused_one_supersedes_nothing_and_proposes_nothing(station: Station, rid: UUID) -> None:
    record = assessed(station, rid, MORSE, HIGH_FALL, date(2026, 11, 20))
    accept(station, record, *TASKS)
    undone = refused(station, rid, MORSE)
    assert proposed(station, undone).empty
    assert proposed(station, record).closed == ""
    assert not any(row.to_review for row in plan(station, rid).running)


def test_what_cannot_be_decided_is_refused(station: Station, rid: UUID) -> None:
    seen = proposed(station, assessed(station, rid, MORSE, HIGH_FALL)).seen
    for order, words in (
        (DecideCare(seen), "请选择采纳哪些建议"),
        (DecideCare(seen, ("turning",)), "没有建议“翻身”"),
        (DecideCare(seen, (), {}, ("随便",)), "没有建议“随便”"),
        (DecideCare(seen, ("round",), {"round": "不要"}), "不能既采纳又不采纳"),
        (DecideCare(seen, (), {"round": " "}), "请写明原因"),
        (DecideCare(seen, (), {"round": "长" * 101}), "最多 100 个字"),
    ):
        with pytest.raises(Refusal, match=words):
            station.desk.do_now(order)
    become(station, Role.ASSESSOR)
    with pytest.raises(Refusal, match="您没有“制定照护计划”的权限"):
        station.desk.do_now(DecideCare(seen, TASKS))


def test_a_task_that_ends_today_goes_on_tomorrow(station: Station, rid: UUID) -> None:
    accept(station, assessed(station, rid, MORSE, HIGH_FALL, date(2026, 11, 20)), "round")
    (row,) = plan(station, rid).running
    station.desk.do_now(EndTask(row.seen, date(2026, 11, 24), "先停"))
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(minutes=5))
    accept(station, assessed(station, rid, MORSE, HIGH_FALL), "round")
    rows = sorted(plan(station, rid).running, key=lambda one: one.form.begins or date.min)
    assert [one.form.begins for one in rows] == [date(2026, 11, 24), date(2026, 11, 25)]


def test_a_decision_taken_back_is_open_again(station: Station, rid: UUID) -> None:
    record = assessed(station, rid, MORSE, HIGH_FALL)
    accept(station, record, fall_check="不需要", toileting="不需要", round="不需要")
    assert not any(one.open for one in proposed(station, record).tasks)
    (said,) = station.desk.ask_now(StatementsOf(record))
    station.desk.do_now(RetractSaid(said.seen, "看错了人"))
    assert all(one.open for one in proposed(station, record).tasks)


def test_nine_risks_are_named_by_the_worst_three(station: Station, rid: UUID) -> None:
    record = assessed(station, rid, NINE, checked(choking=2, pressure=2, scald=2, fall=2, harm=1))
    assert proposed(station, record).problem == "噎食、压疮、烫伤等高风险（九防，2026-11-24）"
    assert proposed(station, record).goal == ""
