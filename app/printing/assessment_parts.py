"""The parts of any instrument's report: items as shown, scales, what it came to, information, care, corrections."""

from __future__ import annotations

from collections.abc import Iterator

from app.assessments.instruments import Dimension, Field, Instrument, Item, Scale, spoken
from app.assessments.instruments.levels import GRADES
from app.assessments.record_queries import AnswerShown, Revision
from app.care.lists import task_kinds
from app.printing.assessed import Assessed, fact_words
from app.printing.sheet import Tick, Zone
from app.printing.sheets.instrument_report import (
    AnsweredItem,
    Came,
    Corrected,
    ItemGroup,
    ScaleLine,
    Told,
    Total,
)
from app.residents.codes import code_list

NONE_APPLIES = "无上述情形"
_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_GRADE_WORDS = dict(zip(GRADES, ("需防护", "高风险"), strict=True))
_CODE = 6  # characters of an item's code that still reads as a number on paper


def groups(one: Assessed) -> tuple[ItemGroup, ...]:
    """Every dimension with the items that were answered, in the words shown then. Rivals left open are left out, and
    readings nobody took with the parts they belong to."""
    marks = {source: mark for mark, source in zip(_MARKS, _sources(one), strict=False)}
    found = []
    for dimension in one.instrument.dimensions:
        lines = []
        for item in dimension.items:
            if item.code not in one.shown and (
                (one.instrument.measured is not None and one.old(item.code) is None)
                or any(rival in one.shown for rival in one.instrument.rivals.get(item.code, ()))
            ):
                continue
            lines.append(_item(one, item, item_number(one.instrument, item.code), marks))
        if not lines:
            continue
        score = one.result.sub_scores.get(dimension.code)
        band = dimension.band_of(score) if score is not None and one.current else None
        found.append(
            ItemGroup(
                dimension.name,
                dimension.maximum,
                score,
                band.name if band else "",
                tuple(lines),
                _measured(one, dimension),
            )
        )
    return tuple(found)


def _measured(one: Assessed, dimension: Dimension) -> str:
    """What a part of what is measured came to; empty where points are counted."""
    if one.instrument.measured is None:
        return ""
    parts = one.result.sub_scores
    if len(one.instrument.dimensions) > 1:
        return one.instrument.value_words(parts[dimension.code]) if dimension.code in parts else "—"
    return "—" if one.result.measured is None else one.instrument.value_words(one.result.measured)


def _item(one: Assessed, item: Item, number: str, marks: dict[str, str]) -> AnsweredItem:
    answer, old = one.shown.get(item.code), one.old(item.code)
    if answer is None:
        return AnsweredItem(number, item.name, "", None, old=_said(old))
    option = item.option(answer.digit)
    note = one.facts.get(item.supplement(answer.digit), "")
    return AnsweredItem(
        number=number,
        name=answer.name,
        text=_text(one, item, answer),
        score=answer.mark or answer.score,
        note=f"{option.asks if option and option.asks else '说明'}：{note}" if note else "",
        mark=marks.get(answer.source, ""),
        old=_said(old),
    )


def _text(one: Assessed, item: Item, answer: AnswerShown) -> str:
    """As shown then; of points the most there can be, too."""
    if item.points and one.current and answer.score is not None:
        return f"{answer.text}（满分 {item.highest} 分）"
    return answer.text


def _said(old: AnswerShown | None) -> str:
    return "" if old is None else f"{old.figure or '—'}　{old.text}"


def item_number(instrument: Instrument, code: str) -> str:
    """The source's own number where it reads as one; else the place on the form."""
    if (len(code) <= _CODE and code.upper() == code) or code not in instrument.items:
        return code
    return str(list(instrument.items).index(code) + 1)


def _sources(one: Assessed) -> tuple[str, ...]:
    """Whence answers came that nobody chose by hand, each once."""
    return tuple(dict.fromkeys(answer.source for answer in one.shown.values() if answer.source))


def footnotes(one: Assessed) -> tuple[str, ...]:
    """The sources of marked answers."""
    return tuple(f"{mark} {source}" for mark, source in zip(_MARKS, _sources(one), strict=False))


def scales(one: Assessed) -> tuple[ScaleLine, ...]:
    """Every scale with its sum and the verdict as it was given; none while items are open."""
    found = []
    said = {field.name: fact_words(one, field.code) for field in one.instrument.fields.values()}
    for scale in one.instrument.scales:
        score = one.result.sub_scores.get(scale.code)
        if score is None:
            continue
        sentence = next((each for each in one.result.why if each.startswith(f"{scale.name}{score}分：")), "")
        verdict = sentence.partition("：")[2]
        limits = {each.at_least for each in scale.verdicts if each.at_least is not None}
        found.append(
            ScaleLine(
                name=scale.name,
                score=score,
                maximum=_maximum(one, scale),
                limits=tuple(sorted(limits)),
                verdict=verdict,
                holds=any(each.words == verdict and not each.last for each in scale.verdicts),
                advice=said.get(scale.name, ""),
            )
        )
    return tuple(found)


