"""Evaluations: what is missing is refused beside its field; midway ones review the plan; changes are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.rehab.evaluations import asked
from app.rehab.lists.templates import templates
from app.rehab.planning import ClosePlan, Ending
from app.rehab.planning.evaluating import CorrectEvaluation, Evaluate, RetractEvaluation
from app.rehab.planning.goals import plan_called
from app.rehab.queries.evaluation import EvaluationCalled, EvaluationsOf, StartEvaluation
from app.rehab.rules.evaluation import CLOSE, Evaluated, Motion, Problem, kind_of
from app.residents.stating import AddDiagnosis, DiagnosisForm
from app.vitals.queries.latest import LatestOf
from db.models import RehabPlan
from tests.app.rehab.house import DAY, Gym
from tests.support.acts import Act

WEAK = Problem("b730", "肌肉力量功能")
WALK = Problem("d450", "步行")


def first(**more: object) -> Evaluated:
    """A first evaluation with everything that is asked."""
    plain = Evaluated(
        stage="first",
        cause="start",
        phase="recovery",
        evaluated_on=DAY,
        diagnosis="脑梗死后左侧偏瘫",
        texts={"wishes_family": "能自己上厕所"},
        problems=(WEAK, WALK),
        contraindications={"fragility": "T12 陈旧"},
        denied=tuple(one.code for one in asked() if one.code != "fragility"),
        ranges=(Motion("shoulder_flexion", "left", 60, 90),),
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # any field


def middle(**more: object) -> Evaluated:
    return first(stage="middle", cause="review", **more)


def refused(gym: Gym, order: object) -> tuple[str, str]:
    with pytest.raises(Refusal) as caught:
        gym.do(order)
    return caught.value.field or "", caught.value.text


def test_everything_said_is_read_again(gym: Gym) -> None:
    seen = gym.do(Evaluate(gym.li, first()))
    one = gym.ask(EvaluationCalled(seen.rid))
    assert one.row.said == replace(first(), denied=tuple(sorted(first().denied)))
    assert one.row.number.startswith("KP-01-")
    assert one.row.by == "林海涛"
    assert one.row.words == "初期评定（开始康复）"
    assert one.before is None


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"stage": ""}, "stage"),
        ({"cause": "review"}, "cause"),
        ({"evaluated_on": None}, "evaluated_on"),
        ({"evaluated_on": DAY + timedelta(days=1)}, "evaluated_on"),
        ({"evaluated_on": DAY - timedelta(days=367)}, "evaluated_on"),
        ({"phase": ""}, "phase"),
        ({"diagnosis": " "}, "diagnosis"),
        ({"problems": ()}, "problems"),
        ({"problems": (WEAK, WEAK)}, "problems"),
        ({"denied": ()}, "contraindications"),
        ({"ranges": (Motion("shoulder_flexion", "left", 95, 90),)}, "ranges"),
        ({"ranges": (Motion("shoulder_flexion", "left", 60, 900),)}, "ranges"),
        ({"ranges": (Motion("wing", "left", 60, 90),)}, "ranges"),
        ({"texts": {"history": "长" * 1001}}, "history"),
        ({"measures": {"barthel": UUID(int=7)}}, "measures"),
        ({"stage": "middle", "cause": "review"}, "stage"),
        ({"stage": "final", "cause": "close"}, "stage"),
    ],
)
def test_what_is_missing_or_cannot_be_is_refused_beside_its_field(
    gym: Gym, more: dict[str, object], field: str
) -> None:
    said, sentence = refused(gym, Evaluate(gym.li, first(**more)))
    assert said == field
    assert sentence.endswith("。")


def test_who_may_not_plan_may_not_evaluate(gym: Gym) -> None:
    gym.become(Role.CAREGIVER)
    assert "制定康复计划" in refused(gym, Evaluate(gym.li, first()))[1]


def test_a_middle_one_reviews_the_plan_in_the_same_act(gym: Gym) -> None:
    gym.do(Evaluate(gym.li, first()))
    drawn = gym.plan()
    next_on = DAY + timedelta(days=14)
    said = middle(phase="maintenance", texts={"summary": "坐位平衡二级"}, problems=(WALK,))
    seen = gym.do(Evaluate(gym.li, said, drawn.plan, next_on))
    start = gym.ask(StartEvaluation(gym.li))
    assert start.plan is not None
    assert (start.plan.review_on, start.plan.phase) == (next_on, "maintenance")
    assert start.plan.status == "running"
    assert start.last is not None
    assert start.last.seen == seen
    assert [one.code for one in start.measures] == ["barthel"]


def test_the_next_review_is_asked_for_and_not_later_than_the_phase_allows(gym: Gym) -> None:
    drawn = gym.plan()
    assert refused(gym, Evaluate(gym.li, middle(), drawn.plan))[0] == "next_on"
    late = Evaluate(gym.li, middle(), drawn.plan, DAY + timedelta(days=29))
    assert refused(gym, late) == ("next_on", "恢复期最长 28 天复评一次。")
    assert gym.ask(EvaluationsOf(gym.li)) == ()


def test_a_review_beyond_the_period_makes_the_plan_longer(gym: Gym) -> None:
    drawn = gym.plan(ends=DAY + timedelta(days=21))
    gym.do(Evaluate(gym.li, middle(), drawn.plan, DAY + timedelta(days=28)))
    start = gym.ask(StartEvaluation(gym.li))
    assert start.plan is not None
    assert start.plan.ends == DAY + timedelta(days=28)


def test_changes_since_the_one_before_are_told(gym: Gym) -> None:
    gym.do(Evaluate(gym.li, first()))
    drawn = gym.plan()
    gym.put(9)
    said = middle(problems=(WALK,), ranges=(Motion("shoulder_flexion", "left", 90, 110),))
    seen = gym.do(Evaluate(gym.li, said, drawn.plan, DAY + timedelta(days=14)))
    one = gym.ask(EvaluationCalled(seen.rid))
    told = {change.field: (change.before, change.now) for change in one.changes}
    assert told == {
        "problems": ("步行、肌肉力量功能", "步行"),
        "ranges.shoulder_flexion.left": ("主动 60° 被动 90°", "主动 90° 被动 110°"),
    }


def test_it_is_put_right_with_a_reason_and_both_stay(gym: Gym) -> None:
    seen = gym.do(Evaluate(gym.li, first()))
    assert refused(gym, CorrectEvaluation(seen, first(), "笔误"))[1].startswith("内容没有变化")
    assert refused(gym, CorrectEvaluation(seen, first(diagnosis="脑出血"), ""))[0] == "reason"
    again = gym.do(CorrectEvaluation(seen, first(diagnosis="脑出血后左侧偏瘫"), "笔误"))
    assert again.revision == 2
    assert refused(gym, CorrectEvaluation(again, middle(), "笔误"))[0] == "stage"
    assert "刚被" in refused(gym, CorrectEvaluation(seen, first(diagnosis="x"), "笔误"))[1]


def test_one_a_plan_stands_on_is_not_taken_back(gym: Gym) -> None:
    seen = gym.do(Evaluate(gym.li, first()))
    assert refused(gym, RetractEvaluation(seen, " "))[0] == "why"
    gym.drawn_up(evaluation=seen.rid)
    assert "依据这次评定" in refused(gym, RetractEvaluation(seen, "记错了人"))[1]
    other = gym.do(Evaluate(gym.wang, first()))
    gym.do(RetractEvaluation(other, "记错了人"))
    assert gym.ask(EvaluationsOf(gym.wang)) == ()


def test_a_midway_one_taken_back_leaves_the_plan_on_the_one_before(gym: Gym) -> None:
    begun = gym.do(Evaluate(gym.li, first()))
    drawn = gym.plan(evaluation=begun.rid)
    gym.put(10, day=DAY + timedelta(days=7))
    said = middle(evaluated_on=gym.home.today)
    on = gym.home.today + timedelta(days=14)
    seen = gym.do(Evaluate(gym.li, said, drawn.plan, next_on=on))
    assert _plan(gym, drawn.plan.rid).evaluation == seen.rid
    gym.do(RetractEvaluation(seen, "记错了人"))
    assert _plan(gym, drawn.plan.rid).evaluation == begun.rid
    assert "依据这次评定" in refused(gym, RetractEvaluation(begun, "记错了人"))[1]


def test_a_final_one_a_plan_was_closed_by_is_not_taken_back(gym: Gym) -> None:
    drawn = gym.plan()
    gym.put(10, day=DAY + timedelta(days=7))
    said = first(stage="final", cause=CLOSE, evaluated_on=gym.home.today)
    seen = gym.do(Evaluate(gym.li, said, drawn.plan))
    gym.do(ClosePlan(drawn.plan, Ending("reached", "目标达成")))
    assert "已按这次末期评定结案" in refused(gym, RetractEvaluation(seen, "记错了人"))[1]


def _plan(gym: Gym, rid: UUID) -> RehabPlan:
    row: RehabPlan = gym.do(Act(lambda unit: plan_called(unit, rid)))
    return row


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("b730", "body"),
        ("s750", "body"),
        ("d450", "activity"),
        ("d710", "participation"),
        ("e120", "environment"),
    ],
)
def test_an_icf_code_says_what_it_is_about(code: str, kind: str) -> None:
    assert kind_of(code) == kind


def test_what_was_measured_for_it_is_a_vital_like_any_other(gym: Gym) -> None:
    vitals = {"sbp": 128.0, "dbp": 76.0, "hr": 72.0, "spo2": 97.0}
    seen = gym.do(Evaluate(gym.li, first(vitals=vitals), measured=("sbp", "dbp", "hr")))
    found = {one.code: one.text for one in gym.ask(LatestOf(gym.li))}
    assert found == {"blood_pressure": "128/76", "pulse": "72"}
    signs = {
        code: value for one in gym.ask(StartEvaluation(gym.li)).vitals for code, value in one.numbers.items()
    }
    assert signs == {"sbp": 128.0, "dbp": 76.0, "hr": 72.0}
    gym.do(RetractEvaluation(seen, "录错老人"))
    assert gym.ask(StartEvaluation(gym.li)).vitals == ()


def test_half_a_blood_pressure_and_what_cannot_be_are_refused_beside_their_field(gym: Gym) -> None:
    assert refused(gym, Evaluate(gym.li, first(vitals={"sbp": 128.0}), measured=("sbp",)))[0] == "dbp"
    assert refused(gym, Evaluate(gym.li, first(vitals={"temp": 60.0}), measured=("temp",)))[0] == "temp"


def test_without_plan_and_evaluation_the_measures_are_those_the_diagnosis_asks_for(gym: Gym) -> None:
    assert gym.ask(StartEvaluation(gym.li)).measures == ()
    gym.become(Role.DOCTOR)
    gym.do(AddDiagnosis(gym.li, DiagnosisForm("脑梗死", "I63.9", "")))
    gym.become("林海涛")
    codes = tuple(one.code for one in gym.ask(StartEvaluation(gym.li)).measures)
    assert codes == templates()["stroke"].measures
