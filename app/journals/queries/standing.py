"""What holds of a resident now, and the signs it gives: wishes, isolation, unassessed risks, what is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from app.access.names import author_names
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.journals.journal_file import shelf
from app.journals.queries.rows import EntryRow, entry_row
from app.journals.words import Sign
from app.residents.queries.risks import assessed
from db.models import Entry


@dataclass(frozen=True)
class Standing(Question[tuple[EntryRow, ...]]):
    """All that holds today, in the order of the journals, the newest first within one."""

    resident: UUID


@dataclass(frozen=True)
class Signs(Question[tuple[Sign, ...]]):
    """The signs of what holds, of what is missing, of what is overdue. `strip`: only what is always shown."""

    resident: UUID
    strip: bool = True


@answers(Standing)
def standing(reader: Reader, question: Standing) -> tuple[EntryRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    return tuple(_standing(reader, question.resident))


@answers(Signs)
def signs(reader: Reader, question: Signs) -> tuple[Sign, ...]:
    reader.require(Right.READ_RESIDENTS)
    done = _assessed_instead(reader, question.resident)
    rows = [row for row in _standing(reader, question.resident) if row.journal not in done]
    found = [sign for row in rows for sign in row.signs]
    here = {row.journal for row in rows} | done
    found += [
        Sign(one.missing.words, one.missing.tone, one.code, strip=True)
        for one in shelf().values()
        if one.missing is not None and one.code not in here
    ]
    found += _overdue(reader, question.resident, reader.today)
    return tuple(sign for sign in found if sign.strip or not question.strip)


def _standing(reader: Reader, resident: UUID) -> Iterator[EntryRow]:
    journals = [journal.code for journal in shelf().values() if not journal.event]
    rows = reader.session.scalars(
        select(Entry)
        .where(
            Entry.resident == resident,
            Entry.journal.in_(journals),
            Entry.current,
            Entry.state != "retracted",
            or_(Entry.ends.is_(None), Entry.ends > reader.today),
            Entry.begins <= reader.today,
        )
        .order_by(Entry.begins.desc(), Entry.recorded_at.desc())
    ).all()
    names = author_names(reader)
    for row in sorted(rows, key=lambda one: journals.index(one.journal)):
        yield entry_row(row, names, reader.today)


def _assessed_instead(reader: Reader, resident: UUID) -> set[str]:
    """Journals whose entries an assessment has taken the place of."""
    return {
        journal.code
        for journal in shelf().values()
        if journal.instead and assessed(reader, resident, journal.instead)
    }


def _overdue(reader: Reader, resident: UUID, today: date) -> Iterator[Sign]:
    rows = reader.session.scalars(
        select(Entry).where(
            Entry.resident == resident,
            Entry.current,
            Entry.state != "retracted",
            Entry.ends.is_(None),
            Entry.due_on <= today,
        )
    ).all()
    for row in rows:
        journal = shelf().get(row.journal)
        if journal is not None and journal.due is not None and row.due_on is not None:
            late = (today - row.due_on).days
            sign = Sign(journal.due.words, "warn", row.journal, strip=True, entry=row.rid)
            yield sign if late == 0 else replace(sign, words=f"{sign.words}已过 {late} 天", tone="orange")
