"""The information fields of an instrument file (appendix A): sections, fields, choices."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.assessments.instruments.entries import Entry
from app.assessments.instruments.facts import FIELD_KINDS, Choice, Field, Section

KNOWN_FROM = frozenset(
    {
        "",
        *(f"record.{name}" for name in ("number", "assessed_on", "occasion")),
        *(f"resident.{name}" for name in ("name", "sex", "birth_date", "ethnicity", "id_number")),
        *(f"contact.{name}" for name in ("name", "phone")),
    }
)
"""Where the station already knows what a field asks for."""

OFFERED = frozenset({"", "sex", "education", "marital_status", "insurance", "medicines"})
"""What of a resident suggests an answer, which the assessor may change: coded values, and the medicines taken."""

_ICD_RANGE = re.compile(r"[A-Z][0-9]{2}(-[A-Z][0-9]{2})?")


def read_sections(entry: Entry) -> tuple[Section, ...]:
    """Read every section; choices several fields have in common stand once under `choice_list`."""
    lists = entry.table("choice_list") if entry.has("choice_list") else None
    named = {key: _choices(lists, key) for key in lists} if lists else {}
    return tuple(_section(one, named) for one in entry.tables("section", at_least=0))


def _section(entry: Entry, named: Mapping[str, tuple[Choice, ...]]) -> Section:
    read = Section(
        entry.text("code"), entry.text("title"), tuple(_field(one, named) for one in entry.tables("field"))
    )
    entry.end()
    return read


def _field(entry: Entry, named: Mapping[str, tuple[Choice, ...]]) -> Field:
    kind = entry.one_of("kind", FIELD_KINDS)
    read = Field(
        code=entry.text("code"),
        name=entry.text("name"),
        kind=kind,
        choices=_field_choices(entry, named) if kind in ("choice", "choices") else (),
        columns=entry.texts("columns") if kind == "rows" else (),
        group=entry.text("group", ""),
        help=entry.text("help", ""),
        unit=entry.text("unit", ""),
        low=entry.number_or_none("low"),
        high=entry.number_or_none("high"),
        known_from=_one_of(entry, "from", KNOWN_FROM),
        required=entry.flag("required"),
        carries=entry.flag("carries"),
        offered=_one_of(entry, "offered", OFFERED),
    )
    entry.end()
    return read


def _field_choices(entry: Entry, named: Mapping[str, tuple[Choice, ...]]) -> tuple[Choice, ...]:
    found = entry.raw("choices")
    if not isinstance(found, str):
        return _choices(entry, "choices")
    if found not in named:
        entry.refuse("choices", f"choice_list 里没有“{found}”")
    return named[found]


def _choices(entry: Entry, key: str) -> tuple[Choice, ...]:
    found = entry.raw(key)
    if not isinstance(found, list) or len(found) < 2:
        entry.refuse(key, "应有至少2个选项")
    read = tuple(
        Choice(words=entry.text_at(key, place))
        if isinstance(one, str)
        else _choice(entry.table_at(key, place))
        for place, one in enumerate(found)
    )
    if len({choice.words for choice in read}) != len(read):
        entry.refuse(key, "有相同的选项")
    return read


def _choice(entry: Entry) -> Choice:
    icd = entry.text("icd", "")
    if icd and not _ICD_RANGE.fullmatch(icd):
        entry.refuse("icd", "应是 I10-I15 或 I25 的样子")
    read = Choice(
        words=entry.text("words"),
        help=entry.text("help", ""),
        asks=entry.text("asks", ""),
        alone=entry.flag("alone"),
        icd=icd,
        said=entry.texts("said") if entry.has("said") else (),
        codes=entry.texts("codes") if entry.has("codes") else (),
        counts=entry.number_or_none("counts", 0, 99),
    )
    entry.end()
    return read


def _one_of(entry: Entry, key: str, known: frozenset[str]) -> str:
    found = entry.text(key, "")
    if found not in known:
        entry.refuse(key, f"不认识的来源“{found}”")
    return found
