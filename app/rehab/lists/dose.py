"""What the dose of an item may ask for, from dose.toml, and the steps it chooses from, from stages.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite

from app.journals.journal_fields import code_entries
from app.rehab.lists.entry import ListEntry, by_code, read_list

KINDS = ("number", "choice", "choices", "text")
FROM_ITEM = ("points", "methods")
"""What is chosen from the item's own list."""

Choices = tuple[tuple[str, str], ...]
"""(code, words) in order."""


@dataclass(frozen=True)
class Scale:
    """Functional steps from the most dependent to the least: assistance, weight bearing, sitting balance …"""

    code: str
    words: str
    steps: Choices

    def step_words(self, code: str) -> str:
        return dict(self.steps).get(code, code)


@dataclass(frozen=True)
class DoseField:
    """One thing a dose says. `least` and `most` bound a number; `of`: the item's own list it is chosen from; `short`
    stands before the number in a line, where the unit alone would not tell what it is; `load`: more of it is a
    heavier training."""

    code: str
    words: str
    kind: str
    unit: str = ""
    decimals: int = 0
    least: float | None = None
    most: float | None = None
    choices: Choices = ()
    of: str = ""
    short: str = ""
    load: bool = False

    def wrong(self, value: object) -> str:
        """What is wrong with a value, empty if it may stand. A field chosen from an item's list is not looked at."""
        if self.kind == "number":
            return self._wrong_number(value)
        said = value if isinstance(value, list | tuple) else [value]
        if any(not isinstance(one, str) for one in said) or (len(said) > 1 and self.kind != "choices"):
            return f"{self.words}应是文字"
        known = dict(self.choices)
        unknown = [one for one in said if known and one not in known]
        return f"{self.words}没有“{unknown[0]}”这一项" if unknown else ""

    def said(self, value: object) -> str:
        """A value in words: `5 次`, `保持 5 秒`, `左侧`."""
        if self.kind == "number" and isinstance(value, int | float):
            number = f"{value:g}{'' if self.unit in ('%', '°', '%体重') else ' '}{self.unit}"
            return f"{self.short} {number}" if self.short else number
        known = dict(self.choices)
        each = value if isinstance(value, list | tuple) else [value]
        return "、".join(known.get(str(one), str(one)) for one in each)

    def _wrong_number(self, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            return f"{self.words}应是数字"
        low = float("-inf") if self.least is None else self.least
        high = float("inf") if self.most is None else self.most
        return (
            ""
            if low <= value <= high
            else f"{self.words}应在 {low:g}～{high:g} {self.unit}之间".replace(" 之", "之")
        )


@cache
def scales() -> Mapping[str, Scale]:
    """Functional steps by code, in the order of the file."""
    return read_list("stages", build_scales)


@cache
def dose_fields() -> Mapping[str, DoseField]:
    """What a dose may ask for by code, in the order of the file, which is that of the form."""
    return read_list("dose", build_dose_fields)


def build_scales(top: ListEntry) -> dict[str, Scale]:
    return by_code(top.tables("scale"), _scale)


def build_dose_fields(top: ListEntry) -> dict[str, DoseField]:
    return by_code(top.tables("field"), _field)


def _scale(entry: ListEntry) -> Scale:
    steps = entry.tables("step", at_least=2)
    return Scale(entry.text("code"), entry.text("words"), tuple(_step(step) for step in steps))


def _step(entry: ListEntry) -> tuple[str, str]:
    read = entry.text("code"), entry.text("words")
    entry.end()
    return read


def _field(entry: ListEntry) -> DoseField:
    kind = entry.one_of("kind", KINDS)
    choices, of = _choices(entry)
    if kind in ("choice", "choices") and not (choices or of):
        entry.refuse("kind", "要选的项目没有写从哪里选")
    return DoseField(
        entry.text("code"),
        entry.text("words"),
        kind,
        entry.text("unit", ""),
        entry.number("decimals", 0, 2) if entry.has("decimals") else 0,
        entry.decimal_or_none("least"),
        entry.decimal_or_none("most"),
        choices,
        of,
        entry.text("short", ""),
        entry.flag("load"),
    )


def _choices(entry: ListEntry) -> tuple[Choices, str]:
    """Steps of a scale, a list of resources/codes, or the name of a list of the item itself."""
    if entry.has("scale"):
        return scales()[entry.one_of("scale", tuple(scales()))].steps, ""
    if entry.has("codes"):
        name = entry.text("codes")
        found = code_entries(name)
        if not found:
            entry.refuse("codes", f"resources/codes 里没有“{name}.toml”")
        return tuple((one["code"], one["words"]) for one in found), ""
    return (), entry.one_of("of", FROM_ITEM) if entry.has("of") else ""
