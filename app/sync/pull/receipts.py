"""Receipts that an arrival proves: revisions of which every resource is at the platform are confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Unit
from app.fhir import Mapper, Part, Revision
from db.models import Outbox, Remote


def of(row: Outbox) -> Revision:
    """The revision an outbox row is about."""
    return Revision(row.kind, row.record, row.revision, row.station)


def acked(unit: Unit, mapper: Mapper, waiting: Iterable[Outbox]) -> int:
    """Confirm what is proved to be there of one record's waiting revisions, and everything older; how many."""
    rows = list(waiting)
    if not rows:
        return 0
    made = mapper.parts(unit, [of(row) for row in rows])
    there = _there(unit, rows[0].kind, rows[0].record)
    proved = 0
    for row in rows:
        parts = made.get(of(row))
        if isinstance(parts, tuple) and parts and all(_stands(there.get(one.ref), row) for one in parts):
            proved = max(proved, row.revision)
    done = [row for row in rows if row.revision <= proved]
    confirm(unit, done)
    return len(done)


def confirm(unit: Unit, rows: Iterable[Outbox]) -> None:
    """Keep the platform's receipt for some revisions."""
    for row in rows:
        row.state, row.words, row.next_at = "acked", None, None
        row.acked_at = unit.now


def _there(unit: Unit, kind: str, record: UUID) -> dict[object, Remote]:
    statement = select(Remote).where(Remote.kind == kind, Remote.record == record)
    from app.fhir import Ref

    return {Ref(row.type, row.rid): row for row in unit.session.scalars(statement)}


def _stands(row: Remote | None, waiting: Outbox) -> bool:
    """Whether a resource stands for this revision or a later one."""
    if row is None or not row.body:
        return False
    return (row.revision, row.station) == (
        waiting.revision,
        waiting.station,
    ) or row.revision > waiting.revision


def part_of(parts: object, type_: str, rid: UUID) -> Part | None:
    """The part that makes one resource."""
    if not isinstance(parts, tuple):
        return None
    return next((one for one in parts if (one.type, one.rid) == (type_, rid)), None)
