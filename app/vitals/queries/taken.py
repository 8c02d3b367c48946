"""One recorded value as screens show it: its words, who and when, and what it means for this person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.core.clock import date_in
from app.vitals.catalogue import late_after_minutes, news2_table, not_measured, sign_of
from app.vitals.profiles import Profile, age_at
from app.vitals.rules import Incomplete, Judgement, Measured, News2, news2, value_words
from app.vitals.rules.judging import judge_measured
from app.vitals.rules.measured import how_words
from db.models import Vital


@dataclass(frozen=True)
class Taken:
    """`text`: `36.5`, `142/78`, `A`; empty where `absent` says in words why there is none. `turn` > 0: 复测.

    `late`: entered long after it was measured (补录). `corrected`: not the first revision.
    """

    rid: UUID
    revision: int
    set_id: UUID
    measured: Measured
    text: str
    how: str
    absent: str
    at: datetime
    recorded_at: datetime
    by: str
    note: str
    source: str
    judgement: Judgement
    late: bool
    corrected: bool

    @property
    def code(self) -> str:
        return self.measured.code

    @property
    def turn(self) -> int:
        return self.measured.turn


@dataclass(frozen=True)
class Person:
    """What a value is judged by."""

    profile: Profile
    birth: date | None
    zone: str

    def age(self, at: datetime) -> int | None:
        return age_at(self.birth, date_in(self.zone, at))


def measured_of(row: Vital | Row[Any]) -> Measured:
    """A row as a value of the rules."""
    how = tuple((key, str(value)) for key, value in row.how.items() if key != "turn")
    return Measured(
        row.code,
        row.value,
        row.second,
        row.words,
        how,
        row.absent,
        int(row.how.get("turn", 0)),
        confirmed=True,
    )


def taken(row: Vital | Row[Any], person: Person, names: Mapping[UUID, str]) -> Taken:
    """A row, judged by the person's age on that day and the person's own limits."""
    sign, measured = sign_of(row.code), measured_of(row)
    return Taken(
        rid=row.rid,
        revision=row.revision,
        set_id=row.set_id,
        measured=measured,
        text=value_words(sign, row.value, row.second, row.words),
        how=how_words(sign, measured.how),
        absent=not_measured().words(row.absent) if row.absent else "",
        at=row.at,
        recorded_at=row.recorded_at,
        by=names.get(row.author, "区平台"),
        note=row.note,
        source=row.source,
        judgement=judge_measured(sign, measured, person.age(row.at), person.profile.own),
        late=is_late(row.at, row.recorded_at),
        corrected=row.revision > 1,
    )


def is_late(at: datetime, recorded_at: datetime) -> bool:
    return recorded_at - at > timedelta(minutes=late_after_minutes())


def newest(values: Iterable[Taken]) -> dict[str, Taken]:
    """Of each sign the value that counts: the last repetition, else the last one measured."""
    found: dict[str, Taken] = {}
    for one in sorted(values, key=lambda one: (one.at, one.turn, one.recorded_at)):
        if not one.absent or one.code not in found:
            found[one.code] = one
    return found


def score(values: Iterable[Taken], person: Person) -> News2 | Incomplete:
    """NEWS2 of one visit's values; never call it with those of two."""
    of_visit = list(values)
    if not of_visit:
        return Incomplete()
    counting = {code: one.measured for code, one in newest(of_visit).items()}
    return news2(news2_table(), counting, person.profile.baseline(person.age(of_visit[0].at)))


def standing() -> Any:
    """The condition of a row that counts."""
    return Vital.current & (Vital.state != "retracted")
