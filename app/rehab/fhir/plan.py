"""A plan as CarePlan and back: its period, who leads and signed it, its goals, what must not be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Held, House, Part, Revision, identified, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.coding import coded, words
from app.fhir.elements import filled
from app.fhir.rows import clinical_rows
from app.rehab.fhir.guarded import FIELD, RehabMapper, annotated, texts_of
from app.rehab.lists.contraindications import contraindications
from app.residents.fhir.people import person
from db.models import RehabGoal, RehabItem, RehabPlan
from db.models.rehab import PLAN_STATUSES

CATEGORY = "urn:carestation:care-plan"
STATUSES = {"drawn_up": "draft", "running": "active", "closed": "completed", "cancelled": "revoked"}
_DONE = {
    "draft": "not-started", "active": "in-progress", "on-hold": "on-hold", "completed": "completed",
    "revoked": "cancelled",
}  # fmt: skip
"""How far what it asks for is, by the status of the plan."""


class PlanMapper(RehabMapper[RehabPlan]):
    """The author is who leads it, the contributors are the doctor and the therapist who signed; who wrote the revision
    stands in the envelope, consent with its strokes among the fields.

    Goals and items that were there when a revision was written are named in it: goals as references, for they go
    before it; items by identifier, for they are based on it and go after.
    """

    kind = "rehab_plan"
    called = "康复计划"
    resource = "CarePlan"
    model = RehabPlan
    owned = frozenset(
        {
            "status", "intent", "category", "title", "subject", "period", "created", "author", "contributor",
            "supportingInfo", "goal", "activity", "note",
        }
    )  # fmt: skip
    marks = frozenset({FIELD})
    author_element = ""
    safe = ("status", "period")

    def house_marks(self, house: House) -> frozenset[str]:
        return frozenset({f"{house.system}:rehab-plan"})

    def notes(self, row: Any) -> list[str]:
        return list(texts_of(row.content, "precautions"))

    def parts(self, reader: Reader, asked: Sequence[Revision]) -> dict[Revision, tuple[Part, ...] | Held]:
        found = super().parts(reader, asked)
        house, rows = self.house(reader), clinical_rows(reader, RehabPlan, asked)
        goals = _of_plans(reader, RehabGoal, rows.values())
        items = _of_plans(reader, RehabItem, rows.values())
        for one, row in rows.items():
            made = found[one]
            if isinstance(made, Held):
                continue
            body = made[0].body
            body |= filled(goal=[local("Goal", rid) for rid in _until(goals, row)])
            asked_for = [_item(house, rid) for rid in _until(items, row)]
            body |= filled(activity=[*asked_for, *body.get("activity", ())])
        return found

    def said(self, house: House, row: Any) -> dict[str, Any]:
        status, number, people = _status(house, row), words(row.number), (row.doctor, row.therapist)
        return filled(
            identifier=[{"system": f"{house.system}:rehab-plan", "value": number}] if number else [],
            status=status,
            intent="plan",
            category=[coded(CATEGORY, "rehab", "康复计划")],
            title=words(row.words),
            period=_period(row),
            author=person(house, row.lead),
            contributor=[person(house, one) for one in dict.fromkeys(people) if one is not None],
            supportingInfo=[local("ClinicalImpression", row.evaluation)] if row.evaluation else [],
            activity=list(_activities(row, _DONE[status])),
            note=annotated(self.notes(row)),
        )

    def dated(self, house: House, row: RehabPlan) -> dict[str, Any]:
        return {"created": stamp(house, row.at)}

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        super().check(unit, said, by, retracted=retracted)
        if said["status"] not in PLAN_STATUSES or not said["number"]:
            raise Refusal("区平台上的这份康复计划没有编号或状态，请核对。")


def _status(house: House, row: Any) -> str:
    """A pause that had begun when the revision was written holds it."""
    spans = row.pauses.get("spans") or ()
    begun = spans[-1][0] if spans and spans[-1][1] is None else ""
    today = row.recorded_at.astimezone(house.zone).date().isoformat()
    return "on-hold" if row.status == "running" and begun and begun <= today else STATUSES[row.status]


def _period(row: Any) -> dict[str, str]:
    ends: date = row.ended_on or row.ends
    return {"start": row.begins.isoformat(), **({"end": ends.isoformat()} if ends >= row.begins else {})}


def _activities(row: Any, status: str) -> Iterator[dict[str, Any]]:
    """What is done without a therapist, and what must not be done."""
    for text in texts_of(row.content, "exercises"):
        yield {"detail": {"status": status, "doNotPerform": False, "description": text}}
    known = contraindications()
    for code, note in sorted(row.contraindications.items()):
        shown, more = words(known[code].words if code in known else code), words(note or "")
        text = f"{shown}（{more}）" if shown and more else shown or more
        if text:
            yield {"detail": {"status": status, "doNotPerform": True, "description": text}}


def _item(house: House, rid: UUID) -> dict[str, Any]:
    return {"reference": {"type": "ServiceRequest", "identifier": identified(house, rid)}}


_OfPlans = Mapping[UUID, Sequence[tuple[UUID, datetime]]]


def _of_plans(reader: Reader, model: type[RehabGoal | RehabItem], plans: Iterable[RehabPlan]) -> _OfPlans:
    """What plans consist of, in the order it was written, and when."""
    first = func.min(model.recorded_at)
    asked = (
        select(model.plan, model.rid, first)
        .where(model.plan.in_({row.rid for row in plans}))
        .group_by(model.plan, model.rid)
        .order_by(first, model.rid)
    )
    found: dict[UUID, list[tuple[UUID, datetime]]] = {}
    for plan, rid, written in reader.session.execute(asked):
        found.setdefault(plan, []).append((rid, written))
    return found


def _until(some: _OfPlans, row: RehabPlan) -> Iterator[UUID]:
    """What was there when a revision was written: the same whenever it is sent again."""
    return (rid for rid, written in some.get(row.rid, ()) if written <= row.recorded_at)
