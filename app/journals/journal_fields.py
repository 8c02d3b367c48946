"""From the field tables of a journal's file to its fields; choices come from the file or from a code list."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, ClassVar

from app.core.body import sites
from app.core.file_entry import FileEntry
from app.core.form import Choice, Kind
from app.core.resources import resource
from app.journals.journal import Condition, Filled, JournalField, Measure
from app.journals.rules import Band

KINDS = {
    "text": Kind.TEXT,
    "lines": Kind.LINES,
    "number": Kind.NUMBER,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "moment": Kind.MOMENT,
    "choice": Kind.CHOICE,
    "choices": Kind.CHOICES,
    "person": Kind.SUGGESTED,
    "body": Kind.BODY,
    "photos": Kind.PHOTOS,
}
_CHOOSING = (Kind.CHOICE, Kind.CHOICES)
PEOPLE = ("staff", "family", "any")
LONGEST_LINE, LONGEST_TEXT, MOST_PHOTOS = 200, 2000, 6


class Entry(FileEntry):
    """One table of a journal's file."""

    thing: ClassVar[str] = "记录文件"

    def one_of(self, key: str, allowed: tuple[str, ...], usual: str | None = None) -> str:
        found = self.text(key, usual)
        if found not in allowed:
            self.refuse(key, f"应是 {'、'.join(allowed)} 之一")
        return found


def read_field(entry: Entry) -> JournalField:
    """One `[[field]]`. What it refers to is looked at when all fields are known."""
    kind = KINDS[entry.one_of("kind", tuple(KINDS), "text")]
    named = entry.text("kind", "text")
    choices, measures = _choices(entry) if kind in _CHOOSING else ((), {})
    if kind is Kind.BODY:
        choices = tuple(Choice(site.code, site.words) for site in sites())
    read = JournalField(
        key=entry.text("key"),
        label=entry.text("label"),
        kind=kind,
        required=entry.flag("required"),
        unit=entry.text("unit", ""),
        decimals=entry.number("decimals", 0, 4) if entry.has("decimals") else 0,
        low=entry.decimal_or_none("low"),
        high=entry.decimal_or_none("high"),
        choices=choices,
        placeholder=entry.text("placeholder", ""),
        hint=entry.text("hint", ""),
        max_length=_longest(entry, kind),
        most=entry.number("most", 1, 50) if entry.has("most") else MOST_PHOTOS if kind is Kind.PHOTOS else 0,
        when=read_condition(entry, "when"),
        required_when=read_condition(entry, "required_when"),
        keep=entry.flag("keep"),
        usual=entry.text("usual", ""),
        past=entry.flag("past"),
        people=entry.one_of("people", PEOPLE, "any") if named == "person" else "",
        wide=entry.flag("wide"),
        filled=_filled(entry),
        measures=measures,
    )
    entry.end()
    return read


def read_condition(entry: Entry, key: str) -> Condition | None:
    """`{ field = "x", in = ["a"] }`, or `any = ["x", "y"]` for several fields; without `in`, anything said."""
    if not entry.has(key):
        return None
    told = entry.table(key)
    names = (told.text("field"),) if told.has("field") else told.texts("any")
    read = Condition(names, frozenset(told.texts("in")) if told.has("in") else frozenset())
    told.end()
    return read


def _longest(entry: Entry, kind: Kind) -> int:
    usual = LONGEST_TEXT if kind is Kind.LINES else LONGEST_LINE
    return entry.number("max_length", 1, 10_000) if entry.has("max_length") else usual


def _filled(entry: Entry) -> Filled | None:
    if not entry.has("filled"):
        return None
    told = entry.table("filled")
    read = Filled(told.text("by"), told.one_of("what", ("unit", "flag")), told.text("of", ""))
    told.end()
    return read


def _choices(entry: Entry) -> tuple[tuple[Choice, ...], dict[str, Measure]]:
    """Those of the code list first, then those the file adds."""
    listed: tuple[Choice, ...] = ()
    measures: dict[str, Measure] = {}
    if entry.has("codes"):
        name = entry.text("codes")
        found = code_entries(name)
        if not found:
            entry.refuse("codes", f"resources/codes 里没有“{name}.toml”")
        listed = tuple(Choice(one["code"], one["words"]) for one in found)
        measures = {one["code"]: _measure(one) for one in found if "unit" in one}
    if entry.has("choices"):
        own = entry.table("choices")
        listed += tuple(Choice(key, own.text(key)) for key in own)
    if not listed:
        entry.refuse("choices", "应有 choices 或 codes")
    if len({choice.key for choice in listed}) != len(listed):
        entry.refuse("choices", "选项的键重复")
    return listed, measures


@cache
def code_entries(name: str) -> tuple[dict[str, Any], ...]:
    """The entries of `resources/codes/<name>.toml` with everything they say; none where there is no such list."""
    path = resource("codes", f"{name}.toml")
    if not path.exists():
        return ()
    return tuple(tomllib.loads(path.read_text(encoding="utf-8")).get("entry", ()))


def _measure(one: dict[str, Any]) -> Measure:
    band = Band(one.get("low"), one.get("high"), one.get("critical_low"), one.get("critical_high"))
    return Measure(one["unit"], one.get("decimals", 0), band)
