"""From `resources/instruments/*.toml` to an `Instrument`; a bad file is refused with file, place and reason."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.assessments.instruments.entries import Entry
from app.assessments.instruments.model import DIRECTIONS, Codes, Instrument
from app.assessments.instruments.read_cases import read_cases
from app.assessments.instruments.read_fields import read_sections
from app.assessments.instruments.read_items import read_dimensions, read_either
from app.assessments.instruments.read_levels import (
    read_banding,
    read_block,
    read_change,
    read_combination,
    read_contradiction,
    read_decision,
    read_due,
    read_least,
    read_level,
    read_measured,
    read_scale,
    read_signing,
)
from app.assessments.instruments.soundness import check
from app.core.errors import Refusal
from app.core.file_lines import line_naming, line_of
from app.core.resources import resource

FORMAT = 2
LARGEST = 1_000_000  # bytes; the largest instrument has 60 kB
GROUPS = ("能力", "风险", "营养吞咽", "认知情绪", "疼痛", "康复", "安宁", "中医")


@cache
def shipped() -> Mapping[str, Instrument]:
    """Every instrument the program ships, by code, in the order of lists. Read once; an instrument is immutable."""
    read = [read_instrument(path) for path in sorted(resource("instruments").glob("*.toml"))]
    return {instrument.code: instrument for instrument in sorted(read, key=lambda one: (one.order, one.code))}


def read_instrument(path: Path) -> Instrument:
    """Read one instrument file and check that it is sound; refuses with file, place and reason."""
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal(f"量表文件 {path.name}：文件过大")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Refusal(f"量表文件 {path.name}：打不开（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise Refusal(f"量表文件 {path.name}：不是UTF-8文字") from error
    return parse_instrument(text, path.name)


def parse_instrument(text: str, file: str) -> Instrument:
    """Read the text of an instrument file called `file`; refuses with file, place, line and reason."""
    try:
        return _parse(text, file)
    except Refusal as refusal:
        line = line_of(text, refusal.field) if refusal.field else line_naming(text, refusal.text)
        if line is None or "line " in refusal.text:  # what is no TOML at all says its line itself
            raise
        raise Refusal(f"{refusal.text}（第{line}行）", field=refusal.field) from refusal


def _parse(text: str, file: str) -> Instrument:
    entry = Entry(file, "", _parsed(text, file))
    if entry.number("format") != FORMAT:
        entry.refuse("format", f"只认识第{FORMAT}版格式")
    if entry.text("code") != Path(file).stem:
        entry.refuse("code", f"应与文件名“{Path(file).stem}”一致")
    instrument = Instrument(**_identity(entry), **_scoring(entry), **_asking(entry))
    entry.end()
    check(instrument, file)
    return instrument


def _parsed(text: str, file: str) -> object:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal(f"量表文件 {file}：写法不合TOML格式（{error}）") from error
    except (RecursionError, ValueError) as error:  # nested without end, or a number beyond all bounds
        raise Refusal(f"量表文件 {file}：写法不合TOML格式") from error


def _identity(entry: Entry) -> dict[str, Any]:
    """What the instrument is called, whence it comes, when it is due and who signs."""
    loinc = entry.table("loinc") if entry.has("loinc") else None
    read = {
        **{key: entry.text(key) for key in _TEXTS},
        "group": entry.one_of("group", GROUPS),
        "order": entry.number("order"),
        "notice": entry.text("notice", ""),
        "uncertain": entry.texts_or_none("uncertain"),
        "min_age": entry.number_or_none("min_age", 0, 120) or 0,
        "age_words": entry.text("age_words", ""),
        "unable": entry.texts_or_none("unable"),
        "occasions": entry.texts_or_none("occasions"),
        "due": read_due(entry.table("due")),
        "signing": read_signing(entry.table("signing")),
        "loinc": Codes(*(loinc.text(key, "") for key in ("total", "level", "panel"))) if loinc else Codes(),
    }
    if loinc:
        loinc.end()
    return read


_TEXTS = ("code", "version", "title", "short", "icon", "standard", "source", "licence", "report")


def _scoring(entry: Entry) -> dict[str, Any]:
    """How answers become a result."""
    measured = entry.has("measured")
    read: dict[str, Any] = {
        "direction": entry.one_of("direction", DIRECTIONS),
        "levels": tuple(read_level(one, measured=measured) for one in entry.tables("level", at_least=0)),
        "scales": tuple(read_scale(one) for one in entry.tables("scale", at_least=0)),
        "unclear": entry.text("unclear", ""),
        "combination": read_combination(entry.table("combination")) if entry.has("combination") else None,
        "decisions": tuple(read_decision(one) for one in entry.tables("decision", at_least=0)),
        "bandings": tuple(
            read_banding(one, measured=measured) for one in entry.tables("banding", at_least=0)
        ),
        "measured": read_measured(entry.table("measured")) if measured else None,
        "least": read_least(entry.table("change")) if entry.has("change") else None,
        "blocks": tuple(read_block(one) for one in entry.tables("block", at_least=0)),
        "contradictions": tuple(read_contradiction(one) for one in entry.tables("contradiction", at_least=0)),
    }
    if entry.has("changes"):
        changes = entry.table("changes")
        read |= {
            "lead_in": changes.text("lead_in", ""),
            "changes": tuple(read_change(one) for one in changes.tables("rule")),
            "stack_raises": changes.flag("stack_raises"),
            "stack_source": changes.text("stack_source", ""),
        }
        changes.end()
    return read


def _asking(entry: Entry) -> dict[str, Any]:
    """What is asked, and the worked cases."""
    dimensions, sections = read_dimensions(entry), read_sections(entry)
    unable = len(entry.texts_or_none("unable"))
    return {
        "dimensions": dimensions,
        "either": read_either(entry),
        "sections": sections,
        "cases": read_cases(entry, dimensions, sections, unable),
    }
