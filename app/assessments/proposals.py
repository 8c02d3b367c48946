"""The station proposes a re-assessment when incidents fulfil the level rule; it never changes a signed assessment.

The rule is the instrument's own (GB/T 42195-2022 C.4: so many care risk events within 30 days, all kinds together);
what counts as such an event, and how many days are counted, is said by the kinds of incidents. A proposal goes when an
assessment is signed that is dated on or after the newest of its events and knew of it, or when somebody declines it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, select

from app.assessments.instruments import Fact, Instrument
from app.assessments.queries import ABILITY, LevelRow, level_columns, level_row, standing
from app.assessments.shelf import instrument_called
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.incidents.kinds import catalogue
from app.incidents.queries import Counted, counted_events
from app.incidents.rules import fulfilled, within
from app.residents.stating import Seen
from db.models import Assessment, Place, Resident, ResidentSearch, Stay

LOOK_BACK = timedelta(days=366)
"""How far back incidents are looked at: one nobody answered in a year is history."""


@dataclass(frozen=True)
class ProposedBy:
    """One event of a proposal: its day, what it was, and the incident."""

    incident: UUID
    day: date
    words: str


@dataclass(frozen=True)
class Proposal:
    """A re-assessment that is proposed. `newest`: the incident that keeps a decline; `latest`: the level as it is."""

    resident: UUID
    number: str
    name: str
    bed: str
    events: tuple[ProposedBy, ...]
    newest: Seen
    why: str
    latest: LevelRow | None


@dataclass(frozen=True)
class ReassessmentProposals(Question[tuple[Proposal, ...]]):
    """Re-assessments proposed for residents in the house, or for one resident; the newest event first."""

    resident: UUID | None = None


@dataclass(frozen=True)
class CountProposals(Question[int]):
    """How many residents a re-assessment is proposed for."""


@answers(ReassessmentProposals)
def reassessment_proposals(reader: Reader, question: ReassessmentProposals) -> tuple[Proposal, ...]:
    reader.require(Right.READ_RESIDENTS)
    counted = counted_events(reader, reader.today - LOOK_BACK, question.resident)
    found = [one for rid, events in counted.items() if (one := _proposal(reader, rid, events)) is not None]
    return tuple(sorted(found, key=lambda one: one.events[-1].day, reverse=True))


@answers(CountProposals)
def count_proposals(reader: Reader, _question: CountProposals) -> int:
    return len(reassessment_proposals(reader, ReassessmentProposals()))


def events_facts(
    reader: Reader, instrument: Instrument, resident: UUID, day: date
) -> tuple[tuple[str, Mapping[str, Fact]], ...]:
    """What incidents of the last days say of the fields that count events, each with its source in words.

    A field without an incident is left open: that nothing was reported is not that nothing happened.
    """
    days = catalogue().window_days
    counted = counted_events(reader, day - timedelta(days=days), resident).get(resident, ())
    inside = {one.record for one in within([one.event for one in counted], day, days)}
    found: list[tuple[str, Mapping[str, Fact]]] = []
    for code, field in instrument.fields.items():
        here = [one for one in counted if one.event.field == code and one.event.record in inside]
        choices = [choice for choice in field.choices if choice.counts and choice.counts <= len(here)]
        if here and choices:
            words = max(choices, key=lambda choice: choice.counts or 0).words
            found.append((f"来自不良事件：{_days(here)}", {code: words}))
    return tuple(found)


def _proposal(reader: Reader, resident: UUID, counted: Sequence[Counted]) -> Proposal | None:
    instrument = instrument_called(reader.session, ABILITY)
    rule = next((one for one in instrument.changes if one.counted), None)
    if rule is None:
        return None
    run = fulfilled([one.event for one in counted], rule.at_least, catalogue().window_days)
    by_record = {one.event.record: one for one in counted}
    events = [by_record[one.record] for one in run]
    if not events:
        return None
    newest = events[-1]
    latest = None if newest.declined else _latest(reader, resident)
    if newest.declined or _answers(latest, newest):
        return None
    person = _person(reader, resident)
    if person is None:
        return None
    number, name, bed = person
    return Proposal(
        resident=resident,
        number=number,
        name=name,
        bed=bed,
        events=tuple(
            ProposedBy(one.event.record, one.event.day, catalogue().kind(one.kind).words) for one in events
        ),
        newest=Seen(newest.event.record, newest.revision),
        why=f"{catalogue().window_days}天内照护风险事件{len(events)}次：{_days(events)}",
        latest=latest[0] if latest else None,
    )


def _latest(reader: Reader, resident: UUID) -> tuple[LevelRow, datetime] | None:
    """The assessment that counts, without its answers, and when it was signed."""
    columns = (*level_columns(Assessment), Assessment.recorded_at)
    row = reader.session.execute(standing(ABILITY, resident).with_only_columns(*columns)).first()
    return None if row is None else (level_row(row), row.recorded_at)


def _answers(latest: tuple[LevelRow, datetime] | None, newest: Counted) -> bool:
    """Whether an assessment of that day or later was signed by people who could know of the event."""
    return latest is not None and latest[0].assessed_on >= newest.event.day and latest[1] > newest.known_at


def _person(reader: Reader, resident: UUID) -> tuple[str, str, str] | None:
    """Number, name and bed of somebody in the house."""
    stay = and_(Stay.resident == Resident.rid, Stay.current, Stay.state != "retracted", Stay.ends.is_(None))
    row = reader.session.execute(
        select(Resident.number, Resident.name, Place.label)
        .join(ResidentSearch, ResidentSearch.rid == Resident.rid)
        .outerjoin(Stay, stay)
        .outerjoin(Place, Place.rid == Stay.bed)
        .where(Resident.rid == resident, ResidentSearch.status == "in")
    ).first()
    return None if row is None else (row[0], row[1], row[2] or "")


def _days(events: Sequence[Counted]) -> str:
    """11-02 跌倒、11-20 噎食."""
    return "、".join(f"{one.event.day:%m-%d} {catalogue().kind(one.kind).words}" for one in events)
