"""Whether an instrument holds together: codes, maxima, rules that point at something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.assessments.instruments.banding import band_faults
from app.assessments.instruments.levels import Change
from app.assessments.instruments.model import Instrument, ends
from app.assessments.instruments.quantities import Measured
from app.core.errors import Refusal


def check(instrument: Instrument, file: str) -> None:
    """Refuse an instrument that could not be scored as its file says."""
    for fault in (
        *_codes(instrument),
        *_items(instrument),
        *_scores(instrument),
        *band_faults(instrument),
        *_changes(instrument),
        *_pointing(instrument),
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
    yield from _repeated("体质或分量表编号", (scale.code for scale in instrument.scales))
    yield from _repeated("例题名称", (case.name for case in instrument.cases))


def _items(instrument: Instrument) -> Iterator[str]:
    """Rules that name items name items there are."""
    named = [
        *(("either", code) for group in instrument.either for code in group.items),
        *(("scale", code) for scale in instrument.scales for code in scale.items),
        *(("decision", code) for one in instrument.decisions for code in (*one.all_of, *one.any_of)),
        *(("contradiction", rule.item) for rule in instrument.contradictions),
    ]
    for where, code in named:
        if code not in instrument.items:
            yield f"{where} 所指的指标 {code} 不存在"
    for scale in instrument.scales:
        for code in scale.reversed:
            if code not in scale.items:
                yield f"scale {scale.code} 的反向条目 {code} 不在它的条目里"
    if sum((instrument.combination is not None, bool(instrument.decisions), bool(instrument.scales))) > 1:
        yield "combination、decision、scale 只能用一种"


def _scores(instrument: Instrument) -> Iterator[str]:
    if instrument.measured is not None:
        yield from _measured(instrument, instrument.measured)
        return
    if any(item.quantity or any(one.mark for one in item.options) for item in instrument.items.values()):
        yield "有 quantity 或 mark 的量表应写 [measured]：读数怎样得出结果"
        return
    for dimension in instrument.dimensions:
        highest = sum(high for _low, high in ends(instrument, dimension))
        if highest != dimension.maximum:
            yield f"{dimension.code} 各指标最高分之和是{highest}，与 maximum {dimension.maximum} 不符"


def _measured(instrument: Instrument, measured: Measured) -> Iterator[str]:
    """Readings and what they come to fit: of one kind, within the limits, no more wanted than there are."""
    items = instrument.items.values()
    graded = [item for item in items if item.quantity is None]
    if graded and len(graded) < len(items):
        yield "quantity 与选项不能混用"
    elif any(not option.mark for item in graded if not item.points for option in item.options):
        yield "[measured] 的选项都应写 mark"
    if instrument.combination or instrument.decisions or instrument.scales or instrument.either:
        yield "[measured] 不与 combination、decision、scale、either 同用"
    if instrument.direction == "none":
        yield "[measured] 的量表应有 direction"
    if measured.fewest > len(items):
        yield f"[measured] 的 fewest 多于指标的个数{len(items)}"
    if graded or not items:
        return
    ends = [end for item in items if item.quantity for end in (item.quantity.least, item.quantity.most)]
    if measured.over and min(ends) <= 0:
        yield "[measured] 写了 over，读数的 least 应大于0"
    elif not all(
        measured.quantity.least
        <= measured.result([end], higher_is_better=instrument.higher_is_better)
        <= measured.quantity.most
        for end in ends
    ):
        yield "[measured] 的 least、most 没有包括读数的两端"


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


def _pointing(instrument: Instrument) -> Iterator[str]:
    """Rules that name a field and its choices name what there is; what decides must be required."""
    rules = [
        *(("contradiction", one.field, one.words_met, False) for one in instrument.contradictions),
        *(("block", one.field, one.words_met, True) for one in instrument.blocks),
        *(("banding", one.field, one.words_met, True) for one in instrument.bandings),
    ]
    for where, code, words_met, decides in rules:
        field = instrument.fields.get(code)
        if field is None or any(field.choice(words) is None for words in words_met):
            yield f"{where} 所指的 {code} 或其选项不存在"
        elif decides and not field.required:
            yield f"栏目 {code} 决定结果，应是必填（required = true）"


def _repeated(what: str, codes: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            yield f"{what} {code} 重复"
        seen.add(code)
