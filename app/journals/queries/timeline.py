"""The journals' part of a resident's timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.happened import Happened
from app.core.unit import Reader
from app.journals.journal_file import shelf
from app.journals.queries.rows import entry_row
from db.models import Entry


def happened(reader: Reader, resident: UUID, since: datetime, until: datetime) -> Iterator[Happened]:
    """Every entry of the time that was not retracted, the newest first; `until` is not included."""
    rows = reader.session.scalars(
        select(Entry)
        .where(
            Entry.resident == resident,
            Entry.journal.in_(tuple(shelf())),
            Entry.current,
            Entry.state != "retracted",
            Entry.at >= since,
            Entry.at < until,
        )
        .order_by(Entry.at.desc(), Entry.recorded_at.desc())
    )
    names = author_names(reader)
    for one in rows:
        row, journal = entry_row(one, names, reader.today), shelf()[one.journal]
        late = "（补录）" if row.late else ""
        yield Happened(
            row.at,
            "entry",
            row.rid,
            journal.title,
            f"{journal.title}{late}",
            row.line,
            row.by,
            row.tone,
            journal.icon,
        )
