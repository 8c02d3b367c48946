"""Assessments as lines of a resident's timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.assessments.shelf import instrument_called
from app.core.happened import Happened
from app.core.unit import Reader
from db.models import Assessment

SORT = "评估"


def happened(reader: Reader, resident: UUID, since: datetime, until: datetime) -> Iterator[Happened]:
    """Signed and corrected ones; one that was retracted says so."""
    names = author_names(reader)
    rows = reader.session.scalars(
        select(Assessment).where(
            Assessment.resident == resident,
            Assessment.current,
            Assessment.state != "draft",
            Assessment.at >= since,
            Assessment.at < until,
        )
    )
    for row in rows:
        instrument = instrument_called(reader.session, row.instrument)
        parts = [
            f"{row.total} 分" if row.total is not None else "",
            row.finding,
            row.occasion,
        ]
        gone = row.state == "retracted"
        yield Happened(
            at=row.at,
            kind="assessment",
            rid=row.rid,
            sort=SORT,
            title=f"{instrument.title}（已作废）" if gone else instrument.title,
            words=" · ".join(part for part in parts if part),
            by=names.get(row.author, ""),
            tone="neutral" if gone or not row.tone else row.tone,
            icon="clipboard-check",
        )
