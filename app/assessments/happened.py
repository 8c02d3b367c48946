"""Assessments, and what people said of them, as lines of a resident's timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.assessments.shelf import instruments_made_with
from app.assessments.statements.said import ASSESSOR, CARE, DOUBT, REFUSE, TITLES
from app.core.happened import Happened
from app.core.unit import Reader
from db.models import Assessment, AssessmentStatement

SORT = "评估"
TONES = {REFUSE: "orange", DOUBT: "warn", ASSESSOR: "warn"}
"""Of statements that ask for something."""


def happened(reader: Reader, resident: UUID, since: datetime, until: datetime) -> Iterator[Happened]:
    """Signed and corrected ones; one that was retracted says so. Then what was said of them."""
    names = author_names(reader)
    yield from _said(reader, resident, (since, until), names)
    rows = reader.session.scalars(
        select(Assessment).where(
            Assessment.resident == resident,
            Assessment.current,
            Assessment.state != "draft",
            Assessment.at >= since,
            Assessment.at < until,
        )
    ).all()
    known = instruments_made_with(reader.session, ((row.instrument, row.instrument_version) for row in rows))
    for row in rows:
        title = known[row.instrument].title if row.instrument in known else row.instrument
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
            title=f"{title}（已作废）" if gone else title,
            words=" · ".join(part for part in parts if part),
            by=names.get(row.author, ""),
            tone="neutral" if gone or not row.tone else row.tone,
            icon="clipboard-check",
        )


def _said(
    reader: Reader, resident: UUID, span: tuple[datetime, datetime], names: dict[UUID, str]
) -> Iterator[Happened]:
    rows = reader.session.scalars(
        select(AssessmentStatement).where(
            AssessmentStatement.resident == resident,
            AssessmentStatement.current,
            AssessmentStatement.at >= span[0],
            AssessmentStatement.at < span[1],
        )
    )
    for row in rows:
        gone = row.state == "retracted"
        who = row.name if row.what == CARE else f"{row.name}（{row.relation}）"
        yield Happened(
            at=row.at,
            kind="assessment_statement",
            rid=row.rid,
            sort=SORT,
            title=TITLES[row.what] + ("（已撤回）" if gone else ""),
            words="：".join(part for part in (who, row.words) if part),
            by=names.get(row.author, ""),
            tone="neutral" if gone else TONES.get(row.what, "neutral"),
            icon="message-circle",
        )
