"""Every word of the instrument that is shown or printed, against a list written down apart from the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.assessments.instruments import Field, Instrument, shipped

GOLDEN = Path(__file__).with_name("gbt42195-2022.golden.txt")
GB = shipped()["gbt42195-2022"]


def printed(instrument: Instrument) -> Iterator[str]:
    for dimension in instrument.dimensions:
        yield f"{dimension.code} {dimension.name} 满分{dimension.maximum}"
        for item in dimension.items:
            yield f"{item.code} {item.name} {item.help}".rstrip()
            yield from (f"    {option.score} {option.text}" for option in item.options)
    for level in instrument.levels:
        yield f"{level.number}级 {level.name} {level.low}～{level.high}"
    yield instrument.lead_in
    yield from (change.words for change in instrument.changes)
    for section in instrument.sections:
        yield f"{section.code} {section.title}"
        yield from (field_line(field) for field in section.fields)


def field_line(field: Field) -> str:
    words = [f"{field.code} {field.label} {field.unit}".rstrip()]
    return "｜".join([*words, *(choice.words for choice in field.choices), *field.columns])


def test_every_word_stands_as_written_down() -> None:
    written = GOLDEN.read_text("utf-8").splitlines()[1:]
    assert list(printed(GB)) == written


def test_the_instrument_is_whole() -> None:
    assert len(GB.items) == 26
    assert GB.maximum == 90
    assert [dimension.maximum for dimension in GB.dimensions] == [32, 15, 28, 15]
    assert [len(dimension.items) for dimension in GB.dimensions] == [8, 4, 9, 5]
    assert (GB.signing.assessors, GB.signing.clinical) == (2, 1)
    assert GB.due.every is not None
    assert GB.due.every.months == 12
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
