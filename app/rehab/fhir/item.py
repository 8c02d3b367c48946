"""A line of the programme as ServiceRequest and back, based on its plan."""

from __future__ import annotations

from typing import Any

from app.core.unit import Unit
from app.fhir import House, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.coding import coded_as, words
from app.fhir.elements import filled
from app.fhir.likeness import alike
from app.rehab.dosing import dose_words
from app.rehab.fhir.guarded import DISCIPLINE, FIELD, PERTAINS, RehabMapper, annotated, here, pertains
from app.rehab.fhir.timing import timing
from app.rehab.lists.disciplines import discipline_words
from app.rehab.lists.surroundings import places
from app.residents.fhir.people import person
from db.models import RehabItem, RehabPlan

ITEM, PLACE = "urn:carestation:rehab-item", "urn:carestation:rehab-place"


class ItemMapper(RehabMapper[RehabItem]):
    """`requester` wrote this revision, `performer` is the therapist who is to do it."""

    kind = "rehab_item"
    called = "治疗项目"
    resource = "ServiceRequest"
    model = RehabItem
    owned = frozenset(
        {
            "status", "intent", "category", "code", "orderDetail", "subject", "basedOn", "occurrenceTiming",
            "authoredOn", "requester", "performer", "locationCode", "note",
        }
    )  # fmt: skip
    marks = frozenset({FIELD, PERTAINS})
    author_element = "requester"
    safe = ("status", "occurrenceTiming")

    def notes(self, row: Any) -> list[str]:
        return [row.note] if words(row.note) else []

    def said(self, house: House, row: Any) -> dict[str, Any]:
        dose = words(dose_words(row.dose))
        return filled(
            extension=pertains([row.goal]),
            status=_status(house, row),
            intent="plan",
            category=[_coded(DISCIPLINE, row.discipline, discipline_words(row.discipline))],
            code=_coded(ITEM, row.code, words(row.words)),
            orderDetail=[{"text": dose}] if dose else [],
            basedOn=[local("CarePlan", row.plan)],
            occurrenceTiming=timing(row),
            performer=[person(house, row.therapist)] if row.therapist else [],
            locationCode=[_coded(PLACE, row.place, _place(row.place))] if words(row.place) else [],
            note=annotated(self.notes(row)),
        )

    def may_be(self, key: str, ours: Any, theirs: Any) -> bool:
        """The words beside a timing may be put otherwise by a later version; what it repeats may not."""
        return key == "occurrenceTiming" and alike(ours.get("repeat"), (theirs or {}).get("repeat"))

    def dated(self, house: House, row: RehabItem) -> dict[str, Any]:
        return {"authoredOn": stamp(house, row.at)}

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        here(unit, RehabPlan, said["plan"], "这个治疗项目的康复计划还没有收到。")


def _status(house: House, row: Any) -> str:
    """Ended when the revision was written, it is completed; one that is still to end has that day in its timing."""
    over = row.ends is not None and row.ends <= row.recorded_at.astimezone(house.zone).date()
    return "completed" if over else "active"


def _coded(system: str, code: str, shown: str) -> dict[str, Any]:
    return coded_as(system, words(code), words(shown)) or {"text": words(shown) or "康复治疗"}


def _place(code: str) -> str:
    known = places().get(code)
    return known.words if known is not None else code
