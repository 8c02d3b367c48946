"""The grid of a round: everybody of a floor with what was measured in this round, what was before, who is away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.access.names import author_names
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.mistaken import similar
from app.residents.queries.beds import FloorRow
from app.vitals.catalogue import is_sign, sign_of, signs
from app.vitals.profiles import Profile, profiles
from app.vitals.queries.floor import (
    NO_BED,
    Away,
    Here,
    away_at,
    board_of,
    count_without_bed,
    people_on,
)
from app.vitals.queries.sets import SetRow, visit
from app.vitals.queries.taken import Person, Taken, standing, taken
from app.vitals.rules import Incomplete, Measured, News2, value_words
from db.models import Vital, VitalLatest


@dataclass(frozen=True)
class RoundFloor:
    """A floor as a choice, and how many people are on it."""

    rid: UUID
    words: str
    people: int


@dataclass(frozen=True)
class Before:
    """The last value before the round."""

    measured: Measured
    text: str
    at: datetime


@dataclass(frozen=True)
class GridRow:
    """One resident of the round. `visits` of this round, the newest first: the grid shows the newest.

    `alike`: another name here is easily taken for this one. `level` 0–4, None before the first assessment.
    """

    resident: UUID
    name: str
    sex: str
    bed: str
    level: int | None
    age: int | None
    alike: bool
    away: Away | None
    profile: Profile
    before: Mapping[str, Before]
    visits: tuple[SetRow, ...]

    @property
    def visit(self) -> SetRow | None:
        return self.visits[0] if self.visits else None

    @property
    def values(self) -> Mapping[str, tuple[Taken, ...]]:
        """Of the visit shown: sign code → its values, the repeated one last."""
        found: dict[str, tuple[Taken, ...]] = {}
        for one in self.visit.values if self.visit else ():
            found[one.code] = (*found.get(one.code, ()), one)
        return found

    @property
    def news2(self) -> News2 | Incomplete:
        return self.visit.news2 if self.visit else Incomplete()


@dataclass(frozen=True)
class Grid:
    """The floor shown, all floors, its people. `floor` None in a house where nobody is."""

    floor: UUID | None
    floors: tuple[RoundFloor, ...]
    rows: tuple[GridRow, ...]

    @property
    def measured(self) -> int:
        """People of whom something was measured, or said why not."""
        return sum(bool(row.visits) for row in self.rows if row.away is None or row.visits)

    @property
    def expected(self) -> int:
        return sum(row.away is None or bool(row.visits) for row in self.rows)


@dataclass(frozen=True)
class RoundGrid(Question[Grid]):
    """A round: a floor (the first one for None) and the time it goes over; `until` None: to now."""

    floor: UUID | None
    since: datetime
    until: datetime | None = None


@answers(RoundGrid)
def round_grid(reader: Reader, question: RoundGrid) -> Grid:
    reader.require(Right.READ_RESIDENTS)
    board = board_of(reader, question.floor)
    bedless = count_without_bed(reader)
    floors = [_floor(one) for one in board.floors if one.taken]
    floors += [RoundFloor(NO_BED, "无床位", bedless)] if bedless else []
    known = {one.rid for one in floors}
    floor = question.floor if question.floor in known else floors[0].rid if floors else None
    if floor is None:
        return Grid(None, (), ())
    if floor not in (NO_BED, board.floor):
        board = board_of(reader, floor)
    people = people_on(reader, board, floor)
    return Grid(floor, tuple(floors), _rows(reader, question, people))


def _floor(one: FloorRow) -> RoundFloor:
    return RoundFloor(one.rid, one.words, one.taken)


def _rows(reader: Reader, question: RoundGrid, people: tuple[Here, ...]) -> tuple[GridRow, ...]:
    rids = [one.rid for one in people]
    until = question.until or reader.now
    moment = min(until, reader.now)
    profile = profiles(reader, rids)
    persons = {one.rid: Person(profile[one.rid], one.birth, reader.settings.zone) for one in people}
    visits = _visits(reader, persons, question.since, until)
    before = _before(reader, rids, question.since)
    away = away_at(reader, rids, moment)
    alike = similar(people)
    return tuple(
        GridRow(
            resident=one.rid,
            name=one.name,
            sex=one.sex,
            bed=one.bed,
            level=one.level,
            age=persons[one.rid].age(moment),
            alike=one.rid in alike,
            away=away.get(one.rid),
            profile=profile[one.rid],
            before=before.get(one.rid, {}),
            visits=visits.get(one.rid, ()),
        )
        for one in people
    )


def _visits(
    reader: Reader, persons: Mapping[UUID, Person], since: datetime, until: datetime
) -> dict[UUID, tuple[SetRow, ...]]:
    """What was measured in the time, by person and visit. Naming the signs lets the chart's index find the time."""
    columns: tuple[Any, ...] = (
        Vital.rid, Vital.revision, Vital.resident, Vital.set_id, Vital.code, Vital.value, Vital.second, Vital.words,
        Vital.how, Vital.absent, Vital.note, Vital.at, Vital.recorded_at, Vital.author, Vital.source,
    )  # fmt: skip
    statement = select(*columns).where(Vital.at >= since, Vital.at <= until, standing())
    statement = statement.where(Vital.code.in_([sign.code for sign in signs()]))
    names = author_names(reader)
    found: dict[UUID, dict[UUID, list[Taken]]] = defaultdict(lambda: defaultdict(list))
    for row in reader.session.execute(statement.where(Vital.resident.in_(list(persons)))):
        found[row.resident][row.set_id].append(taken(row, persons[row.resident], names))
    return {
        rid: tuple(
            sorted(
                (visit(rid, values, persons[rid]) for values in sets.values()),
                key=lambda one: (one.at, one.recorded_at),
                reverse=True,
            )
        )
        for rid, sets in found.items()
    }


_earlier = aliased(Vital, name="earlier")


def _before(reader: Reader, people: list[UUID], since: datetime) -> dict[UUID, dict[str, Before]]:
    """The last values before the round: one step into the index for each person and sign that has any."""
    last = (
        select(_earlier.rid)
        .where(
            _earlier.resident == VitalLatest.resident,
            _earlier.code == VitalLatest.code,
            _earlier.at < since,
            _earlier.current == True,  # noqa: E712  # SQL, as the index says it
            _earlier.state != "retracted",
            _earlier.absent == "",
        )
        .order_by(_earlier.at.desc())
        .limit(1)
        .correlate(VitalLatest)
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        Vital.resident,
        Vital.code,
        Vital.value,
        Vital.second,
        Vital.words,
        Vital.how,
        Vital.at,
    )
    statement = (
        select(*columns)
        .select_from(VitalLatest)
        .join(Vital, (Vital.rid == last) & Vital.current)
        .where(VitalLatest.resident.in_(people))
    )
    found: dict[UUID, dict[str, Before]] = defaultdict(dict)
    for rid, code, value, second, words, how, at in reader.session.execute(statement):
        if is_sign(code):
            said = tuple((key, str(one)) for key, one in how.items() if key != "turn")
            text = value_words(sign_of(code), value, second, words)
            found[rid][code] = Before(Measured(code, value, second, words, said), text, at)
    return found
