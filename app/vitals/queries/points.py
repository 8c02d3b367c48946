"""The points of a resident's charts: light rows straight from the index, up to a year of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from db.base import to_number

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Bare SQL: through the ORM's types a chart of ninety days took four times as long as its own statement.
_STANDS = "resident = ? AND current = 1 AND state <> 'retracted'"


class Point(NamedTuple):
    """One value; `moment` in UTC milliseconds and `key` as bytes, made instants and ids only where they are asked."""

    code: str
    moment: int
    value: float | None
    second: float | None
    words: str
    key: bytes
    revision: int

    @property
    def at(self) -> datetime:
        return _EPOCH + timedelta(milliseconds=self.moment)

    @property
    def rid(self) -> UUID:
        return UUID(bytes=self.key)


@dataclass(frozen=True)
class Series(Question[tuple[Point, ...]]):
    """A resident's values of some signs in a time, by sign and time. Letters and LO/HI come in `words`."""

    resident: UUID
    codes: tuple[str, ...]
    since: datetime
    until: datetime


@answers(Series)
def series(reader: Reader, question: Series) -> tuple[Point, ...]:
    """Numbers from the covering index alone, then the few that are words."""
    reader.require(Right.READ_RESIDENTS)
    run = reader.session.connection().exec_driver_sql
    some = ",".join("?" * len(question.codes))
    where = f"{_STANDS} AND code IN ({some}) AND at BETWEEN ? AND ?"
    times = (to_number(question.since), to_number(question.until))
    values = (question.resident.bytes, *question.codes, *times)
    numbers = run(
        "SELECT code, at, value, second, '', rid, revision FROM vital"  # noqa: S608  # our own names only
        f" WHERE {where} AND value IS NOT NULL ORDER BY code, at",
        values,
    )
    found = list(map(Point._make, numbers.cursor.fetchall() if numbers.cursor else ()))
    said = run(
        "SELECT code, at, value, second, words, rid, revision FROM vital"  # noqa: S608  # our own names only
        f" WHERE {where} AND value IS NULL AND words <> '' ORDER BY code, at",
        values,
    )
    words = list(map(Point._make, said.cursor.fetchall() if said.cursor else ()))
    return tuple(sorted(found + words, key=lambda one: one[:2]) if words else found)
