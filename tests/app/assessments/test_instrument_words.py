"""Every word of an instrument that is shown or printed, against a list written down apart from the file.

`<code>.golden.txt` was drawn up once and compared with the sources. To write the lists anew after a change
and read the difference line by line: `python -m tests.app.assessments.test_instrument_words`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.assessments.instruments import Every, Field, Instrument, Item, Level, Option, shipped

HERE = Path(__file__).parent
MANY = 31
"""Points that are written down by their ends only."""
GB = shipped()["gbt42195-2022"]
EVERY_INSTRUMENT = [pytest.param(one, id=one.code) for one in shipped().values()]


def printed(instrument: Instrument) -> Iterator[str]:
    yield from identity(instrument)
    for level in instrument.levels:
        yield from level_lines(level)
    yield from rules(instrument)
    for dimension in instrument.dimensions:
        most = f" 满分{dimension.maximum}" if dimension.maximum else ""
        yield f"{dimension.code} {dimension.name}{most} {dimension.loinc}".rstrip()
        for band in dimension.bands:
            yield f"    {band.number} {band.name} {band.low}～{band.high}"
        for item in dimension.items:
            yield from item_lines(item)
    for section in instrument.sections:
        yield f"{section.code} {section.title}"
        for field in section.fields:
            yield from field_lines(field)


def identity(instrument: Instrument) -> Iterator[str]:
    yield f"{instrument.title} {instrument.version}｜{instrument.short}｜{instrument.group}｜{instrument.report}"
    yield from (instrument.standard, instrument.source, instrument.licence)
    yield from filter(None, (instrument.notice, instrument.age_words, instrument.unclear))
    yield from (f"未定：{words}" for words in instrument.uncertain)
    due = instrument.due
    yield f"周期：{due.words}"
    if due.every:
        yield f"    每{interval(due.every)}"
    for event in due.after:
        yield f"    {event}后{due.after_days}天"
    if due.admission_days is not None:
        yield f"    入住{due.admission_days}天"
    signing = instrument.signing
    yield f"评估人：{signing.assessors}人，医护{signing.clinical}人；{signing.who}"
    yield from filter(None, ("、".join(signing.professions), "、".join(instrument.unable)))
    codes = instrument.loinc
    yield f"LOINC {codes.total}｜{codes.level}｜{codes.panel}"
    if instrument.least is not None:
        yield f"最小重要变化 {instrument.least.amount:g}：{instrument.least.source}"
    if instrument.measured is not None:
        measured, asked = instrument.measured, instrument.measured.quantity
        over = f"，{measured.over:g}除以读数" if measured.over else ""
        yield f"{measured.name} {asked.limits} {asked.ucum} {measured.of}，至少{measured.fewest}项{over}"


def interval(every: Every) -> str:
    return f"{every.months}个月" if every.months else f"{every.days}天"


def level_lines(level: Level) -> Iterator[str]:
    span = "" if level.low is None else f" {level.low}～{level.high}"
    yield f"{level.number}级 {level.name}{span}｜{level.short}｜{level.tone}"
    if level.risk:
        yield f"    {level.risk.code} {level.risk.grade}"
    if level.every:
        yield f"    每{interval(level.every)}"
    yield from (f"    {task}" for task in level.tasks)
    yield from (f"    {sentence}" for sentence in level.precautions)


def rules(instrument: Instrument) -> Iterator[str]:
    yield from (f"{'/'.join(one.items)} {one.words}" for one in instrument.either)
    if instrument.combination is not None:
        yield instrument.combination.source
        yield from (" ".join(map(str, row)) for row in instrument.combination.table)
    for decision in instrument.decisions:
        every, some = "且".join(decision.all_of), "或".join(decision.any_of)
        yield f"{decision.level}级：{every}｜{some}｜{decision.score_at_least}"
    for banding in instrument.bandings:
        yield f"{banding.field} {'、'.join(banding.words_met)}：{banding.bands}"
    for scale in instrument.scales:
        yield f"{scale.name}：{' '.join(scale.items)}｜反向 {' '.join(scale.reversed)}".rstrip()
        for verdict in scale.verdicts:
            yield f"    {verdict.words} {verdict.at_least} {verdict.others_at_most}"
    yield from filter(None, (instrument.lead_in, instrument.stack_source))
    yield from (change.words for change in instrument.changes)
    yield from (f"{block.words}：{'、'.join(block.words_met)}" for block in instrument.blocks)
    yield from (rule.words for rule in instrument.contradictions)


def item_lines(item: Item) -> Iterator[str]:
    yield f"{item.code} {item.name} {item.help}".rstrip()
    if item.remark or item.loinc or item.known:
        yield f"    （{item.remark}）{item.loinc} {item.known}".rstrip()
    if item.quantity is not None:
        yield f"    {item.quantity.limits} {item.quantity.ucum}{' 秒表' if item.timed else ''}"
    elif item.points and len(item.options) > MANY:
        yield f"    {item.lowest}～{item.highest} 分"
    else:
        yield from (option_line(option) for option in item.options)


def option_line(option: Option) -> str:
    key = "" if option.digit == option.score else f"[{option.digit}]"
    if option.mark:
        key = f"[{option.mark}={option.counts:g}]"
    low, below = option.at_least, option.below
    span = "" if low is None and below is None else f" {low}≤x<{below}"
    return f"    {key}{option.score} {option.text}{span} {option.asks}".rstrip()


def field_lines(field: Field) -> Iterator[str]:
    words = [f"{field.code} {field.label} {field.unit}".rstrip()]
    yield "｜".join([*words, *(choice.words for choice in field.choices), *field.columns])
    for choice in field.choices:
        if choice.help or choice.asks:
            yield f"    {choice.words}：{choice.help}｜{choice.asks}"
    if field.help:
        yield f"    {field.help}"


def golden(code: str) -> Path:
    return HERE / f"{code}.golden.txt"


@pytest.mark.parametrize("instrument", EVERY_INSTRUMENT)
def test_every_word_stands_as_written_down(instrument: Instrument) -> None:
    assert list(printed(instrument)) == golden(instrument.code).read_text("utf-8").splitlines()


def test_no_list_is_left_over() -> None:
    assert {path.name for path in HERE.glob("*.golden.txt")} == {golden(code).name for code in shipped()}


def test_the_instrument_is_whole() -> None:
    assert len(GB.items) == 26
    assert GB.maximum == 90
    assert [dimension.maximum for dimension in GB.dimensions] == [32, 15, 28, 15]
    assert [len(dimension.items) for dimension in GB.dimensions] == [8, 4, 9, 5]
    assert (GB.signing.assessors, GB.signing.clinical) == (2, 1)
    assert GB.due.every == Every(months=12)
    assert GB.min_age == 60
    assert not GB.stack_raises
    assert len(GB.fields["A.4.1"].choices) == 23


def test_what_we_add_ourselves_does_not_read_as_the_standards_words() -> None:
    item = GB.items["B.3.9"]
    assert "直接评定为重度失能" in item.help  # the standard's own note, as it stands
    assert "C.4" in item.remark  # and what governs
    assert [code for code, other in GB.items.items() if other.remark] == ["B.3.9"]


def test_stages_of_pressure_injury_are_explained() -> None:
    stages = GB.fields["A.5.1"].choices
    assert [stage.words for stage in stages if not stage.help] == ["无"]
    assert stages[1].help == "皮肤完好，出现指压不会变白的红印"


def test_only_what_decides_the_level_must_be_filled() -> None:
    required = {code for code, field in GB.fields.items() if field.required}
    assert required == {code for change in GB.changes for code in change.fields}


@pytest.mark.parametrize("instrument", EVERY_INSTRUMENT)
def test_what_is_not_certain_is_told(instrument: Instrument) -> None:
    """Intervals, tasks and precautions are the station's own setting, and are said to be."""
    assert instrument.uncertain
    if any(level.tasks for level in instrument.levels):
        assert any("照护项目" in words or "措施" in words for words in instrument.uncertain)
    if any(level.every for level in instrument.levels):
        assert any("机构配置" in words for words in instrument.uncertain)


def test_a_licensed_form_gives_no_words_of_its_own() -> None:
    shelf = shipped()
    assert all(item.points and not item.help for item in shelf["mmse"].items.values())
    assert {item.help for item in shelf["cam"].items.values()} == {""}
    assert "不作为" in shelf["ltci-2021"].notice


if __name__ == "__main__":
    for known in shipped().values():
        golden(known.code).write_text("\n".join(printed(known)) + "\n", "utf-8")
