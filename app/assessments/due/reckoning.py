"""The lines of everybody in the house, by need: what the rules make of what the tables say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.assessments.due.house import House, Kept, house, last_of
from app.assessments.due.people import Lodger
from app.assessments.due.rules import OPEN, SOON, Line, Rule, lines, unanswered
from app.assessments.instruments import Instrument
from app.assessments.shelf import instruments
from app.core.unit import Reader

VIEWS = ("due", "overdue", "draft", "decided")
"""Due within a week or overdue; overdue; with a draft; put off or not called for."""


Shelf = tuple[tuple[Instrument, Rule], ...]
_NONE: Mapping[str, Kept] = {}


@dataclass(frozen=True)
class Owed:
    """One line: what is due of a resident by an instrument. `line` None: only a draft is there; `first`: the resident
    was never assessed with it."""

    lodger: Lodger
    instrument: Instrument
    line: Line | None
    first: bool = False

    @property
    def due_on(self) -> date | None:
        return None if self.line is None else self.line.due_on


def owed(reader: Reader, resident: UUID | None = None, words: str = "") -> tuple[House, list[Owed]]:
    """Every line of one resident, or of everybody in the house what is due within a week or was decided about.

    Gives back what it was reckoned from, too.
    """
    shelf = tuple((one, rule_of(one)) for one in instruments(reader.session).values())
    facts = house(reader, {one.code: rule for one, rule in shelf}, resident, words)
    horizon = reader.today + SOON if resident is None else None
    return facts, [
        one for lodger in facts.lodgers for one in _of(facts, lodger, shelf, reader.today, horizon)
    ]


def rule_of(instrument: Instrument) -> Rule:
    """What the file of an instrument says of when it is due."""
    due = instrument.due
    return Rule(
        routine=due.routine,
        admission_days=due.admission_days,
        first_by=None if due.every is None else due.every.after,
        after=due.after,
        after_days=due.after_days,
        min_age=max(instrument.min_age, due.min_age),
    )


def _of(facts: House, lodger: Lodger, shelf: Shelf, today: date, horizon: date | None) -> Iterator[Owed]:
    """The lines of one resident. What cannot be due by the `horizon` is passed over at a glance: it is most of all."""
    rid, person = lodger.resident, lodger.person
    latest, events = facts.latest.get(rid.bytes, _NONE), facts.events.get(rid, ())
    newest = max((one.day for one in events), default=date.min).isoformat()
    quiet = horizon is not None and rid not in facts.decisions and person.former is None
    until = "" if horizon is None else horizon.isoformat()
    for instrument, rule in shelf:
        kept = latest.get(instrument.code)
        if kept is None:
            if not rule.routine:
                continue
        elif quiet and (kept[5] is None or kept[5] > until) and kept[3] > newest:
            continue
        asking = [one for one in events if one.instrument in ("", instrument.code)]
        causes = unanswered(rule, person, None if kept is None else last_of(kept), asking)
        if causes:
            for line in lines(causes, facts.decided(rid, instrument.code), today):
                yield Owed(lodger, instrument, line, kept is None)


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
