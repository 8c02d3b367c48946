"""The whole record of a span: what stands, what was retracted, and what each value said before it was corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from app.access.names import author_names
from app.core.orders import Question, answers
from app.core.unit import Reader
from app.vitals.catalogue import is_sign, not_measured, sign_of
from app.vitals.profiles import Profile
from app.vitals.queries.of_person import person_of
from app.vitals.queries.taken import Person, Taken, score, taken
from app.vitals.rules import Incomplete, Measured, News2, value_words
from db.models import Vital

_SOME = 500


@dataclass(frozen=True)
class Former:
    """What a value said before: its words, its time, who wrote it and when."""

    words: str
    at: datetime
    by: str
    recorded_at: datetime


@dataclass(frozen=True)
class VitalLine:
    """One value, or why there is none. `reason`: why this revision was made; `former`: those before, oldest first."""

    taken: Taken
    state: str
    author: UUID
    reason: str
    former: tuple[Former, ...] = ()

    @property
    def code(self) -> str:
        return self.taken.measured.code

    @property
    def at(self) -> datetime:
        return self.taken.at

    @property
    def measured(self) -> Measured:
        return self.taken.measured

    @property
    def retracted(self) -> bool:
        return self.state == "retracted"

    @property
    def words(self) -> str:
        """`36.5`, `142/78`, `LO`, or why there is none."""
        return self.taken.text or self.taken.absent


@dataclass(frozen=True)
class VitalRecordRow:
    """Oldest first. `age` is today's; `profile` what holds for this person; `scores`: NEWS2 by visit."""

    lines: tuple[VitalLine, ...]
    profile: Profile
    age: int | None
    scores: Mapping[UUID, News2 | Incomplete] = field(default_factory=dict)

    @cached_property
    def by_sign(self) -> Mapping[str, tuple[VitalLine, ...]]:
        """What was not retracted, by sign."""
        found: dict[str, list[VitalLine]] = defaultdict(list)
        for one in self.lines:
            if one.state != "retracted":
                found[one.taken.measured.code].append(one)
        return {code: tuple(lines) for code, lines in found.items()}

    def standing(self, *codes: str) -> tuple[VitalLine, ...]:
        """What was not retracted, of these signs one after the other (none named: of all, by time)."""
        if not codes:
            return tuple(one for one in self.lines if not one.retracted)
        return tuple(chain.from_iterable(self.by_sign.get(code, ()) for code in codes))


@dataclass(frozen=True)
class VitalRecord(Question[VitalRecordRow]):
    """One resident's values measured in a span, both ends included; `codes` empty: of every sign, and the scores."""

    resident: UUID
    since: datetime
    until: datetime
    codes: tuple[str, ...] = ()


_COLUMNS = (
    Vital.rid,
    Vital.revision,
    Vital.set_id,
    Vital.at,
    Vital.code,
    Vital.value,
    Vital.second,
    Vital.words,
    Vital.how,
    Vital.absent,
    Vital.note,
    Vital.state,
    Vital.author,
    Vital.recorded_at,
    Vital.source,
    Vital.reason,
)


@answers(VitalRecord)
def vital_record(reader: Reader, question: VitalRecord) -> VitalRecordRow:
    """Refuses a resident who is not here."""
    person = person_of(reader, question.resident)
    names = author_names(reader)
    rows = [row for row in _rows(reader, question) if is_sign(row.code)]
    before = _before(reader, names, [row.rid for row in rows if row.revision > 1])
    lines = [
        VitalLine(
            _taken(row, person, names), row.state, row.author, row.reason or "", before.get(row.rid, ())
        )
        for row in rows
    ]
    lines.sort(key=lambda one: (one.at, one.taken.recorded_at))
    scores = {} if question.codes else _scores(lines, person)
    return VitalRecordRow(tuple(lines), person.profile, person.age(reader.now), scores)


def _rows(reader: Reader, question: VitalRecord) -> Iterable[Row[Any]]:
    """Two statements, each by its own index: what stands, and what was retracted."""
    span = (Vital.resident == question.resident, Vital.at >= question.since, Vital.at <= question.until)
    codes = (Vital.code.in_(question.codes),) if question.codes else ()
    for state in (Vital.state != "retracted", Vital.state == "retracted"):
        yield from reader.session.execute(select(*_COLUMNS).where(*span, *codes, Vital.current, state))


def _before(reader: Reader, names: Mapping[UUID, str], rids: list[UUID]) -> Mapping[UUID, tuple[Former, ...]]:
    found: dict[UUID, list[Former]] = defaultdict(list)
    for start in range(0, len(rids), _SOME):
        some = Vital.rid.in_(rids[start : start + _SOME])
        statement = select(*_COLUMNS).where(some, ~Vital.current).order_by(Vital.revision)
        for row in reader.session.execute(statement):
            words = value_words(sign_of(row.code), row.value, row.second, row.words)
            words = words or not_measured().words(row.absent)
            found[row.rid].append(Former(words, row.at, names.get(row.author, "区平台"), row.recorded_at))
    return {rid: tuple(rows) for rid, rows in found.items()}


def _taken(row: Any, person: Person, names: Mapping[UUID, str]) -> Taken:
    """Columns alone, not whole records: a year of them is read while somebody waits."""
    return taken(row, person, names)


def _scores(lines: Iterable[VitalLine], person: Person) -> dict[UUID, News2 | Incomplete]:
    visits: dict[UUID, list[Taken]] = defaultdict(list)
    for line in lines:
        if not line.retracted:
            visits[line.taken.set_id].append(line.taken)
    return {set_id: score(values, person) for set_id, values in visits.items()}
