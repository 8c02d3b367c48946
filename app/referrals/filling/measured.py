"""Vital signs for a referral: the latest of each, NEWS2 with its way over a day, and what criteria are held against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select

from app.core.clock import date_in
from app.core.unit import Reader
from app.referrals.filling.filled import Reading, Score
from app.referrals.rules.chart_facts import Measure, Scored
from app.referrals.rules.trend import before_of, trend_words
from app.vitals.catalogue import sign_of
from app.vitals.profiles import Profile
from app.vitals.queries.latest import LatestRow, latest_rows
from app.vitals.queries.of_person import person_of
from app.vitals.queries.sets import SetRow, SetsOf, sets_between
from app.vitals.queries.taken import Taken
from app.vitals.rules import News2
from app.vitals.rules.measured import number_words
from app.vitals.rules.news2 import NEEDED
from db.models import Vital

SETS = timedelta(hours=48)
"""How far back visits are read whole: a score and its day before."""
WEIGHT, TEMPERATURE = "weight", "temperature"
LONGER = {WEIGHT: timedelta(days=50), TEMPERATURE: timedelta(hours=96)}
"""Single signs that are read further back: a month's weight, three days of fever."""


@dataclass(frozen=True)
class Measured:
    """Everything measured that a referral says."""

    readings: tuple[Reading, ...]
    score: Score | None
    measures: tuple[Measure, ...]
    scores: tuple[Scored, ...]
    profile: Profile


def measured(reader: Reader, resident: UUID) -> Measured:
    person = person_of(reader, resident)
    visits = sets_between(reader, SetsOf(resident, reader.now - SETS, reader.now), person)
    zone = reader.settings.zone
    measures = [one for visit in visits for one in _measures(visit, zone)]
    measures += _longer(reader, resident)
    how = {one.rid: one.how for visit in visits for one in visit.values}
    latest = latest_rows(reader, resident, person)
    return Measured(
        tuple(_reading(row, how.get(row.rid, "")) for row in latest),
        _score(visits),
        tuple(measures),
        _scores(visits),
        person.profile,
    )


def _measures(visit: SetRow, zone: str) -> Iterator[Measure]:
    for taken in visit.counting.values():
        if not taken.absent and taken.code not in LONGER:
            yield _measure(taken, visit, zone)


def _measure(taken: Taken, visit: SetRow, zone: str) -> Measure:
    sign, said = sign_of(taken.code), taken.measured
    letter = sign.letter(said.words) if said.words else None
    unit = "" if sign.code == "pain" else sign.unit
    return Measure(
        code=taken.code,
        at=taken.at,
        day=date_in(zone, taken.at),
        text=taken.text,
        unit=unit,
        value=said.value,
        second=said.second,
        letter=said.words,
        words=f"{said.words} {letter.words}" if letter is not None else "",
        oxygen=_oxygen(visit) if taken.code == "spo2" else "",
        new=said.said("change") == "new",
        record=taken.rid,
    )


def _oxygen(visit: SetRow) -> str:
    """What oxygen was given while a visit was measured: as said beside the saturation, or as a flow of its own."""
    counting = visit.counting
    spo2, flow = counting.get("spo2"), counting.get("oxygen")
    if spo2 is not None and spo2.measured.said("oxygen"):
        return next((part for part in spo2.how.split(" · ") if part.startswith("吸氧")), "")
    value = flow.measured.value if flow is not None else None
    return f"吸氧 {value:g} L/min" if value else ""


def _longer(reader: Reader, resident: UUID) -> Iterator[Measure]:
    wanted = or_(*(and_(Vital.code == code, Vital.at >= reader.now - back) for code, back in LONGER.items()))
    rows = reader.session.execute(
        select(Vital.rid, Vital.code, Vital.at, Vital.value).where(
            Vital.resident == resident,
            wanted,
            Vital.at <= reader.now,
            Vital.value.is_not(None),
            Vital.current,
            Vital.state != "retracted",
        )
    )
    for rid, code, at, value in rows:
        if value is not None:
            sign, day = sign_of(code), date_in(reader.settings.zone, at)
            yield Measure(code, at, day, number_words(sign, value), sign.unit, value, record=rid)


def _scores(visits: tuple[SetRow, ...]) -> tuple[Scored, ...]:
    """The complete ones, the newest first."""
    found = []
    for one in visits:
        if isinstance(one.news2, News2):
            singles = tuple(NEEDED[key] for key, points in one.news2.parts if points == 3)
            found.append(Scored(one.news2.total, one.at, singles, one.set_id))
    return tuple(found)


def _score(visits: tuple[SetRow, ...]) -> Score | None:
    scores = _scores(visits)
    visit = next((one for one in visits if isinstance(one.news2, News2)), None)
    if visit is None or not isinstance(visit.news2, News2):
        return None
    before = before_of(scores)
    return Score(
        total=visit.news2.total,
        at=visit.at,
        risk=visit.news2.risk,
        words=visit.news2.words,
        tone=visit.news2.tone,
        single=scores[0].singles,
        before=None if before is None else before.total,
        before_at=None if before is None else before.at,
        trend=trend_words(scores),
    )


def _reading(row: LatestRow, how: str) -> Reading:
    sign = sign_of(row.code)
    letter = sign.letter(row.text)
    return Reading(
        code=row.code,
        title=sign.short,
        text=f"{row.text} {letter.words}" if letter is not None else row.text,
        unit="" if row.code == "pain" else sign.unit,
        at=row.at,
        value=row.value,
        second=row.second,
        tone=row.judgement.tone,
        judged=row.judgement.words,
        how=how,
    )
