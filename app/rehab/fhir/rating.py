"""How far a goal has come as Observation of it, and back: the step of goal attainment and the number reached."""

from __future__ import annotations

from typing import Any

from app.core.unit import Unit
from app.fhir import House, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.coding import OBSERVATION_CATEGORY, coded, systems_in, words
from app.fhir.elements import filled
from app.rehab.fhir.guarded import FIELD, RehabMapper, annotated, here
from app.rehab.fhir.quantities import quantity
from app.rehab.fhir.session import RESOURCE, SLOT
from app.residents.fhir.apart import any_of_slot
from db.models import GoalRating, RehabGoal

RATING = "urn:carestation:goal-rating"


class RatingMapper(RehabMapper[GoalRating]):
    """The goal it is of says the unit. The session it was seen in is named by what all records of it have in common."""

    kind = "goal_rating"
    called = "目标评定"
    resource = "Observation"
    model = GoalRating
    owned = frozenset(
        {
            "status", "category", "code", "subject", "focus", "effectiveDateTime", "performer", "valueInteger",
            "valueQuantity", "component", "derivedFrom", "partOf", "note",
        }
    )  # fmt: skip
    marks = frozenset({FIELD})
    author_element = "performer"
    author_repeats = True
    safe = ("status", "effectiveDateTime", "valueInteger", "valueQuantity", "component")

    def claims(self, body: dict[str, Any]) -> bool:
        return RATING in systems_in(body.get("code"))

    def notes(self, row: Any) -> list[str]:
        return [row.note] if words(row.note) else []

    def said(self, house: House, row: Any) -> dict[str, Any]:
        number = quantity(row.value)
        reached = {"code": coded(RATING, "value", "达到的数值"), "valueQuantity": number}
        return filled(
            status="final",
            category=[coded(OBSERVATION_CATEGORY, "therapy", "Therapy")],
            code=coded(RATING, "gas", "目标达成评定（GAS）"),
            focus=[local("Goal", row.goal)],
            effectiveDateTime=stamp(house, row.at),
            valueInteger=row.gas,
            valueQuantity=number if row.gas is None else {},
            component=[reached] if number and row.gas is not None else [],
            derivedFrom=[local("QuestionnaireResponse", row.assessment)] if row.assessment else [],
            partOf=[any_of_slot(house, RESOURCE, SLOT, row.session)] if row.session else [],
            note=annotated(self.notes(row)),
        )

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        here(unit, RehabGoal, said["goal"], "这次评定的康复目标还没有收到。")
