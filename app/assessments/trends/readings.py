"""One resident's results by any instruments as readings of a curve: a number with its unit, the oldest first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.record import STANDING
from app.assessments.shelf import instruments_made_with
from app.assessments.trends.measure import STEPS, Measure, measure_of, value_words
from app.assessments.trends.records import facts_of_bands
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from db.models import Assessment


@dataclass(frozen=True)
class Reading:
    """One result: `value` is the total, the measured value, or the level by number where there is neither.

    `words` is the value with its unit (`62 分`, `12.4 秒`, `1+级`), `finding` with the level, as shown then;
    `sub_scores` by dimension or scale.
    """

    rid: UUID
    instrument: str
    version: str
    at: datetime
    assessed_on: date
    value: float
    unit: str
    words: str
    sub_scores: Mapping[str, float]
    level: int | None
    finding: str
    tone: str


@dataclass(frozen=True)
class CurveRow:
    """What is needed to draw one: `measure` has title, unit, direction, ends, bands (`stripes`) and least change."""

    measure: Measure
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Curve(Question[CurveRow]):
    """The readings of a resident by one instrument, the oldest first; without any, the measure to draw nothing on."""

    resident: UUID
    instrument: str


@answers(Curve)
def curve(reader: Reader, question: Curve) -> CurveRow:
    reader.require(Right.READ_RESIDENTS)
    measure = measures(reader, question.resident, (question.instrument,)).get(question.instrument)
    if measure is None:
        raise Refusal(f"没有编号为“{question.instrument}”的量表")
    return CurveRow(measure, readings(reader, question.resident, (question.instrument,)))


def readings(reader: Reader, resident: UUID, codes: Collection[str]) -> tuple[Reading, ...]:
    """Every signed result of a resident by some instruments, the oldest first; what came to no number is left out."""
    rows = _rows(reader.session, resident, codes)
    known = measures(reader, resident, codes)
    found = []
    for row in rows:
        measure = known.get(row.instrument)
        if measure is None:
            continue
        level = row.level if measure.kind == STEPS else None
        value = next((one for one in (row.measured, row.total, level) if one is not None), None)
        if value is None:
            continue
        found.append(
            Reading(
                rid=row.rid,
                instrument=row.instrument,
                version=row.instrument_version,
                at=row.at,
                assessed_on=row.assessed_on,
                value=value,
                unit=measure.unit,
                words=value_words(measure, value),
                sub_scores=row.sub_scores,
                level=row.level,
                finding=row.finding,
                tone=row.tone or "neutral",
            )
        )
    return tuple(found)


def measures(reader: Reader, resident: UUID, codes: Collection[str]) -> Mapping[str, Measure]:
    """What the curves of some instruments are drawn on, by code; also of those out of use that records were made by."""
    rows = _rows(reader.session, resident, codes)
    known = instruments_made_with(reader.session, ((row.instrument, row.instrument_version) for row in rows))
    return {
        code: measure_of(instrument, facts_of_bands(reader, instrument, resident))
        for code, instrument in known.items()
        if code in codes
    }


_COLUMNS = tuple(
    getattr(Assessment, name)
    for name in (
        "rid", "instrument", "instrument_version", "at", "assessed_on", "total", "measured", "sub_scores", "level",
        "finding", "tone",
    )
)  # fmt: skip


def _rows(session: Session, resident: UUID, codes: Collection[str]) -> Sequence[Any]:
    statement = (
        select(*_COLUMNS)
        .where(
            Assessment.resident == resident,
            Assessment.instrument.in_(codes),
            Assessment.current,
            Assessment.state.in_(STANDING),
            Assessment.undone == "",
        )
        .order_by(Assessment.assessed_on, Assessment.at, Assessment.recorded_at)
    )
    return session.execute(statement).all()
