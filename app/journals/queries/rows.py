"""One entry as screens, sheets and lists get it: told in a line, with who wrote it and what it signals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.core.form import Value
from app.core.roles import Role
from app.journals.journal import Journal
from app.journals.journal_file import shelf
from app.journals.words import Sign, line, read_content, signs, tone
from db.models import Entry


@dataclass(frozen=True)
class EntryRow:
    """The revision of an entry that stands. `signs` only while it holds."""

    rid: UUID
    revision: int
    journal: str
    resident: UUID
    at: datetime
    recorded_at: datetime
    by: str
    author: UUID
    role: str
    state: str
    source: str
    reason: str
    content: Mapping[str, Value]
    begins: date | None
    ends: date | None
    due_on: date | None
    line: str
    tone: str
    signs: tuple[Sign, ...]

    @property
    def late(self) -> bool:
        """Written down long after it happened 补录."""
        return self.source == "transcribed"

    @property
    def corrected(self) -> bool:
        return self.state == "corrected"

    @property
    def retracted(self) -> bool:
        return self.state == "retracted"

    def holds(self, today: date) -> bool:
        """Whether what it says holds on a day (a standing entry that is not retracted)."""
        begun = self.begins is not None and self.begins <= today
        return begun and not self.retracted and (self.ends is None or self.ends > today)


def entry_row(row: Entry, names: Mapping[UUID, str], today: date) -> EntryRow:
    """A row of the table as it is shown. One of a journal the station no longer keeps is shown by its values."""
    journal = shelf().get(row.journal)
    content = read_content(row.content)
    over = row.ends is not None and row.ends <= today
    return EntryRow(
        rid=row.rid,
        revision=row.revision,
        journal=row.journal,
        resident=row.resident,
        at=row.at,
        recorded_at=row.recorded_at,
        by=names.get(row.author, ""),
        author=row.author,
        role=role_words(row.author_role),
        state=row.state,
        source=row.source,
        reason=row.reason or "",
        content=content,
        begins=row.begins,
        ends=row.ends,
        due_on=row.due_on,
        line=line_of(journal, row.content),
        tone=tone(journal, content) if journal is not None else "neutral",
        signs=() if journal is None or over or row.state == "retracted" else signs(journal, content, row.rid),
    )


def line_of(journal: Journal | None, kept: dict[str, Any]) -> str:
    """An entry in one line, also where its journal is gone."""
    content = read_content(kept)
    if journal is not None:
        return line(journal, content)
    return "，".join(value if isinstance(value, str) else "、".join(value) for value in content.values())


def role_words(code: str) -> str:
    """The role beside an author; empty for what no person did."""
    return Role(code).words if code in set(Role) else ""
