"""Every revision of one value: who, when, what and why, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.orders import Question, answers
from app.core.roles import Right, Role
from app.core.unit import Reader
from app.vitals.catalogue import not_measured, sign_of
from app.vitals.queries.taken import measured_of
from app.vitals.rules import value_words
from app.vitals.rules.measured import how_words
from db.models import Vital


@dataclass(frozen=True)
class VitalRevision:
    """One revision; `state`: signed, corrected or retracted. `text` is the value or why there was none."""

    revision: int
    state: str
    text: str
    how: str
    at: datetime
    recorded_at: datetime
    by: str
    role: str
    reason: str
    source: str


@dataclass(frozen=True)
class VitalHistory(Question[tuple[VitalRevision, ...]]):
    """One value by its record id."""

    rid: UUID


@answers(VitalHistory)
def vital_history(reader: Reader, question: VitalHistory) -> tuple[VitalRevision, ...]:
    reader.require(Right.READ_RESIDENTS)
    names = author_names(reader)
    statement = select(Vital).where(Vital.rid == question.rid)
    rows = reader.session.scalars(statement.order_by(Vital.revision.desc(), Vital.recorded_at.desc()))
    return tuple(
        VitalRevision(
            revision=row.revision,
            state=row.state,
            text=value_words(sign_of(row.code), row.value, row.second, row.words)
            or not_measured().words(row.absent),
            how=how_words(sign_of(row.code), measured_of(row).how),
            at=row.at,
            recorded_at=row.recorded_at,
            by=names.get(row.author, "区平台"),
            role=Role(row.author_role).words if row.author_role in set(Role) else "",
            reason=row.reason or "",
            source=row.source,
        )
        for row in rows
    )
