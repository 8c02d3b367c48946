"""The entries of one or several journals page by page, the newest first; the last one; how many there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_

from app.access.names import author_names
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.journals.queries.rows import EntryRow, entry_row
from db.models import Entry

MOST = 60
"""Entries of a page."""


@dataclass(frozen=True)
class Mark:
    """Where a page ended."""

    at: datetime
    recorded_at: datetime
    rid: UUID


@dataclass(frozen=True)
class Page:
    """Some entries; `more` is where the next page begins, None at the end."""

    rows: tuple[EntryRow, ...]
    more: Mark | None


@dataclass(frozen=True)
class JournalPage(Question[Page]):
    """Entries of a resident, `since` included, `until` not; `before` continues a page. `retracted`: those as well."""

    resident: UUID
    journals: tuple[str, ...]
    since: datetime | None = None
    until: datetime | None = None
    before: Mark | None = None
    retracted: bool = False
    most: int = MOST


@dataclass(frozen=True)
class LastEntry(Question[EntryRow | None]):
    """The latest entry of a journal: what the next one begins with, or repeats."""

    resident: UUID
    journal: str


@dataclass(frozen=True)
class EntryOf(Question[EntryRow]):
    """One entry as it stands."""

    rid: UUID


@dataclass(frozen=True)
class Counts(Question[Mapping[str, int]]):
    """How many entries each journal of a resident has, retracted ones left out."""

    resident: UUID


@answers(JournalPage)
def journal_page(reader: Reader, question: JournalPage) -> Page:
    reader.require(Right.READ_RESIDENTS)
    rows = list(reader.session.scalars(_page(question)))
    names = author_names(reader)
    shown = rows[: question.most]
    last = shown[-1] if len(rows) > question.most else None
    return Page(
        tuple(entry_row(row, names, reader.today) for row in shown),
        Mark(last.at, last.recorded_at, last.rid) if last is not None else None,
    )


@answers(LastEntry)
def last_entry(reader: Reader, question: LastEntry) -> EntryRow | None:
    page = journal_page(reader, JournalPage(question.resident, (question.journal,), most=1))
    return page.rows[0] if page.rows else None


@answers(EntryOf)
def entry_of(reader: Reader, question: EntryOf) -> EntryRow:
    reader.require(Right.READ_RESIDENTS)
    row = reader.session.scalar(select(Entry).where(Entry.rid == question.rid, Entry.current))
    if row is None:
        raise Refusal("没有这条记录。")
    return entry_row(row, author_names(reader), reader.today)


@answers(Counts)
def counts(reader: Reader, question: Counts) -> Mapping[str, int]:
    reader.require(Right.READ_RESIDENTS)
    statement = (
        select(Entry.journal, func.count())
        .where(Entry.resident == question.resident, Entry.current, Entry.state != "retracted")
        .group_by(Entry.journal)
    )
    return {row[0]: row[1] for row in reader.session.execute(statement)}


def _page(question: JournalPage) -> Select[Entry]:
    statement = select(Entry).where(
        Entry.resident == question.resident, Entry.journal.in_(question.journals), Entry.current
    )
    if not question.retracted:
        statement = statement.where(Entry.state != "retracted")
    if question.since is not None:
        statement = statement.where(Entry.at >= question.since)
    if question.until is not None:
        statement = statement.where(Entry.at < question.until)
    if (mark := question.before) is not None:
        place = tuple_(Entry.at, Entry.recorded_at, Entry.rid)
        statement = statement.where(Entry.at <= mark.at, place < (mark.at, mark.recorded_at, mark.rid))
    order = (Entry.at.desc(), Entry.recorded_at.desc(), Entry.rid.desc())
    return statement.order_by(*order).limit(question.most + 1)
