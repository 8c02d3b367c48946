"""Revisions of entries: the one that stands, the next one, who may make it, and what a new entry puts an end to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from app.core import revising
from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.unit import Unit
from app.journals.journal import Journal
from app.journals.journal_file import journal_called
from app.journals.words import read_content
from app.residents.rules.stated import RETRACTED
from app.residents.stating import Seen
from app.residents.stating.revising import standing_of
from db.models import Entry

LONGEST_REASON = 100
FOLLOWED = "由新的记录接替"
"""The reason of a revision that ends what held, because a new entry took its place."""


def standing(unit: Unit, seen: Seen) -> tuple[Entry, Journal]:
    """The revision to be changed; refuses one that is gone, was retracted, or was changed since it was seen."""
    row = standing_of(unit, Entry, seen, "这条记录")
    return row, journal_called(row.journal)


def may_retract(unit: Unit, row: Entry, journal: Journal) -> None:
    """Whoever wrote it, and whoever has the journal's right to retract."""
    if row.author != unit.actor.rid or not unit.actor.may(journal.write):
        unit.require(journal.retract)


def retract(unit: Unit, row: Entry, why: str) -> Entry:
    """The next revision, saying that the record was an error; what it had put an end to holds again."""
    words = why.strip()
    if not words:
        raise Refusal("请写明为什么作废。", field="why")
    ended = list(_ended_by(unit, row))
    fresh = next_revision(unit, row, f"{RETRACTED}：{words}", {"state": "retracted"})
    for former in ended:
        next_revision(unit, former, "接替它的记录已作废", {"ends": None})
    return fresh


def follow(unit: Unit, journal: Journal, fresh: Entry) -> None:
    """In a journal where one entry holds at a time: the one that held ends where the new one begins.

    An entry that is written late and began before the one that holds ends where that one begins.
    """
    for former in _rivals(unit, journal, fresh):
        began, begins = _first_day(unit, former), _first_day(unit, fresh)
        if began > begins:
            fresh.ends = min(filter(None, (fresh.ends, began)))
        else:
            next_revision(unit, former, FOLLOWED, {"ends": begins})


def next_revision(unit: Unit, row: Entry, reason: str, changes: dict[str, Any]) -> Entry:
    """The next revision of an entry. Who wrote it late stays seen: the source is kept."""
    if len(reason) > LONGEST_REASON:
        raise Refusal(f"原因最多 {LONGEST_REASON} 个字。", field="reason")
    return revising.next_revision(unit, row, reason, {"source": row.source, **changes})


def _first_day(unit: Unit, row: Entry) -> date:
    return row.begins or date_in(unit.settings.zone, row.at)


def _rivals(unit: Unit, journal: Journal, fresh: Entry) -> Iterator[Entry]:
    """What holds in the journal beside the new entry; of things that happen, what is still due."""
    rows = unit.session.scalars(
        select(Entry).where(
            Entry.resident == fresh.resident,
            Entry.journal == journal.code,
            Entry.current,
            Entry.state != "retracted",
            Entry.ends.is_(None),
            Entry.rid != fresh.rid,
        )
    ).all()
    new = read_content(fresh.content)
    for row in rows:
        old = read_content(row.content)
        if (not journal.event or row.due_on) and all(old.get(key) == new.get(key) for key in journal.per):
            yield row


def _ended_by(unit: Unit, row: Entry) -> Iterator[Entry]:
    """What the first revision of an entry put an end to, and nobody has touched since."""
    first = unit.session.scalar(select(Entry).where(Entry.rid == row.rid, Entry.revision == 1))
    if first is not None:
        yield from unit.session.scalars(
            select(Entry).where(
                Entry.resident == first.resident,
                Entry.journal == first.journal,
                Entry.current,
                Entry.state != "retracted",
                Entry.reason == FOLLOWED,
                Entry.recorded_at == first.recorded_at,
                Entry.author == first.author,
                Entry.rid != row.rid,
            )
        ).all()
