"""A resident's rehab as rows: evaluations, a plan of each standing, goals, items of each timing, sessions, ratings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from app.compose import Station
from app.core.unit import Unit
from db.models import GoalRating, RehabEvaluation, RehabGoal, RehabItem, RehabPlan, RehabSession
from tests.app.fhir.daily import DAY, EIGHT, later
from tests.support.acts import Act

TABLES = ("rehab_evaluation", "rehab_goal", "rehab_plan", "rehab_item", "rehab_session", "goal_rating")
PROBLEMS = {
    "all": [
        {"code": "b730", "words": "肌肉力量功能", "kind": "body", "note": "左侧 2 级"},
        {"code": "d420", "words": "移动自身", "kind": "activity", "note": ""},
    ]
}
CONTENT = {
    "precautions": [{"words": "体位变换要慢", "nursing": True}, {"words": "轮椅减压每 30 分钟", "nursing": True}],
    "exercises": ["踝泵 10 次 × 3 组", "腹式呼吸 10 次"], "aids": ["wheelchair"], "education": ["良肢位摆放"],
    "team": [{"role": "therapist", "name": "林海涛"}], "guard": "血压",
}  # fmt: skip
PLANS: dict[str, dict[str, Any]] = {
    "drawn": {"status": "drawn_up"},
    "running": {
        "status": "running", "therapist_at": later(30), "doctor_at": later(20), "consent_at": later(60),
        "consent": {"name": "李建国", "relation": "儿子", "agreed": True, "drawn": {"strokes": [[[0, 0], [12, 30]]]}},
    },
    "paused": {"status": "running", "pauses": {"spans": [["2026-11-20", "2026-11-22"], ["2026-11-24", None]]}},
    "closed": {
        "status": "closed", "ended_on": DAY,
        "ending": {"outcome": "reached", "summary": "可坐轮椅", "maintenance": ["每日坐站"], "tasks": []},
    },
    "cancelled": {"status": "cancelled", "ended_on": DAY - timedelta(days=90)},
}  # fmt: skip
GOALS: dict[str, dict[str, Any]] = {
    "count": {"term": "short", "measure": "count", "unit": "次", "target": 5.0, "baseline": 0.0},
    "scale": {"term": "long", "measure": "barthel", "unit": "分", "target": 60.0, "baseline": 20.0},
    "metres": {"term": "short", "measure": "metres", "unit": "米", "target": 30.0, "status": "attained",
               "attained_on": DAY},
    "falling": {"term": "short", "measure": "tug", "unit": "秒", "target": 13.5, "baseline": 28.4, "falling": True,
                "steps": {"all": [30, 25, 20, 13.5, 10]}, "status": "dropped"},
}  # fmt: skip
ITEMS: dict[str, dict[str, Any]] = {
    "same": {"week": ["1 09:00", "3 09:00", "5 09:00"], "dose": {"sets": 3, "reps": 10}, "place": "hall"},
    "unlike": {"week": ["1 09:00", "2 14:30"], "per_week": 2, "note": "餐后 1 小时"},
    "unplaced": {"per_week": 5},
    "monthly": {"per_week": 0, "note": "每月 1 次家长培训"},
    "ended": {"ends": DAY, "together": "坐位平衡小组", "accepted": ["ab"]},
}
HELD = {
    "minutes": 32, "attendance": "done", "dose": {"sets": 3, "reps": 10}, "soap": {"s": "不累", "a": "坐位平衡好转"},
    "before": {"sbp": 142.0, "dbp": 78.0, "hr": 76.0, "set": "0190f3a0-0000-7000-8000-0000000000ab"},
    "during": {"rpe": 12, "hr": 96.0, "symptoms": []}, "after": {"pain": 2}, "skin": {"before": "intact"},
    "reactions": ["dizzy"], "note": "家属在场",
}  # fmt: skip
SESSIONS: dict[str, dict[str, Any]] = {
    "done": HELD,
    "partly": {
        **HELD, "attendance": "partly", "why": "stopped", "why_words": "",
        "stopped": {"all": [{"code": "sbp", "words": "收缩压 >180", "effect": "stop", "found": 186, "limit": 180}]},
    },
    "refused": {"attendance": "refused", "why": "tired", "minutes": 0},
    "absent": {"attendance": "absent", "why": "other", "why_words": "家属来访", "minutes": 0},
    "running": {"ended_at": None},
}  # fmt: skip


def rehabilitate(station: Station, resident: UUID) -> dict[str, UUID]:
    """Everything above; the rids as `plan/running`, `goal/count`, `item/same`, `session/done`, `rating/step` …"""

    def work(unit: Unit) -> dict[str, UUID]:
        made: dict[str, Any] = {"evaluation": evaluation_of(unit, resident)}
        for name, said in PLANS.items():
            made[f"plan/{name}"] = _plan(unit, resident, made["evaluation"].rid, said)
        plan = made["plan/running"]
        made |= {f"goal/{name}": _goal(unit, plan, said) for name, said in GOALS.items()}
        made["goal/count"].serves = made["goal/scale"].rid
        goal = made["goal/count"]
        made |= {f"item/{name}": _item(unit, plan, goal, said) for name, said in ITEMS.items()}
        made |= {
            f"session/{name}": session_of(unit, made["item/same"], f"{9 + at:02d}:00", **said)
            for at, (name, said) in enumerate(SESSIONS.items())
        }
        made["session/done"].goals = {str(goal.rid): 3.0}
        made |= _ratings(unit, goal, made["session/done"].rid)
        unit.session.add_all(made.values())
        return {key: row.rid for key, row in made.items()}

    found: dict[str, UUID] = station.desk.do_now(Act(work))
    return found


def evaluation_of(unit: Unit, resident: UUID, **said: Any) -> RehabEvaluation:
    content: dict[str, Any] = {
        "number": f"KP-{unit.next_number('rehab_evaluation')}", "stage": "first", "cause": "start", "phase": "recovery",
        "evaluated_on": DAY, "diagnosis": "脑梗死后遗症", "problems": PROBLEMS, "contraindications": {"dvt": "左下肢"},
        "content": {"condition": "stroke", "summary": "坐位平衡 1 级", "wishes_family": "能坐轮椅出门",
                    "ranges": [{"joint": "shoulder_flexion", "side": "left", "active": 60, "passive": 90}]},
        "measures": {}, "vitals": {"sbp": 142},
    }  # fmt: skip
    return RehabEvaluation(**unit.stamp(at=EIGHT), revision=1, resident=resident, **{**content, **said})


def session_of(unit: Unit, item: RehabItem, slot: str, **said: Any) -> RehabSession:
    content: dict[str, Any] = {
        "plan": item.plan, "item": item.rid, "service_date": DAY, "slot": slot, "discipline": item.discipline,
        "words": item.words, "therapist": unit.actor.rid, "ended_at": later(32),
    }  # fmt: skip
    return RehabSession(**unit.stamp(at=EIGHT), revision=1, resident=item.resident, **{**content, **said})


def _plan(unit: Unit, resident: UUID, evaluation: UUID, said: dict[str, Any]) -> RehabPlan:
    content: dict[str, Any] = {
        "words": "脑卒中后左侧偏瘫", "template": "stroke", "phase": "recovery", "begins": DAY - timedelta(days=60),
        "ends": DAY + timedelta(days=30), "review_on": DAY + timedelta(days=7), "problems": PROBLEMS,
        "contraindications": {"dvt": "左下肢"}, "content": CONTENT, "measures": ["barthel", "berg"],
        "limits": {"sbp_high": 170}, "conditions": ["cardiac"], "evaluation": evaluation, "lead": unit.actor.rid,
        "doctor": unit.actor.rid,
    }  # fmt: skip
    number = f"KF-{unit.next_number('rehab_plan')}"
    return RehabPlan(
        **unit.stamp(at=EIGHT), revision=1, resident=resident, number=number, **{**content, **said}
    )


def _goal(unit: Unit, plan: RehabPlan, said: dict[str, Any]) -> RehabGoal:
    content: dict[str, Any] = {
        "status": "open", "action": "由床坐起至站立", "condition": "一人轻扶", "baseline": None, "falling": False,
        "due_on": DAY + timedelta(days=21), "begins": DAY, "problem": "d420",
    }  # fmt: skip
    about: dict[str, Any] = {"resident": plan.resident, "plan": plan.rid}
    return RehabGoal(**unit.stamp(at=EIGHT), revision=1, **about, **{**content, **said})


def _item(unit: Unit, plan: RehabPlan, goal: RehabGoal, said: dict[str, Any]) -> RehabItem:
    content: dict[str, Any] = {
        "code": "sit_to_stand", "words": "坐站转移", "discipline": "pt", "minutes": 30, "per_week": 3,
        "begins": DAY - timedelta(days=60), "therapist": unit.actor.rid, "goal": goal.rid,
    }  # fmt: skip
    about: dict[str, Any] = {"resident": plan.resident, "plan": plan.rid}
    return RehabItem(**unit.stamp(at=EIGHT), revision=1, **about, **{**content, **said})


def _ratings(unit: Unit, goal: RehabGoal, session: UUID) -> dict[str, GoalRating]:
    said: dict[str, dict[str, Any]] = {
        "step": {"value": 3.0, "gas": -1, "session": session},
        "value": {"value": 2.5, "gas": None},
        "zero": {"value": None, "gas": 0, "note": "家属代述"},
    }
    about: dict[str, Any] = {"resident": goal.resident, "goal": goal.rid}
    return {
        f"rating/{name}": GoalRating(**unit.stamp(at=EIGHT), revision=1, **about, **one)
        for name, one in said.items()
    }
