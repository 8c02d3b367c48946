"""What an entry says: its line, its tone, its signs, the day something is due; and old words beside new ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.core.form import Value, read_date
from app.journals.journal import Badge, Content, Journal
from app.journals.rules import tell


@dataclass(frozen=True)
class Sign:
    """A sign in a chart's head or in a list. `long`: the whole of it; `entry`: the record that says so."""

    words: str
    tone: str
    journal: str
    strip: bool = False
    long: str = ""
    entry: UUID | None = None


def read_content(kept: dict[str, Any]) -> dict[str, Value]:
    """The content as it lies in the table, lists as tuples again."""
    return {key: tuple(value) if isinstance(value, list) else str(value) for key, value in kept.items()}


def kept_content(content: Content) -> dict[str, Any]:
    """The content as JSON keeps it."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in content.items()}


def said(journal: Journal, content: Content) -> dict[str, str]:
    """Every field in words."""
    return {one.key: one.words(content.get(one.key, "")) for one in journal.fields}


def line(journal: Journal, content: Content) -> str:
    """An entry in one line."""
    return " ".join(tell(journal.line, said(journal, content)).split())


def tone(journal: Journal, content: Content) -> str:
    """The tone an entry is shown in."""
    return next((tone for condition, tone in journal.tone if condition.met(content)), "neutral")


def signs(journal: Journal, content: Content, entry: UUID | None = None) -> tuple[Sign, ...]:
    """The signs of an entry that holds."""
    return tuple(
        _sign(journal, badge, content, entry)
        for badge in journal.badges
        if badge.when is None or badge.when.met(content)
    )


def due_on(journal: Journal, content: Content) -> date | None:
    """The day something is to be done about an entry."""
    if journal.due is None:
        return None
    day = date_of(content, journal.due.field)
    return None if day is None else day + timedelta(days=journal.due.days)


def date_of(content: Content, key: str) -> date | None:
    """The date in a field."""
    value = content.get(key, "")
    return read_date(value[:10]) if isinstance(value, str) else None


def differences(journal: Journal, old: Content, new: Content) -> tuple[tuple[str, str, str], ...]:
    """What a correction changed: label, old words, new words. What no field knows any more is shown as kept."""
    before, after = said(journal, old), said(journal, new)
    changed = [(one.label, before[one.key], after[one.key]) for one in journal.fields]
    unknown = {key for key in (*old, *new) if journal.field(key) is None}
    changed += [(key, str(old.get(key, "")), str(new.get(key, ""))) for key in sorted(unknown)]
    return tuple(one for one in changed if one[1] != one[2])


def _sign(journal: Journal, badge: Badge, content: Content, entry: UUID | None) -> Sign:
    met = badge.when.fields_met(content) if badge.when else ()
    labels = "、".join(one.label for one in journal.fields if one.key in met)
    words = {**said(journal, content), "*": labels}
    short = " ".join(tell(badge.words, words).split())
    return Sign(short, badge.tone, journal.code, badge.strip, tell(badge.long or badge.words, words), entry)
