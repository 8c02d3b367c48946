"""The rows that revisions in the outbox are about, many at once, older register contents from their versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import inspect, select

from app.core.unit import Reader
from app.fhir.part import Revision
from db.base import Clinical, Register, from_text
from db.models import RegisterVersion

R = TypeVar("R", bound=Register)
C = TypeVar("C", bound=Clinical)


def register_rows(reader: Reader, model: type[R], asked: Sequence[Revision]) -> dict[Revision, R]:
    """The content each revision had. One question, and a second one where a row has gone on since."""
    records = {one.record for one in asked}
    rows = {row.rid: row for row in reader.session.scalars(select(model).where(model.rid.in_(records)))}
    found = {one: rows[one.record] for one in asked if one.record in rows and _is(rows[one.record], one)}
    older = {one.record for one in asked if one not in found}
    if older:
        versions = select(RegisterVersion).where(
            RegisterVersion.kind == model.__kind__, RegisterVersion.record.in_(older)
        )
        kept = {
            (row.record, row.revision, row.station): row.content for row in reader.session.scalars(versions)
        }
        for one in asked:
            content = kept.get((one.record, one.revision, one.station))
            if one not in found and content is not None:
                found[one] = model(**_typed(model, content))
    return found


def clinical_rows(reader: Reader, model: type[C], asked: Sequence[Revision]) -> dict[Revision, C]:
    """The row of each revision."""
    statement = select(model).where(model.rid.in_({one.record for one in asked}))
    rows = {(row.rid, row.revision, row.station): row for row in reader.session.scalars(statement)}
    keys = ((one, rows.get((one.record, one.revision, one.station))) for one in asked)
    return {one: row for one, row in keys if row is not None}


def _is(row: Register, asked: Revision) -> bool:
    return (row.revision, row.station) == (asked.revision, asked.station)


def _typed(model: type[Register], content: dict[str, Any]) -> dict[str, Any]:
    """JSON values as the columns hold them."""
    columns = inspect(model).columns
    return {key: from_text(columns[key], value) for key, value in content.items() if key in columns}
