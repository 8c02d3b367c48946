"""Revisions of rehab records: the one that stands; the next one is written as those of care are."""

from __future__ import annotations

from typing import Any, TypeVar

from app.care.revising import follow, retract, revise, standing_of_stations
from app.core.unit import Unit
from app.residents.stating import Seen
from db.base import Clinical
from db.models import (
    AidLoan,
    GoalRating,
    RehabBooking,
    RehabEvaluation,
    RehabGoal,
    RehabItem,
    RehabPlan,
    RehabSession,
    TherapistTime,
)

__all__ = ["follow", "retract", "revise", "standing"]
C = TypeVar("C", bound=Clinical)
_TITLES: dict[type[Any], str] = {
    AidLoan: "辅具借用",
    GoalRating: "目标评定",
    RehabBooking: "改期",
    RehabEvaluation: "康复评定",
    RehabGoal: "目标",
    RehabItem: "治疗项目",
    RehabPlan: "康复计划",
    RehabSession: "训练记录",
    TherapistTime: "不在岗时间",
}


def standing(unit: Unit, model: type[C], seen: Seen) -> C:
    """The revision to be changed; refuses one that is gone, was retracted, or was changed since it was seen."""
    return standing_of_stations(unit, model, seen, f"这条{_TITLES[model]}")
