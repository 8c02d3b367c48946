"""The other records of a resident, each with how far it has come: shown under the resident's own story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_

from app.core.unit import Reader
from app.sync.queries.titles import titles
from app.sync.words import STATES, state_of
from db.models import Allergy, Assessment, Diagnosis, Outbox, Stay

_TABLES: dict[str, type[Any]] = {
    "stay": Stay,
    "allergy": Allergy,
    "diagnosis": Diagnosis,
    "assessment": Assessment,
}
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
    """Stays, allergies, diagnoses and assessments of a resident that were queued; the least settled first."""
    keys = []
    for kind, model in _TABLES.items():
        rids = reader.session.scalars(select(model.rid).where(model.resident == resident).distinct())
        keys += [(kind, rid) for rid in rids]
    if not keys:
        return ()
    newest = select(func.max(Outbox.id)).where(tuple_(Outbox.kind, Outbox.record).in_(keys))
    newest = newest.group_by(Outbox.kind, Outbox.record)
    named = titles(reader, keys)
    found = []
    for row in reader.session.scalars(select(Outbox).where(Outbox.id.in_(newest)).order_by(Outbox.id)):
        state = state_of(row.state, row.words)
        title = named[row.kind, row.record].kind
        found.append(Related(row.kind, row.record, title, state, STATES[state]))
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.state)))
