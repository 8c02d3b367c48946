"""The versions of one entry: who wrote what and why, old words beside the new ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.clock import local
from app.core.form import Value
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.journals.journal_file import shelf
from app.journals.queries.rows import line_of, role_words
from app.journals.words import differences, read_content
from db.models import Entry


@dataclass(frozen=True)
class Version:
    """One revision. `changes`: label, old words, new words against the revision before; empty for the first."""

    revision: int
    at: datetime
    recorded_at: datetime
    by: str
    role: str
    state: str
    source: str
    reason: str
    line: str
    content: Mapping[str, Value]
    begins: date | None
    ends: date | None
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class EntryHistory(Question[tuple[Version, ...]]):
    """Every revision of an entry, the first one first."""

    rid: UUID


@answers(EntryHistory)
def entry_history(reader: Reader, question: EntryHistory) -> tuple[Version, ...]:
    reader.require(Right.READ_RESIDENTS)
    rows = reader.session.scalars(
        select(Entry).where(Entry.rid == question.rid).order_by(Entry.revision, Entry.recorded_at)
    ).all()
    names = author_names(reader)
    return tuple(
        Version(
            row.revision,
            row.at,
            row.recorded_at,
            names.get(row.author, ""),
            role_words(row.author_role),
            row.state,
            row.source,
            row.reason or "",
            line_of(shelf().get(row.journal), row.content),
            read_content(row.content),
            row.begins,
            row.ends,
            _changes(reader, before, row) if before is not None else (),
        )
        for before, row in zip([None, *rows], rows, strict=False)
    )


def _changes(reader: Reader, before: Entry, row: Entry) -> tuple[tuple[str, str, str], ...]:
    zone = reader.settings.zone
    pairs = [
        ("时间", f"{local(zone, before.at):%Y-%m-%d %H:%M}", f"{local(zone, row.at):%Y-%m-%d %H:%M}"),
        ("开始", str(before.begins or ""), str(row.begins or "")),
        ("结束", str(before.ends or ""), str(row.ends or "")),
    ]
    journal = shelf().get(row.journal)
    if journal is not None:
        if journal.begins:
            pairs.pop(1)  # the journal's own field says it
        pairs += differences(journal, read_content(before.content), read_content(row.content))
    return tuple(one for one in pairs if one[1] != one[2])
