"""From two assessments of one instrument to the sheet that compares them; what changed is said by the trends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from app.assessments.instruments import Instrument
from app.assessments.queries import ABILITY
from app.assessments.record import standing
from app.assessments.shelf import instrument_called
from app.assessments.trends.compare import Compare, compare_two
from app.assessments.trends.comparing import BETTER, WORSE, Change, Comparison
from app.assessments.trends.comparing import Side as Compared
from app.assessments.trends.measure import (
    POINTS,
    SCALES,
    VALUES,
    Measure,
    bands_between,
    figure,
    shown_span,
    value_words,
)
from app.assessments.trends.records import RecordRow, Trends, TrendsRow, trends, value_of
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.assessed import instrument_of
from app.printing.assessment_parts import item_number
from app.printing.journal_sheet_data import whose
from app.printing.sheets.assessment_comparison import AssessmentComparison, ItemLine, Score, Side, SubLine
from app.printing.sheets.score_curve import Curve, Spot, Stripe
from app.residents.queries import Chart
from app.residents.queries.chart import chart

_SIGNS = {BETTER: "▲ ", WORSE: "▼ "}
NOTHING = "结果没有变化"


@dataclass(frozen=True)
class AssessmentComparisonOf(Question[AssessmentComparison]):
    """Compare `record` with `other`; without them the latest of the instrument with the one before it."""

    resident: UUID
    record: UUID | None = None
    other: UUID | None = None
    instrument: str = ABILITY


@answers(AssessmentComparisonOf)
def assessment_comparison_of(reader: Reader, question: AssessmentComparisonOf) -> AssessmentComparison:
    """Refuses where there are no two of them."""
    reader.require(Right.PRINT_RECORDS)
    code = question.instrument if question.record is None else instrument_of(reader, question.record)
    known = trends(reader, Trends(question.resident, code))
    found = compare_two(reader, _pair(known, question))
    return _comparison(reader, question.resident, known, found)


def _pair(known: TrendsRow, question: AssessmentComparisonOf) -> Compare:
    """The two records; what was refused has nothing to compare and is passed over."""
    records = [one.record for one in known.records]
    done = [one.record for one in known.records if not one.undone]
    record = question.record or next(iter(done), None)
    if record not in records:
        raise Refusal("还没有两份签名的评估，不能对比。" if not records else "这份评估不能对比。")
    before = known.before(record)
    other = question.other or (before.record if before is not None else None)
    if other not in records or other == record:
        raise Refusal("没有更早的同一量表的评估可以对比。")
    return Compare(record, other)


def _comparison(reader: Reader, resident: UUID, known: TrendsRow, found: Comparison) -> AssessmentComparison:
    rows = {one.record: one for one in known.records}
    before, after = rows[found.older.record], rows[found.newer.record]
    instrument = instrument_called(reader.session, after.instrument, after.version)
    measure = known.measures[after.instrument]
    value = instrument.measured.name if instrument.measured else "总分"
    only = (("只在较早版本里", found.older_only), ("只在较新版本里", found.newer_only))
    return AssessmentComparison(
        whose=whose(reader, chart(reader, Chart(resident))),
        instrument=instrument.title,
        notes=(*found.notes, *(f"{words}：{'、'.join(items)}" for words, items in only if items)),
        before=_side(reader, measure, before),
        after=_side(reader, measure, after),
        verdict=_verdict(found),
        subs=tuple(_subs(instrument, found)),
        items=tuple(_line(instrument, found, one) for one in found.items),
        same=found.same,
        curve=_curve(measure, known.records, (before, after)),
        curve_title=f"历次{value}" if measure.kind in (POINTS, VALUES) else "历次等级",
        value=value,
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _side(reader: Reader, measure: Measure, row: RecordRow) -> Side:
    value = row.total if row.measured is None else row.measured
    return Side(
        day=row.assessed_on,
        number=row.number,
        occasion=row.occasion,
        total="" if value is None else value_words(measure, value),
        finding=row.finding,
        signers=row.who,
        conclusion=standing(reader.session, row.record).conclusion,
    )


def _way(found: Comparison, how: str) -> str:
    """▼ 下降: a sign, since paper has no colour, and the word."""
    return f"{_SIGNS.get(how, '')}{found.word(how)}"


def _verdict(found: Comparison) -> str:
    """What became of total and level."""
    parts = [
        f"{one.label} {one.before} → {one.after}　{_way(found, one.how)}"
        for one in found.figures
        if one.code in ("total", "measured", "level")
    ]
    before, after = found.older.finding, found.newer.finding
    if not parts and before != after:  # verdicts of scales, or one of the two was refused
        parts = [f"结果 {before or '—'} → {after or '—'}"]
    return "；".join(parts) or NOTHING


def _subs(instrument: Instrument, found: Comparison) -> Iterator[SubLine]:
    """Every sub-score, changed or not: of scales where there are any, else of dimensions where there are several."""
    most = {
        scale.code: (scale.name, sum(instrument.items[code].highest for code in scale.items))
        for scale in instrument.scales
    } or {one.code: (one.name, one.maximum) for one in instrument.dimensions}
    changed = {one.code: one for one in found.figures}
    if len(most) < 2 or not (found.older.sub_scores or found.newer.sub_scores):
        return
    words = [{one.code: one.words for one in side.scales} for side in (found.older, found.newer)]
    for code, (name, maximum) in most.items():
        change = changed.get(code)
        yield SubLine(
            name,
            maximum,
            (_part(instrument, found.older, code), words[0].get(code, "")),
            (_part(instrument, found.newer, code), words[1].get(code, "")),
            "" if change is None else _way(found, change.how),
            change is not None and change.how == WORSE,
        )


def _part(instrument: Instrument, side: Compared, code: str) -> str:
    """A sub-score as it is written; empty where there was none."""
    score = side.sub_scores.get(code)
    if score is None:
        return ""
    return f"{score:g}" if instrument.measured is None else instrument.value_words(score)


def _line(instrument: Instrument, found: Comparison, change: Change) -> ItemLine:
    return ItemLine(
        item_number(instrument, change.code),
        change.label,
        Score(change.before, change.before_text),
        Score(change.after, change.after_text),
        _way(found, change.how),
        change.how == WORSE,
    )


def _curve(
    measure: Measure, records: tuple[RecordRow, ...], marked: tuple[RecordRow, RecordRow]
) -> Curve | None:
    """All records so far on the measure of the instrument; none where it has scales only."""
    spots = tuple(
        Spot(row.assessed_on, value, row in marked, figure(measure, value))
        for row in reversed(records)
        if (value := value_of(measure, row)) is not None
    )
    if measure.kind == SCALES or not spots or measure.low == measure.high:
        return None
    values = [spot.value for spot in spots]
    if measure.kind != VALUES:
        stripes = tuple(Stripe(one.low, one.high, one.short) for one in measure.stripes)
        return Curve(spots, stripes, min(measure.low, *values), max(measure.high, *values))
    low, high = shown_span(measure, values)
    step = (high - low) / 100
    return Curve(
        spots,
        tuple(
            Stripe(first + step / 2, last - step / 2, one.short)
            for one, first, last in bands_between(measure, low, high)
        ),
        low,
        high,
        step,
    )
