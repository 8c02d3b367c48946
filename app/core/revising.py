"""The next revision of a clinical record: its content as it was but for what changes, under a new envelope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import func, inspect, select

from app.core.unit import Stamp, Unit
from db.base import Clinical

C = TypeVar("C", bound=Clinical)


def next_revision(unit: Unit, row: C, reason: str, changes: Mapping[str, Any]) -> C:
    """Write the revision after `row`, which stays readable and is current no more. Its number is after every one that
    is here of the record: what this station gave up for what another wrote keeps its own.

    `changes` are columns by name, `at`, `source` and the author of the envelope among them. What they do not name
    stays; only the source says how this revision came about. Who may change what, and with which reason, is the
    subject's own rule.
    """
    model: type[C] = type(row)
    columns = (column.key for column in inspect(model).column_attrs)
    kept = {key: getattr(row, key) for key in columns if key not in Stamp.__annotations__}
    said = dict(changes)
    at, source = said.pop("at", row.at), said.pop("source", "manual")
    row.current = False
    unit.session.flush()
    stamp = unit.stamp(rid=row.rid, at=at, source=source, reason=reason)
    highest = (
        unit.session.scalar(select(func.max(model.revision)).where(model.rid == row.rid)) or row.revision
    )
    fresh = model(**{**stamp, **kept, **said, "current": True, "revision": highest + 1})
    unit.session.add(fresh)
    unit.session.flush()
    return fresh
