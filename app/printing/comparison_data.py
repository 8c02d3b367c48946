"""From two signed assessments of one instrument to the sheet that compares them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.assessments.queries import ABILITY, History, HistoryRow, history
from app.assessments.record import STANDING
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.assessed import Assessed, Wanted, assessed, instrument_of
from app.printing.assessment_parts import item_number, level_zones
from app.printing.comparing import WORSE, ItemChange, item_changes, way
from app.printing.journal_sheet_data import whose
from app.printing.sheets.assessment_comparison import AssessmentComparison, ItemLine, Score, Side, SubLine
from app.printing.sheets.score_curve import Curve, Spot, Stripe
from app.residents.queries import Chart
from app.residents.queries.chart import chart
from db.models import Assessment


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
    rows = _done(reader, question.resident, code)
    records = [row.level.record for row in rows]
    pair = _pair(records, question)
    one, two = (assessed(reader, Wanted(question.resident, code, record)) for record in pair)
    if one.instrument.code != two.instrument.code:
        raise Refusal("两份评估不是同一个量表，不能对比。")
    before, after = (one, two) if records.index(pair[0]) > records.index(pair[1]) else (two, one)
    return _comparison(reader, question.resident, (before, after), rows)


def _done(reader: Reader, resident: UUID, instrument: str) -> list[HistoryRow]:
    """Every assessment that stands and was carried out, the latest first."""
    undone = set(
        reader.session.scalars(
            select(Assessment.rid).where(
                Assessment.resident == resident, Assessment.current, Assessment.undone != ""
            )
        )
    )
    rows = history(reader, History(resident, instrument))
    return [row for row in rows if row.state in STANDING and row.level.record not in undone]


def _pair(records: list[UUID], question: AssessmentComparisonOf) -> tuple[UUID, UUID]:
    """The two records; `records` are all of the instrument, the latest first."""
    record = question.record or (records[0] if records else None)
    if record not in records:
        raise Refusal("还没有两份签名的评估，不能对比。" if not records else "这份评估不能对比。")
    other = question.other
    if other is None:
        later = records.index(record) + 1
        other = records[later] if later < len(records) else None
    if other is None or other not in records or other == record:
        raise Refusal("没有更早的同一量表的评估可以对比。")
    return record, other


def _comparison(
    reader: Reader, resident: UUID, two: tuple[Assessed, Assessed], rows: list[HistoryRow]
) -> AssessmentComparison:
    before, after = two
    instrument = after.instrument
    changes = tuple(item_changes(instrument, before.shown, after.shown))
    asked = {*before.shown, *after.shown}
    versions = {one.revision.instrument_version for one in two if one.revision}
    curve, title = _curve(after, rows, {one.number for one in two})
    return AssessmentComparison(
        whose=whose(reader, chart(reader, Chart(resident))),
        instrument=instrument.title,
        versions="两次用的量表版本不同，分数可能不可比。" if len(versions) > 1 else "",
        before=_side(before),
        after=_side(after),
        verdict=_verdict(before, after),
        subs=tuple(_subs(before, after)),
        items=tuple(_line(one, after) for one in changes),
        same=len(asked) - len(changes),
        curve=curve,
        curve_title=title,
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _side(one: Assessed) -> Side:
    revision = one.revision
    return Side(
        day=one.day,
        number=one.number,
        occasion=one.content.occasion,
        total="" if one.result.total is None else f"{one.result.total} 分",
        finding=one.result.finding,
        signers="、".join(each.name for each in revision.signatures) if revision else "",
        conclusion=one.content.conclusion,
    )


def _verdict(before: Assessed, after: Assessed) -> str:
    """What became of the total, and of the level where it is another one."""
    said = []
    old, new = before.result.total, after.result.total
    if old is not None and new is not None:
        change = f"总分 {old} → {new}（{new - old:+d}）" if old != new else f"总分 {new}，没有变化"
        said.append(f"{change}{_paren(way(after.instrument, old, new))}")
    if before.result.finding != after.result.finding:
        said.append(f"结果由“{before.result.finding or '无'}”变为“{after.result.finding or '无'}”")
    return "；".join(said) or "结果没有变化"


def _paren(words: str) -> str:
    return f"　{words}" if words else ""


def _subs(before: Assessed, after: Assessed) -> Iterator[SubLine]:
    """Every sub-score: of scales where there are any, else of dimensions where there are several."""
    instrument = after.instrument
    most = {
        scale.code: (scale.name, sum(instrument.items[code].highest for code in scale.items))
        for scale in instrument.scales
    } or {one.code: (one.name, one.maximum) for one in instrument.dimensions}
    if len(most) < 2:
        return
    for code, (name, maximum) in most.items():
        old, new = before.result.sub_scores.get(code), after.result.sub_scores.get(code)
        became = way(instrument, old, new)
        yield SubLine(name, maximum, old, new, became, became == WORSE)


def _line(change: ItemChange, after: Assessed) -> ItemLine:
    was, now = (
        Score(one.score, one.text) if one is not None else Score(None, "")
        for one in (change.before, change.after)
    )
    return ItemLine(
        item_number(after.instrument, change.code), change.name, was, now, change.way, change.way == WORSE
    )


def _curve(after: Assessed, rows: list[HistoryRow], numbers: set[str]) -> tuple[Curve | None, str]:
    """Totals of all assessments so far over the bands; levels where the instrument has no total."""
    instrument = after.instrument
    if instrument.sums:
        points = [(row, row.level.total) for row in rows]
        stripes = tuple(Stripe(zone.low, zone.high, zone.text) for zone in level_zones(after))
        low, high, title = instrument.minimum, instrument.maximum, "历次总分"
    else:
        points = [(row, row.level.level) for row in rows]
        stripes = tuple(Stripe(each.number, each.number, each.short) for each in instrument.levels)
        low, high, title = 0, max((each.number for each in instrument.levels), default=0), "历次等级"
    spots = tuple(
        Spot(row.level.assessed_on, value, row.level.number in numbers)
        for row, value in reversed(points)
        if value is not None
    )
    if not spots or low == high:
        return None, ""
    values = [spot.value for spot in spots]
    return Curve(spots, stripes, min(low, *values), max(high, *values)), title
