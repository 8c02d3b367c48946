"""Every assessment of a resident, over all instruments, with what is needed to draw a curve of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.assessments.instruments import Fact, Instrument, fact_of
from app.assessments.queries import signers_of, standing
from app.assessments.record import STANDING
from app.assessments.shelf import instruments_made_with
from app.assessments.trends.measure import POINTS, STEPS, VALUES, Measure, VerdictRow, measure_of, verdicts_of
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from db.models import Assessment


@dataclass(frozen=True)
class RecordRow:
    """One assessment in its latest revision. `finding` and `tone` as shown then; `undone`: why it was refused.

    `instrument` and `version` name the file it was made by; `scales` are there where the instrument has them.
    """

    record: UUID
    instrument: str
    version: str
    number: str
    revision: int
    at: datetime
    assessed_on: date
    occasion: str
    total: int | None
    measured: float | None
    initial: int | None
    level: int | None
    finding: str
    tone: str
    undone: str
    due_on: date | None
    by: str
    signers: tuple[str, ...]
    scales: tuple[VerdictRow, ...] = ()

    @property
    def who(self) -> str:
        """Who assessed."""
        return "、".join(self.signers) or self.by


@dataclass(frozen=True)
class TrendsRow:
    """A resident's records, the newest first, and the measure of each instrument by its code, in the order of lists.

    A record whose instrument the station no longer has is there without a measure.
    """

    records: tuple[RecordRow, ...]
    measures: Mapping[str, Measure]

    def of(self, instrument: str) -> tuple[RecordRow, ...]:
        """The records of one instrument, the newest first."""
        return tuple(one for one in self.records if one.instrument == instrument)

    def before(self, record: UUID) -> RecordRow | None:
        """The one before it by the same instrument that was not refused."""
        mine = next((one for one in self.records if one.record == record), None)
        if mine is None:
            return None
        same = self.of(mine.instrument)
        older = same[same.index(mine) + 1 :]
        return next((one for one in older if not one.undone), None)


@dataclass(frozen=True)
class Trends(Question[TrendsRow]):
    """All assessments of a resident, or those by one instrument. Retracted ones are left out."""

    resident: UUID
    instrument: str = ""


@answers(Trends)
def trends(reader: Reader, question: Trends) -> TrendsRow:
    reader.require(Right.READ_RESIDENTS)
    statement = select(*_COLUMNS).where(
        Assessment.resident == question.resident, Assessment.current, Assessment.state.in_(STANDING)
    )
    if question.instrument:
        statement = statement.where(Assessment.instrument == question.instrument)
    rows = reader.session.execute(
        statement.order_by(Assessment.assessed_on.desc(), Assessment.at.desc(), Assessment.recorded_at.desc())
    ).all()
    known = instruments_made_with(reader.session, ((row.instrument, row.instrument_version) for row in rows))
    names, signers = author_names(reader), signers_of(reader, [row.rid for row in rows])
    return TrendsRow(
        records=tuple(
            _record(row, known.get(row.instrument), names, signers.get((row.rid, row.revision), ()))
            for row in rows
        ),
        measures={
            code: measure_of(instrument, facts_of_bands(reader, instrument, question.resident))
            for code, instrument in known.items()
            if any(row.instrument == code for row in rows)
        },
    )


def value_of(measure: Measure, row: RecordRow) -> float | None:
    """Where a record stands on its measure; None for one that was refused or has no total."""
    found: dict[str, float | None] = {POINTS: row.total, VALUES: row.measured, STEPS: row.level}
    return found.get(measure.kind)


_COLUMNS = tuple(
    getattr(Assessment, name)
    for name in (
        "rid", "instrument", "instrument_version", "number", "revision", "at", "assessed_on", "occasion", "total",
        "measured", "initial_level", "level", "finding", "tone", "undone", "due_on", "author", "sub_scores", "why",
    )
)  # fmt: skip


def _record(
    row: Any, instrument: Instrument | None, names: Mapping[UUID, str], signers: tuple[str, ...]
) -> RecordRow:
    return RecordRow(
        record=row.rid,
        instrument=row.instrument,
        version=row.instrument_version,
        number=row.number,
        revision=row.revision,
        at=row.at,
        assessed_on=row.assessed_on,
        occasion=row.occasion,
        total=row.total,
        measured=row.measured,
        initial=row.initial_level,
        level=row.level,
        finding=row.finding,
        tone=row.tone or "neutral",
        undone=row.undone,
        due_on=row.due_on,
        by=names.get(row.author, ""),
        signers=signers,
        scales=() if instrument is None else verdicts_of(instrument, row.sub_scores, row.why),
    )


def facts_of_bands(reader: Reader, instrument: Instrument, resident: UUID) -> Mapping[str, Fact]:
    """Of an instrument whose bands depend on a fact, what the newest record says of it."""
    if not instrument.bandings:
        return {}
    kept = reader.session.scalar(
        standing(instrument.code, resident).with_only_columns(Assessment.information)
    )
    return {code: fact_of(code, said) for code, said in (kept or {}).items()}
