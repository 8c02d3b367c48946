"""From `resources/instruments/*.toml` to an `Instrument`; a bad file is refused with file, place and reason."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.assessments.entries import Entry
from app.assessments.instrument import (
    Change,
    Contradiction,
    Dimension,
    Instrument,
    Item,
    Level,
    Option,
    Signing,
)
from app.assessments.instrument_cases import read_cases
from app.assessments.instrument_fields import read_sections
from app.assessments.soundness import check
from app.core.errors import Refusal
from app.core.resources import resource

FORMAT = 1
LARGEST = 1_000_000  # bytes; the largest instrument has 60 kB
DIRECTIONS = ("higher_is_better", "lower_is_better")
TONES = ("ok", "info", "warn", "orange", "danger")


@cache
def shelf() -> Mapping[str, Instrument]:
    """Every instrument the station ships, by code. Read once; an instrument is immutable."""
    read = [read_instrument(path) for path in sorted(resource("instruments").glob("*.toml"))]
    return {instrument.code: instrument for instrument in read}


def instrument_called(code: str) -> Instrument:
    """The instrument of this code; refuses one the station does not have."""
    found = shelf().get(code)
    if found is None:
        raise Refusal(f"没有编号为“{code}”的量表")
    return found


def read_instrument(path: Path) -> Instrument:
    """Read one instrument file and check that it is sound; refuses with file, place and reason."""
    entry = Entry(path.name, "", _parsed(path))
    if entry.number("format") != FORMAT:
        entry.refuse("format", f"只认识第{FORMAT}版格式")
    if entry.text("code") != path.stem:
        entry.refuse("code", f"应与文件名“{path.stem}”一致")
    dimensions = _dimensions(entry)
    levels = tuple(_level(one) for one in entry.tables("level"))
    sections = read_sections(entry)
    changes = entry.table("changes")
    instrument = Instrument(
        code=entry.text("code"),
        version=entry.text("version"),
        title=entry.text("title"),
        standard=entry.text("standard"),
        source=entry.text("source"),
        licence=entry.text("licence"),
        report=entry.text("report"),
        higher_is_better=_one_of(entry, "direction", DIRECTIONS) == DIRECTIONS[0],
        interval_months=entry.number("interval_months", 1, 120),
        interval=entry.text("interval"),
        signing=_signing(entry.table("signing")),
        dimensions=dimensions,
        levels=levels,
        lead_in=changes.text("lead_in"),
        changes=tuple(_change(one) for one in changes.tables("rule")),
        stack_raises=changes.flag("stack_raises"),
        stack_source=changes.text("stack_source"),
        contradictions=tuple(_contradiction(one) for one in entry.tables("contradiction", at_least=0)),
        sections=sections,
        cases=read_cases(entry, dimensions, sections),
    )
    changes.end()
    entry.end()
    check(instrument, path.name)
    return instrument


def _parsed(path: Path) -> object:
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal(f"量表文件 {path.name}：文件过大")
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise Refusal(f"量表文件 {path.name}：打不开（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise Refusal(f"量表文件 {path.name}：不是UTF-8文字") from error
    except tomllib.TOMLDecodeError as error:
        raise Refusal(f"量表文件 {path.name}：写法不合TOML格式（{error}）") from error
    except (RecursionError, ValueError) as error:  # nested without end, or a number beyond all bounds
        raise Refusal(f"量表文件 {path.name}：写法不合TOML格式") from error


def _dimensions(entry: Entry) -> tuple[Dimension, ...]:
    lists = entry.table("option_list") if entry.has("option_list") else None
    named = {key: _options(lists, key) for key in lists} if lists else {}
    return tuple(_dimension(one, named) for one in entry.tables("dimension"))


def _dimension(entry: Entry, named: Mapping[str, tuple[Option, ...]]) -> Dimension:
    read = Dimension(
        entry.text("code"),
        entry.text("name"),
        entry.number("maximum", 1),
        tuple(_item(one, named) for one in entry.tables("item")),
    )
    entry.end()
    return read


def _item(entry: Entry, named: Mapping[str, tuple[Option, ...]]) -> Item:
    found = entry.raw("options")
    if not isinstance(found, str):
        options = _options(entry, "options")
    elif found in named:
        options = named[found]
    else:
        entry.refuse("options", f"option_list 里没有“{found}”")
    read = Item(
        code=entry.text("code"),
        name=entry.text("name"),
        options=options,
        help=entry.text("help", ""),
        remark=entry.text("remark", ""),
        icon=entry.text("icon", ""),
    )
    entry.end()
    return read


def _options(entry: Entry, key: str) -> tuple[Option, ...]:
    read = tuple(_option(one) for one in entry.tables(key, at_least=2))
    digits = [option.digit for option in read]
    if len(set(digits)) != len(digits):
        entry.refuse(key, "选择的数字重复，分值相同时另写 digit")
    if max(digits) > 9:
        entry.refuse(key, "选择的数字应在0～9之间，分值更大时另写 digit")
    return read


def _option(entry: Entry) -> Option:
    points = entry.number("score", 0, 100)
    digit = entry.number_or_none("digit", 0, 9)
    read = Option(points if digit is None else digit, points, entry.text("text"))
    entry.end()
    return read


def _level(entry: Entry) -> Level:
    read = Level(
        entry.number("number", 0, 9),
        entry.text("name"),
        entry.text("short"),
        entry.number("low"),
        entry.number("high"),
        _one_of(entry, "tone", TONES),
    )
    entry.end()
    return read


def _change(entry: Entry) -> Change:
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
    )
    if (read.sets is None) == (read.raises == 0):
        entry.refuse("", "sets 与 raises 应有且只有一个")
    entry.end()
    return read


def _contradiction(entry: Entry) -> Contradiction:
    read = Contradiction(
        entry.text("words"),
        entry.text("field"),
        entry.texts("is"),
        entry.text("item"),
        entry.numbers("scores"),
    )
    entry.end()
    return read


def _signing(entry: Entry) -> Signing:
    read = Signing(entry.number("assessors", 1, 3), entry.number("clinical", 0, 3), entry.text("who"))
    if read.clinical > read.assessors:
        entry.refuse("clinical", "不能多于 assessors")
    entry.end()
    return read


def _one_of(entry: Entry, key: str, allowed: tuple[str, ...]) -> str:
    found = entry.text(key)
    if found not in allowed:
        entry.refuse(key, f"应是 {'、'.join(allowed)} 之一")
    return found
