"""时间线: everything that happened to a resident in a span of time, from every subject, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.assessments import happened as assessments
from app.care.queries import doings
from app.core.happened import Happened
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.incidents.queries import events
from app.journals.queries import timeline as entries
from app.medication import happened as medicines
from app.referrals.coming_back import listing as returns
from app.referrals.contracts import happened as contracts
from app.referrals.home_beds import happened as home_beds
from app.referrals.queries import happened as referrals
from app.referrals.rounds import happened as rounds
from app.rehab import happened as rehab
from app.residents.queries import stated_happened as statements
from app.residents.queries import stay_events as stays
from app.vitals.queries import timeline as vitals

Tells = Callable[[Reader, UUID, datetime, datetime], Iterable[Happened]]

SOURCES: tuple[Tells, ...] = (
    stays.happened,
    statements.happened,
    vitals.happened,
    entries.happened,
    doings.happened,
    medicines.happened,
    rehab.happened,
    contracts.happened,
    home_beds.happened,
    returns.happened,
    rounds.happened,
    referrals.happened,
    assessments.happened,
    events.happened,
)
"""One function a subject."""


@dataclass(frozen=True)
class Timeline(Question[tuple[Happened, ...]]):
    """From `since` (included) to `until` (not)."""

    resident: UUID
    since: datetime
    until: datetime


@answers(Timeline)
def timeline(reader: Reader, question: Timeline) -> tuple[Happened, ...]:
    reader.require(Right.READ_RESIDENTS)
    span = (question.resident, question.since, question.until)
    found = [line for tells in SOURCES for line in tells(reader, *span)]
    return tuple(sorted(found, key=lambda line: (line.at, line.sort, line.title), reverse=True))
