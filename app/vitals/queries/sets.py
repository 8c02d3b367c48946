"""One visit whole, and a resident's visits: their values side by side with the score of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.unit import Reader
from app.vitals.queries.of_person import person_of
from app.vitals.queries.taken import Person, Taken, is_late, newest, score, standing, taken
from app.vitals.rules import Incomplete, News2
from db.models import Vital


@dataclass(frozen=True)
class SetRow:
    """A visit. `values`: what stands, repeated ones after the first; `counting`: of each sign the one that counts.

    `caution`: a diagnosis beside which the score is read with care, short; `scale`: scale 2 and who wrote it.
    """

    set_id: UUID
    resident: UUID
    at: datetime
    recorded_at: datetime
    by: str
    note: str
    late: bool
    values: tuple[Taken, ...]
    news2: News2 | Incomplete
    caution: str = ""
    scale: str = ""

    @property
    def counting(self) -> dict[str, Taken]:
        return newest(self.values)


@dataclass(frozen=True)
class SetOf(Question[SetRow]):
    """One visit by its id."""

    set_id: UUID


@dataclass(frozen=True)
class SetsOf(Question[tuple[SetRow, ...]]):
    """A resident's visits in a time, the newest first."""

    resident: UUID
    since: datetime
    until: datetime
    limit: int = 500


@answers(SetOf)
def set_of(reader: Reader, question: SetOf) -> SetRow:
    """Refuses a visit of which nothing stands."""
    rows = list(reader.session.scalars(select(Vital).where(Vital.set_id == question.set_id, standing())))
    if not rows:
        raise Refusal("没有这次测量，或已作废。")
    return in_sets(reader, rows, person_of(reader, rows[0].resident))[0]


@answers(SetsOf)
def sets_of(reader: Reader, question: SetsOf) -> tuple[SetRow, ...]:
    return sets_between(reader, question, person_of(reader, question.resident))


def sets_between(reader: Reader, question: SetsOf, person: Person) -> tuple[SetRow, ...]:
    """As the question, for somebody whose profile is known already."""
    statement = select(Vital).where(
        Vital.resident == question.resident,
        Vital.at >= question.since,
        Vital.at <= question.until,
        standing(),
    )
    return in_sets(reader, reader.session.scalars(statement), person)[: question.limit]


def in_sets(reader: Reader, rows: Iterable[Vital], person: Person) -> tuple[SetRow, ...]:
    """One person's rows put together by visit, the newest visit first."""
    names = author_names(reader)
    found: dict[UUID, list[Vital]] = defaultdict(list)
    for row in rows:
        found[row.set_id].append(row)
    visits = [
        visit(rows[0].resident, [taken(row, person, names) for row in rows], person)
        for rows in found.values()
    ]
    return tuple(sorted(visits, key=lambda one: (one.at, one.recorded_at), reverse=True))


def visit(resident: UUID, values: list[Taken], person: Person) -> SetRow:
    """One visit of its values."""
    values.sort(key=lambda one: (one.turn, one.recorded_at))
    first, last = values[0], max(values, key=lambda one: one.recorded_at)
    scored = score(values, person)
    return SetRow(
        set_id=first.set_id,
        resident=resident,
        at=min(one.at for one in values),
        recorded_at=last.recorded_at,
        by=last.by,
        note=next((one.note for one in values if one.note), ""),
        late=any(is_late(one.at, one.recorded_at) for one in values if not one.corrected),
        values=tuple(values),
        news2=scored,
        caution=person.profile.caution if isinstance(scored, News2) else "",
        scale=person.profile.scale_words(person.zone),
    )
