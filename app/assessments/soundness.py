"""Whether an instrument holds together: codes, maxima, bands without gaps, rules that point at something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.assessments.instrument import Change, Instrument
from app.core.errors import Refusal


def check(instrument: Instrument, file: str) -> None:
    """Refuse an instrument that could not be scored as its file says."""
    for fault in (
        *_codes(instrument),
        *_scores(instrument),
        *_bands(instrument),
        *_changes(instrument),
        *_contradictions(instrument),
    ):
        raise Refusal(f"量表文件 {file}：{fault}")


def _codes(instrument: Instrument) -> Iterator[str]:
    items = [item.code for dimension in instrument.dimensions for item in dimension.items]
    yield from _repeated("指标编号", items)
    yield from _repeated(
        "栏目编号", (field.code for section in instrument.sections for field in section.fields)
    )
    yield from _repeated("一级指标编号", (dimension.code for dimension in instrument.dimensions))
    yield from _repeated("变更依据编号", (change.code for change in instrument.changes))
    yield from _repeated("例题名称", (case.name for case in instrument.cases))


def _scores(instrument: Instrument) -> Iterator[str]:
    for dimension in instrument.dimensions:
        highest = sum(item.highest for item in dimension.items)
        if highest != dimension.maximum:
            yield f"{dimension.code} 各指标最高分之和是{highest}，与 maximum {dimension.maximum} 不符"


def _bands(instrument: Instrument) -> Iterator[str]:
    if [level.number for level in instrument.levels] != list(range(len(instrument.levels))):
        yield "level 应从0起依次编号"
    expected = 0
    for level in sorted(instrument.levels, key=lambda one: one.low):
        if level.low != expected or level.high < level.low:
            yield f"level {level.number} 的分数段应从{expected}分起，不能空缺或重叠"
            return
        expected = level.high + 1
    if expected != instrument.maximum + 1:
        yield f"分数段到{expected - 1}分为止，与满分{instrument.maximum}分不符"
    best = max(instrument.levels, key=lambda one: one.low if instrument.higher_is_better else -one.low)
    if best.number != 0:
        yield "0级应是最好的分数段（看 direction）"


def _changes(instrument: Instrument) -> Iterator[str]:
    numbers = {level.number for level in instrument.levels}
    for change in instrument.changes:
        if change.sets is not None and change.sets not in numbers:
            yield f"变更依据 {change.code} 的 sets 不是已有的等级"
        for code in change.fields:
            if code not in instrument.fields:
                yield f"变更依据 {change.code} 所指的栏目 {code} 不存在"
            elif not instrument.fields[code].required:
                yield f"栏目 {code} 决定等级，应是必填（required = true）"
            else:
                yield from _choices_met(instrument, change, code)


def _choices_met(instrument: Instrument, change: Change, code: str) -> Iterator[str]:
    field = instrument.fields[code]
    for words in change.words_met:
        if field.choice(words) is None:
            yield f"变更依据 {change.code} 所指的选项“{words}”不在 {code} 里"
    if change.counted and any(choice.counts is None for choice in field.choices):
        yield f"栏目 {code} 的选项缺少 counts"


def _contradictions(instrument: Instrument) -> Iterator[str]:
    for rule in instrument.contradictions:
        field = instrument.fields.get(rule.field)
        if field is None or any(field.choice(words) is None for words in rule.words_met):
            yield f"contradiction 所指的 {rule.field} 或其选项不存在"
        if rule.item not in instrument.items:
            yield f"contradiction 所指的指标 {rule.item} 不存在"


def _repeated(what: str, codes: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            yield f"{what} {code} 重复"
        seen.add(code)
