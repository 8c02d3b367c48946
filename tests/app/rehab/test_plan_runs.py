"""When a plan asks for sessions: through changes signed anew, pauses of hours, its closing, and two stations' rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.rehab.planning import (
    ChangePlan,
    ClosePlan,
    ConfirmPlan,
    Ending,
    IssuePlan,
    PausePlan,
    ResumePlan,
)
from app.rehab.planning.goals import plan_called
from app.rehab.progress.goals import goals_of
from app.rehab.rules.sessions import SessionState
from app.rehab.training import NotHeld
from db.models import RehabGoal, RehabItem, RehabPlan
from tests.app.rehab.house import DAY, Gym
from tests.support.acts import Act

LATER = DAY + timedelta(days=3)
"""Friday: the next session but one."""
LEFT = Ending("left", "转院")


def _states(gym: Gym, *days: Any) -> list[tuple[SessionState, bool]]:
    return [(one.state, one.tentative) for one in gym.held(*days)]


def test_a_signature_never_covers_what_was_changed_after_it(gym: Gym) -> None:
    drawn = gym.drawn_up(limits={"sbp": 160})
    seen = gym.do(IssuePlan(drawn.plan, gym.proof(Role.DOCTOR)))
    seen = gym.do(ChangePlan(seen, gym.form(limits={"sbp": 180}), "补充"))
    gym.do(ConfirmPlan(seen))
    row = gym.do(Act(lambda unit: plan_called(unit, drawn.plan.rid)))
    assert (row.doctor, row.doctor_at, row.therapist_at is None) == (None, None, False)


def test_a_plan_signed_anew_keeps_what_was_before(gym: Gym) -> None:
    drawn = gym.plan()
    gym.put(9)
    gym.do(NotHeld(gym.key(), "refused", "tired"))
    gym.put(12, day=DAY + timedelta(days=2))
    seen = gym.do(ChangePlan(drawn.plan, gym.form(limits={"sbp": 160}), "补充"))
    three = (DAY, DAY + timedelta(days=2), LATER)
    assert _states(gym, *three) == [
        (SessionState.REFUSED, False), (SessionState.DUE, False), (SessionState.PLANNED, True),
    ]  # fmt: skip
    with pytest.raises(Refusal, match="缺医师开立、康复师确认、知情同意"):
        gym.do(NotHeld(gym.key(), "refused", "tired"))  # nothing begins while it is not signed
    gym.put(12, day=LATER)
    gym.signed(replace(drawn, plan=seen))
    assert _states(gym, *three) == [(SessionState.REFUSED, False), (SessionState.UNRECORDED, False)]
    assert _states(gym, DAY + timedelta(days=7)) == [(SessionState.PLANNED, False)]


def test_a_pause_is_of_hours_too(gym: Gym) -> None:
    morning, evening = "2 09:00", "2 17:30"
    drawn = gym.plan(gym.item(week=(morning, "2 13:00", evening), per_week=3))
    gym.put(11)
    seen = gym.do(PausePlan(drawn.plan, DAY, "发热"))
    assert [one.planned.time for one in gym.held()] == ["09:00"]
    gym.put(16)
    gym.do(ResumePlan(seen))
    assert [one.planned.time for one in gym.held()] == ["09:00", "17:30"]


def test_nothing_is_asked_of_a_plan_once_it_is_closed(gym: Gym) -> None:
    drawn = gym.plan(gym.item(week=("2 09:00", "2 14:00")))
    gym.put(10)
    gym.do(ClosePlan(drawn.plan, LEFT))
    assert [one.planned.time for one in gym.held()] == ["09:00"]
    with pytest.raises(Refusal, match="已结案，不能再训练"):
        gym.do(NotHeld(gym.key(), "refused", "tired"))
    with pytest.raises(Refusal, match="已结案，不能再训练"):
        gym.do(NotHeld((drawn.items[0], DAY, "14:00"), "refused", "tired"))


def test_what_two_stations_wrote_of_one_stands_once(gym: Gym) -> None:
    drawn = gym.plan()

    def arrive(unit: Unit) -> None:
        unit.receiving = True
        models: tuple[Any, ...] = (RehabPlan, RehabItem, RehabGoal)
        for model in models:
            for row in unit.session.query(model).filter_by(current=True).all():
                columns = {one.key: getattr(row, one.key) for one in model.__mapper__.column_attrs}
                stamp = {**unit.stamp(rid=row.rid, at=row.at), "station": "02"}
                unit.session.add(model(**{**columns, **stamp}))

    gym.put(7)
    gym.do(Act(arrive))
    assert len(gym.held(DAY, LATER)) == 2
    goals = gym.do(Act(lambda unit: goals_of(unit, gym.li, [drawn.plan.rid])))
    assert len({one.seen.rid for one in goals}) == len(goals) == 2
