"""Revisions of a value: the one that stands, the next one with its reason, the one that says it was an error."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.stating.revising import Seen, standing_of
from db.models import Vital


def standing(unit: Unit, seen: Seen) -> Vital:
    """The revision to be changed. Refuses one that is gone, retracted or changed since, and another person's record
    without the right to correct those."""
    unit.require(Right.RECORD_VITALS)
    row = standing_of(unit, Vital, seen, "这条体征记录")
    only_own(unit, row)
    return row


def only_own(unit: Unit, row: Vital) -> None:
    """Another person's record is changed only by whoever may correct signed records."""
    if row.author != unit.actor.rid:
        unit.require(Right.CORRECT_RECORDS)


def of_set(unit: Unit, set_id: UUID) -> list[Vital]:
    """What stands of a visit; refuses one of which nothing stands."""
    statement = select(Vital).where(Vital.set_id == set_id, Vital.current, Vital.state != "retracted")
    rows = list(unit.session.scalars(statement.order_by(Vital.recorded_at)))
    if not rows:
        raise Refusal("没有这次测量，或已作废。")
    return rows
