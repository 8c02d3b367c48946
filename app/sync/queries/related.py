"""The other records of a resident, each with how far it has come: shown under the resident's own story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_

from app.core.clock import local
from app.core.roles import Right
from app.core.unit import Reader
from app.sync.queries.titles import titles
from app.sync.words import STATES, state_of
from db.models import (
    Absence,
    Allergy,
    Assessment,
    AssessmentDeferral,
    AssessmentStatement,
    Contact,
    Diagnosis,
    Dispense,
    Dose,
    Entry,
    GoalRating,
    Grade,
    Incident,
    MedMatter,
    MedOrder,
    MedStatement,
    Outbox,
    Prescription,
    RehabEvaluation,
    RehabGoal,
    RehabItem,
    RehabPlan,
    RehabSession,
    SkinTest,
    Stay,
    Vital,
)

_TABLES: dict[str, tuple[type[Any], Any]] = {
    "stay": (Stay, Stay.begins),
    "absence": (Absence, Absence.whither),
    "grade": (Grade, Grade.since),
    "contact": (Contact, Contact.name),
    "allergy": (Allergy, Allergy.substance),
    "diagnosis": (Diagnosis, Diagnosis.words),
    "incident": (Incident, Incident.number),
    "vital": (Vital, Vital.at),
    "entry": (Entry, Entry.at),
    "med_order": (MedOrder, MedOrder.words),
    "dose": (Dose, Dose.at),
    "skin_test": (SkinTest, SkinTest.words),
    "med_matter": (MedMatter, MedMatter.since),
    "prescription": (Prescription, Prescription.number),
    "med_statement": (MedStatement, MedStatement.name),
    "dispense": (Dispense, Dispense.at),
    "assessment": (Assessment, Assessment.assessed_on),
    "assessment_statement": (AssessmentStatement, AssessmentStatement.name),
    "assessment_deferral": (AssessmentDeferral, AssessmentDeferral.caused_on),
    "rehab_evaluation": (RehabEvaluation, RehabEvaluation.evaluated_on),
    "rehab_goal": (RehabGoal, RehabGoal.action),
    "rehab_plan": (RehabPlan, RehabPlan.words),
    "rehab_item": (RehabItem, RehabItem.words),
    "rehab_session": (RehabSession, RehabSession.at),
    "goal_rating": (GoalRating, GoalRating.at),
}
"""Each kind's table, and the column that tells its records apart for whoever may read them."""
_MANY = frozenset({"vital", "entry", "dose", "dispense", "rehab_session", "goal_rating"})
"""Kinds of which a resident has thousands: only what is not settled is worth a line."""
_ORDER = ("conflict", "quarantined", "unknown", "sending", "pending", "held", "replaced", "acked")


@dataclass(frozen=True)
class Related:
    """One other record: its kind in words, how it stands, in words too."""

    kind: str
    record: UUID
    title: str
    state: str
    words: str


def related(reader: Reader, resident: UUID) -> tuple[Related, ...]:
    """Everything of a resident that was queued, of what is many only what is on its way; the least settled first."""
    keys: list[tuple[str, UUID]] = []
    said = {}
    for kind, (model, column) in _TABLES.items():
        rows = select(model.rid, column).where(model.resident == resident).order_by(model.revision)
        if kind in _MANY:
            unsettled = select(Outbox.record).where(Outbox.kind == kind, Outbox.state != "acked")
            rows = rows.where(model.rid.in_(unsettled))
        for rid, words in reader.session.execute(rows):
            said[rid] = _said(reader, words)
            keys.append((kind, rid))
    if not keys:
        return ()
    newest = select(func.max(Outbox.id)).where(tuple_(Outbox.kind, Outbox.record).in_(keys))
    newest = newest.group_by(Outbox.kind, Outbox.record)
    named = titles(reader, keys)
    found = []
    for row in reader.session.scalars(select(Outbox).where(Outbox.id.in_(newest)).order_by(Outbox.id)):
        state = state_of(row.state, row.words)
        about = said[row.record] if reader.actor.may(Right.READ_RESIDENTS) else ""
        title = " · ".join(filter(None, (named[row.kind, row.record].kind, about)))
        found.append(Related(row.kind, row.record, title, state, STATES[state]))
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.state)))


def _said(reader: Reader, value: Any) -> str:
    """An instant by the institution's clock, anything else as it is."""
    if isinstance(value, datetime):
        return f"{local(reader.settings.zone, value):%m-%d %H:%M}"
    return "" if value is None else str(value)
