"""The lines of everybody in the house, by need: what the rules make of what the tables say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.assessments.due.house import House, Lodger, house
from app.assessments.due.rules import OPEN, SOON, Line, lines, unanswered
from app.assessments.instruments import Instrument
from app.assessments.shelf import instruments
from app.core.unit import Reader

VIEWS = ("due", "overdue", "draft", "decided")
"""Due within a week or overdue; overdue; with a draft; put off or not called for."""


@dataclass(frozen=True)
class Owed:
    """One line: what is due of a resident by an instrument. `line` None: only a draft is there."""

    lodger: Lodger
    instrument: Instrument
    line: Line | None

    @property
    def due_on(self) -> date | None:
        return None if self.line is None else self.line.due_on


def owed(reader: Reader, resident: UUID | None = None, words: str = "") -> tuple[House, list[Owed]]:
    """Every line of everybody in the house, or of one resident, and what it was reckoned from."""
    facts = house(reader, resident, words)
    return facts, list(_owed(facts, instruments(reader.session).values(), reader.today))


def _owed(facts: House, shelf: Iterable[Instrument], today: date) -> Iterator[Owed]:
    every = tuple(shelf)
    for lodger in facts.lodgers:
        rid = lodger.resident
        events = facts.events.get(rid, ())
        for instrument in every:
            last = facts.last.get((rid, instrument.code))
            if last is None and not instrument.due.routine:
                continue
            causes = unanswered(instrument, lodger.person, last, events)
            if not causes:
                continue
            for line in lines(causes, facts.decisions.get((rid, instrument.code), {}), today):
                yield Owed(lodger, instrument, line)


def seen_in(view: str, one: Owed, drafts: Mapping[tuple[UUID, str], object], today: date) -> bool:
    """Whether a line belongs to a view."""
    line = one.line
    if view == "draft":
        return (one.lodger.resident, one.instrument.code) in drafts and (line is None or line.state == OPEN)
    if line is None:
        return False
    if view == "decided":
        return line.state != OPEN
    return line.state == OPEN and (line.due_on < today if view == "overdue" else line.due_on <= today + SOON)


def in_need(one: Owed) -> tuple[date, str, int]:
    """What is due the longest first; then by bed, then in the order of instruments."""
    return one.due_on or date.max, one.lodger.sort, one.instrument.order
