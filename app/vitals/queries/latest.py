"""The latest value of each sign: of one resident judged, of everybody for lists of a thousand beds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import orjson
from sqlalchemy import select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.vitals.catalogue import is_sign, sign_of, signs
from app.vitals.queries.of_person import person_of
from app.vitals.queries.taken import Person
from app.vitals.rules import Judgement, value_words
from app.vitals.rules.judging import judge, judge_words
from db.models import Vital, VitalLatest

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class LatestRow:
    """The latest value of one sign, judged for this resident; `text` without the unit."""

    code: str
    text: str
    value: float | None
    second: float | None
    at: datetime
    rid: UUID
    judgement: Judgement


@dataclass(frozen=True)
class LatestOf(Question[tuple[LatestRow, ...]]):
    """A resident's latest values, in the order of the catalogue."""

    resident: UUID


@dataclass(frozen=True, eq=False)
class LatestWords:
    """The latest values of many as the file gave them; read only where a line of a list is drawn."""

    raw: Mapping[bytes, str]

    def of(self, resident: UUID) -> dict[str, tuple[str, datetime]]:
        """Sign code → text and time; empty for whoever has none."""
        return {code: (text, at) for code, text, at in self._each(self.raw.get(resident.bytes, "[]"))}

    def _each(self, raw: str) -> Iterator[tuple[str, str, datetime]]:
        for code, at, value, second, words in orjson.loads(raw):
            if is_sign(code):
                text = value_words(sign_of(code), value, second, words)
                yield code, text, _EPOCH + timedelta(milliseconds=at)


@dataclass(frozen=True)
class LatestVitals(Question[LatestWords]):
    """The latest values of these residents, or of everybody who is here."""

    residents: tuple[UUID, ...] = ()


# Bare SQL: ten thousand rows through the ORM's types would take ten times as long as the statement itself.
_ALL = (
    "SELECT s.rid, (SELECT json_group_array(json_array(v.code, v.at, v.value, v.second, v.words))"
    " FROM vital_latest v WHERE v.resident = s.rid) FROM resident_search s"
)


@answers(LatestOf)
def latest_of(reader: Reader, question: LatestOf) -> tuple[LatestRow, ...]:
    return latest_rows(reader, question.resident, person_of(reader, question.resident))


def latest_rows(reader: Reader, resident: UUID, person: Person) -> tuple[LatestRow, ...]:
    """As the question, for somebody whose profile is known already."""
    statement = select(VitalLatest, Vital.how).join(Vital, Vital.rid == VitalLatest.rid).where(Vital.current)
    found = []
    for row, how in reader.session.execute(statement.where(VitalLatest.resident == resident)):
        sign = sign_of(row.code)
        own, age = person.profile.own, person.age(row.at)
        said = (
            judge(sign, row.value, row.second, age, own)
            if row.value is not None
            else judge_words(sign, row.words, how, own)
        )
        text = value_words(sign, row.value, row.second, row.words)
        found.append(LatestRow(row.code, text, row.value, row.second, row.at, row.rid, said))
    order = [sign.code for sign in signs()]
    return tuple(sorted(found, key=lambda one: order.index(one.code)))


@answers(LatestVitals)
def latest_vitals(reader: Reader, question: LatestVitals) -> LatestWords:
    reader.require(Right.READ_RESIDENTS)
    run = reader.session.connection().exec_driver_sql
    if question.residents:
        some = ",".join("?" * len(question.residents))
        rows = run(f"{_ALL} WHERE s.rid IN ({some})", tuple(rid.bytes for rid in question.residents))
    else:
        rows = run(f"{_ALL} WHERE s.status = 'in'")
    return LatestWords(dict(rows.cursor.fetchall() if rows.cursor else ()))
