"""A goal as Goal and back: what is to be done, measured by what, how far, until when."""

from __future__ import annotations

from typing import Any

from app.core.errors import Refusal
from app.core.unit import Unit
from app.fhir import House, identified
from app.fhir.carried import Whence
from app.fhir.coding import coded, coded_as, words
from app.fhir.elements import extension, filled
from app.fhir.likeness import alike
from app.rehab.fhir.guarded import FIELD, RehabMapper
from app.rehab.fhir.quantities import quantity
from app.rehab.lists.measures import measure_words
from app.rehab.planning.forms import COUNT
from db.models import RehabGoal

TERM, MEASURE = "urn:carestation:goal-term", "urn:carestation:goal-measure"
GOAL_OF = "urn:carestation:goal-of"
"""Extension: the plan it is of, by identifier. The plan names its goals; a goal that came later says it itself."""
ACHIEVED = "http://terminology.hl7.org/CodeSystem/goal-achievement"
TERMS = {"long": "长期目标", "short": "短期目标"}
STATUSES = {
    "open": ("active", "in-progress", "In Progress"),
    "attained": ("completed", "achieved", "Achieved"),
    "dropped": ("cancelled", "not-achieved", "Not Achieved"),
}


class GoalMapper(RehabMapper[RehabGoal]):
    """`expressedBy` is who wrote this revision. Baseline and steps of attainment stand among the fields."""

    kind = "rehab_goal"
    called = "康复目标"
    resource = "Goal"
    model = RehabGoal
    owned = frozenset(
        {
            "lifecycleStatus", "achievementStatus", "category", "description", "subject", "startDate", "target",
            "statusDate", "expressedBy",
        }
    )  # fmt: skip
    marks = frozenset({FIELD, GOAL_OF})
    author_element = "expressedBy"
    standing = "lifecycleStatus"
    safe = ("lifecycleStatus", "target")

    def said(self, house: House, row: Any) -> dict[str, Any]:
        lifecycle, achieved, shown = STATUSES[row.status]
        plan = {"type": "CarePlan", "identifier": identified(house, row.plan)}
        return filled(
            extension=extension(GOAL_OF, "Reference", plan),
            lifecycleStatus=lifecycle,
            achievementStatus=coded(ACHIEVED, achieved, shown),
            category=[coded(TERM, row.term, TERMS.get(row.term, ""))],
            description={"text": _text(row)},
            startDate=row.begins.isoformat(),
            target=[
                {
                    "measure": _measure(row),
                    "detailQuantity": quantity(row.target, row.unit),
                    "dueDate": row.due_on.isoformat(),
                }
            ],
            statusDate=row.attained_on.isoformat() if row.attained_on else None,
        )

    def may_be(self, key: str, ours: Any, theirs: Any) -> bool:
        """What a measure is called may have changed in the lists of a later version; the number and the day may not."""
        return key == "target" and alike(_bare(ours), _bare(theirs))

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        if said["term"] not in TERMS or said["plan"] is None:
            raise Refusal("区平台上的这个康复目标没有写明是长期还是短期，或属于哪份计划，请核对。")


def _text(row: Any) -> str:
    said = (words(one) for one in (row.condition, row.action))
    return "，".join(one for one in said if one) or "康复目标"


def _measure(row: Any) -> dict[str, Any]:
    """The instrument or the count; gol-1 wants one beside every number."""
    code = words(row.measure)
    shown = words(row.unit) if code == COUNT else measure_words(code)
    return coded_as(MEASURE, code, shown) or {"text": shown or "数值"}


def _bare(target: Any) -> list[Any]:
    """The numbers and days of targets."""
    some = target if isinstance(target, list) else []
    return [[(one.get("detailQuantity") or {}).get("value"), one.get("dueDate")] for one in some]
