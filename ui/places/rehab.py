"""The places of rehab: plans and progress."""

from __future__ import annotations

from app.core.orders import Question
from app.core.roles import Right
from ui.kit.view import Bench, View
from ui.places.place import Count, Place


def _plan(bench: Bench) -> View:
    from ui.rehab.plan_view import PlanView

    return PlanView(bench)


def _plan_form(bench: Bench) -> View:
    from ui.rehab.plan_form_view import PlanFormView

    return PlanFormView(bench)


def _evaluation(bench: Bench) -> View:
    from ui.rehab.evaluation_view import EvaluationView

    return EvaluationView(bench)


def _week(bench: Bench) -> View:
    from ui.rehab.week_view import WeekView

    return WeekView(bench)


def _open_sessions() -> Question[int]:
    from app.rehab.queries.open_sessions import CountOpenSessions

    return CountOpenSessions()


def _session(bench: Bench) -> View:
    from ui.rehab.session_view import SessionView

    return SessionView(bench)


def _aids(bench: Bench) -> View:
    from ui.rehab.aids_view import AidsView

    return AidsView(bench)


def _work(bench: Bench) -> View:
    from ui.rehab.work_view import WorkView

    return WorkView(bench)


REHAB_MINDS = frozenset({"rehab_plan", "rehab_item", "rehab_booking", "rehab_session"})
"""What changes the words nurses mind."""

REHAB: tuple[Place, ...] = (
    Place(
        "rehab",
        "康复",
        "accessibility",
        _plan,
        Right.READ_RESIDENTS,
        count=Count(
            _open_sessions,
            frozenset({"rehab_plan", "rehab_item", "rehab_booking", "rehab_session", "stay", "absence"}),
        ),
    ),
    Place("rehab-plan", "康复计划", "accessibility", _plan_form, Right.READ_RESIDENTS, under="rehab"),
    Place("rehab-session", "训练", "accessibility", _session, Right.READ_RESIDENTS, under="rehab"),
    Place("rehab-evaluation", "康复评定", "accessibility", _evaluation, Right.PLAN_REHAB, under="rehab"),
    Place("rehab-week", "周排程", "accessibility", _week, Right.READ_RESIDENTS, under="rehab"),
    Place("rehab-work", "康复待办", "accessibility", _work, Right.READ_RESIDENTS, under="rehab"),
    Place("rehab-aids", "辅具", "accessibility", _aids, Right.READ_RESIDENTS, under="rehab"),
)
