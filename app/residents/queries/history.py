"""Who changed what about a resident, and when: each act with old and new words, the newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.orders import Question, answers
from app.core.roles import Right, Role
from app.core.unit import Reader
from app.residents.queries.history_course import course_changes
from app.residents.queries.history_words import PHOTO, Change, aside_words, content_words, stated_words
from db.models import (
    Allergy,
    Assessment,
    AuditLine,
    Contact,
    Diagnosis,
    RegisterVersion,
    Resident,
)


@dataclass(frozen=True)
class HistoryEntry:
    """What one person wrote in one act. `first` is the act that brought the resident here."""

    at: datetime
    by: str
    role: str
    source: str
    first: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class History(Question[tuple[HistoryEntry, ...]]):
    """Everything written about a resident, the newest act first."""

    rid: UUID


@dataclass(frozen=True)
class _Written:
    """One change with who wrote it: the raw thread, before acts are put together."""

    at: datetime
    author: UUID
    role: str
    source: str
    change: Change


@answers(History)
def history(reader: Reader, question: History) -> tuple[HistoryEntry, ...]:
    """Old contents of registers, revisions of clinical records, and retractions as the audit chain knows them."""
    reader.require(Right.READ_RESIDENTS)
    names = author_names(reader)
    written = [
        *_registers(reader, question.rid, names),
        *(
            _Written(row.recorded_at, row.author, row.author_role, row.source, change)
            for row, change in course_changes(reader, question.rid)
        ),
        *_stated(reader, question.rid),
        *_assessments(reader, question.rid),
    ]
    acts: dict[tuple[datetime, UUID], list[_Written]] = {}
    for one in sorted(written, key=lambda one: one.at):
        acts.setdefault((one.at, one.author), []).append(one)
    entries = [
        HistoryEntry(
            at=at,
            by=names.get(author, ""),
            role=Role(parts[0].role).words,
            source=parts[0].source,
            first=place == 0,
            changes=tuple(part.change for part in parts),
        )
        for place, ((at, author), parts) in enumerate(acts.items())
    ]
    return tuple(reversed(entries))


def _registers(reader: Reader, rid: UUID, names: dict[UUID, str]) -> Iterator[_Written]:
    resident = reader.session.get(Resident, rid)
    rows: list[Resident | Contact] = [] if resident is None else [resident]
    rows += reader.session.scalars(select(Contact).where(Contact.resident == rid).order_by(Contact.ordinal))
    for row in rows:
        yield from _versions(reader, row, names)


def _versions(reader: Reader, row: Resident | Contact, names: dict[UUID, str]) -> Iterator[_Written]:
    """Each revision against the one before it."""
    older = reader.session.scalars(
        select(RegisterVersion)
        .where(RegisterVersion.kind == row.__kind__, RegisterVersion.record == row.rid)
        .order_by(RegisterVersion.revision)
    )
    now = {column.key: getattr(row, column.key) for column in type(row).__table__.columns}
    said: dict[str, str] = {}
    for content in [*(version.content for version in older), now]:
        fresh = content_words(row.__kind__, content, names)
        author, at = content["author"], content["recorded_at"]
        for field in dict.fromkeys([*said, *fresh]):
            old, new = said.get(field, ""), fresh.get(field, "")
            if old != new:
                yield _Written(
                    at if isinstance(at, datetime) else datetime.fromisoformat(at),
                    author if isinstance(author, UUID) else UUID(author),
                    content["author_role"],
                    content["source"],
                    Change(field, old, new, (content.get("reason") or "") if field == PHOTO else ""),
                )
        said = fresh


def _stated(reader: Reader, rid: UUID) -> Iterator[_Written]:
    """Allergies and diagnoses: each revision against the one before it, with the reason of the change."""
    models: tuple[Any, ...] = (Allergy, Diagnosis)
    for model in models:
        rows = reader.session.scalars(
            select(model).where(model.resident == rid).order_by(model.rid, model.revision, model.recorded_at)
        )
        for _rid, revisions in groupby(rows, key=lambda row: row.rid):
            yield from _revisions(reader, list(revisions))


def _revisions(reader: Reader, rows: Sequence[Allergy | Diagnosis]) -> Iterator[_Written]:
    before: Allergy | Diagnosis | None = None
    for row in rows:
        field, words = stated_words(row)
        old = stated_words(before)[1] if before is not None else ""
        lines = _lines(reader, row) if row.state == "retracted" else []
        born = row.state == "retracted" and len(lines) < 2
        change = Change(field, old or words, "", row.reason or "") if born else None
        if not born and words != old:
            change = Change(field, old, words, (row.reason or "") if before is not None else "")
        elif not born and before is not None:
            change = Change(*aside_words(row), row.reason or "")
        if change is not None:
            yield _Written(row.recorded_at, row.author, row.author_role, row.source, change)
        if row.state == "retracted" and not born:  # taken out where it stood, by whom the chain names
            yield _Written(lines[-1].at, lines[-1].who, lines[-1].role, "manual", Change(field, words, ""))
        before = row


def _lines(reader: Reader, row: Allergy | Diagnosis) -> list[AuditLine]:
    """What the audit chain says of a revision: that it was written, then that its state changed."""
    statement = select(AuditLine).where(AuditLine.record == row.rid, AuditLine.revision == row.revision)
    return list(reader.session.scalars(statement.order_by(AuditLine.seq)))


def _assessments(reader: Reader, rid: UUID) -> Iterator[_Written]:
    rows = reader.session.scalars(
        select(Assessment).where(Assessment.resident == rid, Assessment.state != "draft")
    )
    for row in rows:
        total = "" if row.total is None else f"，{row.total} 分"
        correction = f"（更正：{row.reason}）" if row.revision > 1 and row.reason else ""
        words = f"{row.assessed_on.isoformat()} {row.occasion}{total}{correction}"
        yield _Written(
            row.recorded_at, row.author, row.author_role, row.source, Change("能力评估", "", words)
        )