def _maximum(one: Assessed, scale: Scale) -> int:
    return sum(one.instrument.items[code].highest for code in scale.items)


def came(one: Assessed) -> Came:
    """The record's own result. Levels and their bands come from the file, while it is the one that was used."""
    instrument, result = one.instrument, one.result
    levels = instrument.levels if one.current else ()
    changed = bool(instrument.changes) and one.current
    total = Total(result.total, instrument.maximum, level_zones(one)) if instrument.sums else None
    if instrument.measured is not None:
        words = "" if result.measured is None else instrument.value_words(result.measured)
        total = Total(result.measured, 0, level_zones(one), instrument.measured.name, words)
    return Came(
        finding=result.finding,
        total=total,
        initial=tuple(Tick(each.words, each.number == result.initial) for each in levels) if changed else (),
        changes=(
            *(Tick(each.words, each.code in result.fired) for each in instrument.changes),
            Tick(NONE_APPLIES, result.level is not None and not result.fired),
        )
        if changed
        else (),
        final=tuple(Tick(each.words, each.number == result.level) for each in levels),
        why=() if instrument.scales and result.sub_scores else result.why,  # the scales say it, one by one
        risks=tuple(
            f"{each.words}（{_GRADE_WORDS[result.risks[each.code]]}）"
            for each in code_list("risks").entries
            if each.code in result.risks
        ),
        next_due=result.due_on,
        due_rule=instrument.due.words,
        reached=result.level is not None,
    )


def level_zones(one: Assessed) -> tuple[Zone, ...]:
    """The bands of the total, lowest first: of those the person belongs to, where a fact decides."""
    if not one.current or not one.instrument.levels:
        return ()
    levels = one.instrument.levels
    bands = [(each.low, each.high) for each in levels]
    for banding in one.instrument.bandings:
        said = one.facts.get(banding.field, "")
        if said and set(spoken(said)) & set(banding.words_met):
            bands = list(banding.bands)
            break
    found = [
        Zone(low, high, level.short, _ends(one.instrument, low, high))
        for level, (low, high) in zip(levels, bands, strict=True)
        if low is not None and high is not None
    ]
    return tuple(sorted(found, key=lambda zone: zone.low))


def _ends(instrument: Instrument, low: float, high: float) -> str:
    """The ends of a band of measured values as they are written; empty where they are points."""
    return "" if instrument.measured is None else instrument.band_words(low, high)


def told(one: Assessed) -> tuple[Told, ...]:
    """Fields that were filled in, in the order of the form; guidance of a scale stands beside the scale."""
    named = {scale.name for scale in one.instrument.scales} if one.result.sub_scores else set()
    return tuple(
        Told(_label(field), words)
        for field in one.instrument.fields.values()
        if field.name not in named and (words := _with_unit(field, fact_words(one, field.code)))
    )


def _label(field: Field) -> str:
    return field.label


def _with_unit(field: Field, words: str) -> str:
    return f"{words} {field.unit}" if words and field.unit else words


def care(one: Assessed) -> tuple[Told, ...]:
    """What the level reached proposes, as the file says that was used."""
    level = one.instrument.level_named(one.result.level) if one.current else None
    if level is None:
        return ()
    kinds = task_kinds()
    tasks = "、".join(kinds[code].words for code in level.tasks if code in kinds)
    lines = "；".join(f"{number}. {words}" for number, words in enumerate(level.precautions, 1))
    found = (Told("注意事项", lines), Told("照护项目", tasks))
    return tuple(each for each in found if each.words)


def corrections(one: Assessed) -> tuple[Corrected, ...]:
    """What a correction changed beside the items, which are lined out where they stand."""
    if one.revision is None or one.before is None:
        return ()
    lines = [*_changed(one, one.before, one.revision)]
    return tuple(each for each in lines if each.before != each.after)


def _changed(one: Assessed, older: Revision, newer: Revision) -> Iterator[Corrected]:
    yield Corrected("评估日期", older.assessed_on.isoformat(), newer.assessed_on.isoformat())
    yield Corrected("评估原因", older.occasion, newer.occasion)
    yield Corrected("评估地点", older.place, newer.place)
    for code, field in one.instrument.fields.items():
        yield Corrected(
            _label(field), fact_words(one, code, older.information), fact_words(one, code, newer.information)
        )
    for item in one.instrument.items.values():
        for option in item.options:
            key = item.supplement(option.digit)
            before, after = older.information.get(key, ""), newer.information.get(key, "")
            yield Corrected(f"{item.name}：{option.asks or '说明'}", str(before), str(after))
    yield Corrected("总分", _points(older.total), _points(newer.total))
    if one.instrument.measured is not None:
        values = (older.measured, newer.measured)
        said = ["" if value is None else one.instrument.value_words(value) for value in values]
        yield Corrected(one.instrument.measured.name, *said)
    yield Corrected("结果", older.finding, newer.finding)
    yield Corrected("评估结论", older.conclusion, newer.conclusion)


def _points(total: int | None) -> str:
    return "" if total is None else f"{total} 分"
