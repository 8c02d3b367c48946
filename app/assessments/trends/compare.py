"""The question what changed between two assessments of a resident by the same instrument."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.assessments.instruments import Instrument
from app.assessments.record import standing
from app.assessments.shelf import instrument_called
from app.assessments.trends.comparing import Comparison, Side, compare
from app.assessments.trends.measure import verdicts_of
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from db.models import Assessment


@dataclass(frozen=True)
class Compare(Question[Comparison]):
    """Two assessments, whichever was made first is the older. Refuses those of two people or two instruments."""

    one: UUID
    other: UUID


@answers(Compare)
def compare_two(reader: Reader, question: Compare) -> Comparison:
    reader.require(Right.READ_RESIDENTS)
    rows = [standing(reader.session, rid) for rid in (question.one, question.other)]
    older, newer = sorted(rows, key=lambda row: (row.assessed_on, row.at, row.recorded_at))
    if older.resident != newer.resident or older.instrument != newer.instrument:
        raise Refusal("只能比较同一位老人、同一种量表的两份评估")
    instrument = instrument_called(reader.session, newer.instrument, newer.instrument_version)
    then = instrument_called(reader.session, older.instrument, older.instrument_version)
    before = then if then.version == older.instrument_version else None
    return compare(instrument, _side(instrument, older), _side(instrument, newer), before)


def _side(instrument: Instrument, row: Assessment) -> Side:
    return Side(
        record=row.rid,
        assessed_on=row.assessed_on,
        version=row.instrument_version,
        finding=row.finding,
        tone=row.tone or "neutral",
        undone=row.undone,
        total=row.total,
        measured=row.measured,
        level=row.level,
        sub_scores=row.sub_scores,
        scales=verdicts_of(instrument, row.sub_scores, row.why),
        answers=row.answers,
    )
