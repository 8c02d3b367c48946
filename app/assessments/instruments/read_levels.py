"""How a file says what answers come to: levels, matrix, decisions, scales, changes; when it is due, who signs."""

from __future__ import annotations

from app.assessments.instruments.entries import TONES, Entry
from app.assessments.instruments.levels import (
    GRADES,
    Banding,
    Block,
    Change,
    Combination,
    Contradiction,
    Decision,
    Due,
    Every,
    Level,
    RiskSign,
    Scale,
    Signing,
    Verdict,
)
from app.assessments.instruments.quantities import OF, LeastChange, Measured, plain
from app.assessments.instruments.read_items import read_quantity
from app.core.roles import PROFESSIONS

EVENTS = ("admission", "fall", "hospital_return", "level_change")
"""What may call for an assessment: admission, a fall, the return from hospital, another care level."""


def read_level(entry: Entry, *, measured: bool = False) -> Level:
    read = Level(
        number=entry.number("number", 0, 9),
        name=entry.text("name"),
        short=entry.text("short"),
        low=_end(entry, "low", measured=measured),
        high=_end(entry, "high", measured=measured),
        tone=entry.one_of("tone", TONES),
        risk=_risk(entry.table("risk")) if entry.has("risk") else None,
        every=_every(entry.table("every")) if entry.has("every") else None,
        tasks=entry.texts_or_none("tasks"),
        precautions=entry.texts_or_none("precautions"),
        bare=measured,
    )
    if (read.low is None) != (read.high is None):
        entry.refuse("", "low 与 high 应同时写，或都不写")
    entry.end()
    return read


def read_measured(entry: Entry) -> Measured:
    read = Measured(
        name=entry.text("name"),
        quantity=read_quantity(entry, ends=False),
        of=entry.one_of("of", OF, "best"),
        fewest=entry.number("fewest", 1, 20) if entry.has("fewest") else 1,
        over=entry.decimal_or_none("over") or 0.0,
    )
    entry.end()
    return read


def read_least(entry: Entry) -> LeastChange:
    read = LeastChange(entry.decimal_or_none("least") or 0.0, entry.text("source"))
    if read.amount <= 0:
        entry.refuse("least", "应大于0")
    entry.end()
    return read


def _end(entry: Entry, key: str, *, measured: bool) -> float | None:
    """An end of a band: a whole number of points, or a measured value."""
    if not measured:
        return entry.number_or_none(key)
    found = entry.decimal_or_none(key)
    return None if found is None else plain(found)


def read_due(entry: Entry) -> Due:
    read = Due(
        words=entry.text("words"),
        routine=entry.flag("routine"),
        admission_days=entry.number_or_none("admission_days", 0, 365),
        every=_every(entry.table("every")) if entry.has("every") else None,
        after=entry.some_of("after", EVENTS),
        after_days=entry.number("after_days", 0, 365) if entry.has("after_days") else 1,
        min_age=entry.number_or_none("min_age", 0, 120) or 0,
    )
    entry.end()
    return read


def read_signing(entry: Entry) -> Signing:
    read = Signing(
        assessors=entry.number("assessors", 1, 2),
        clinical=entry.number("clinical", 0, 2),
        who=entry.text("who"),
        professions=entry.some_of("professions", PROFESSIONS),
    )
    if read.clinical > read.assessors:
        entry.refuse("clinical", "不能多于 assessors")
    entry.end()
    return read


def read_combination(entry: Entry) -> Combination:
    rows = entry.raw("table")
    if not isinstance(rows, list):
        entry.refuse("table", "应是一列行，每行一列整数")
    table = []
    for place, row in enumerate(rows, 1):
        if not isinstance(row, list) or any(isinstance(one, bool) or not isinstance(one, int) for one in row):
            entry.refuse(f"table[{place}]", "应是一列整数")
        table.append(tuple(row))
    read = Combination(entry.text("rows"), entry.texts("worst_of"), tuple(table), entry.text("source"))
    entry.end()
    return read


def read_decision(entry: Entry) -> Decision:
    read = Decision(
        level=entry.number("level", 0, 9),
        all_of=entry.texts_or_none("all"),
        any_of=entry.texts_or_none("any"),
        score_at_least=entry.number("score_at_least", 1, 100) if entry.has("score_at_least") else 1,
    )
    if not read.all_of and not read.any_of:
        entry.refuse("", "all 与 any 至少写一个")
    entry.end()
    return read


def read_scale(entry: Entry) -> Scale:
    read = Scale(
        code=entry.text("code"),
        name=entry.text("name"),
        items=entry.texts("items"),
        reversed=entry.texts_or_none("reversed"),
        verdicts=tuple(_verdict(one) for one in entry.tables("verdict", at_least=2)),
        loinc=entry.text("loinc", ""),
    )
    if any(one.last for one in read.verdicts[:-1]) or not read.verdicts[-1].last:
        entry.refuse("verdict", "最后一个判定不写条件，其余都应写条件")
    entry.end()
    return read


def read_banding(entry: Entry, *, measured: bool = False) -> Banding:
    kinds = (int, float) if measured else (int,)
    rows = entry.raw("bands")
    if not isinstance(rows, list):
        entry.refuse("bands", "应是一列分数段")
    bands: list[tuple[float, float]] = []
    for place, row in enumerate(rows, 1):
        if not isinstance(row, list) or len(row) != 2 or any(type(one) not in kinds for one in row):
            entry.refuse(f"bands[{place}]", "应是两个数：起、止" if measured else "应是两个整数：起、止")
        bands.append((row[0], row[1]))
    read = Banding(entry.text("field"), entry.texts("is"), tuple(bands))
    entry.end()
    return read


def read_change(entry: Entry) -> Change:
    counts = entry.has("sum")
    read = Change(
        code=entry.text("code"),
        words=entry.text("words"),
        short=entry.text("short"),
        field="" if counts else entry.text("field"),
        words_met=() if counts else entry.texts("is"),
        counted=entry.texts("sum") if counts else (),
        at_least=entry.number("at_least", 1) if counts else 0,
        sets=entry.number_or_none("sets", 0, 9),
        raises=entry.number("raises", 1, 9) if entry.has("raises") else 0,
        only_at=entry.numbers("only_at", 0, 9) if entry.has("only_at") else (),
    )
    if (read.sets is None) == (read.raises == 0):
        entry.refuse("", "sets 与 raises 应有且只有一个")
    if read.only_at and read.sets is not None:
        entry.refuse("only_at", "只能与 raises 同用")
    entry.end()
    return read


def read_contradiction(entry: Entry) -> Contradiction:
    read = Contradiction(
        entry.text("words"),
        entry.text("field"),
        entry.texts("is"),
        entry.text("item"),
        entry.numbers("scores"),
    )
    entry.end()
    return read


def read_block(entry: Entry) -> Block:
    read = Block(entry.text("words"), entry.text("field"), entry.texts("is"))
    entry.end()
    return read


def _verdict(entry: Entry) -> Verdict:
    read = Verdict(
        entry.text("words"),
        entry.one_of("tone", TONES),
        entry.number_or_none("at_least"),
        entry.number_or_none("others_at_most"),
    )
    entry.end()
    return read


def _risk(entry: Entry) -> RiskSign:
    read = RiskSign(entry.text("code"), entry.one_of("grade", GRADES))
    entry.end()
    return read


def _every(entry: Entry) -> Every:
    read = Every(entry.number_or_none("months", 1, 120) or 0, entry.number_or_none("days", 1, 366) or 0)
    if (read.months == 0) == (read.days == 0):
        entry.refuse("", "months 与 days 应有且只有一个")
    entry.end()
    return read
