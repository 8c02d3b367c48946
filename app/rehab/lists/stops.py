"""Stop rules of a training from stop_rules.toml, and the conditions some of them are only for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.rehab.lists.attendance import reactions
from app.rehab.lists.disciplines import disciplines
from app.rehab.lists.entry import ListEntry, by_code, read_list
from app.rehab.rules.stopping import BEFORE_EFFECTS, CHANGES, DURING_EFFECTS, MEASURES, StopRule, sound


@dataclass(frozen=True)
class Condition:
    """What makes some rules hold for a resident. `icd10`: beginnings of codes of diagnoses that suggest it;
    `until_age`: it is so for everybody younger, 0 for nobody; `sensory_level`: below one the resident feels nothing,
    and what an item says of that holds."""

    code: str
    words: str
    icd10: tuple[str, ...] = ()
    until_age: int = 0
    sensory_level: bool = False


def conditions() -> Mapping[str, Condition]:
    """By code, in the order of the file."""
    return _read()[0]


def stop_rules() -> Mapping[str, StopRule]:
    """By code, in the order of the file, which is that of the panel."""
    return _read()[1]


def conditions_of(diagnoses: tuple[str, ...], age: int | None = None) -> tuple[str, ...]:
    """The conditions that diagnoses (ICD-10 codes) suggest (a doctor decides), and those of the age in years."""
    return tuple(
        one.code
        for one in conditions().values()
        if any(code.startswith(one.icd10) for code in diagnoses if one.icd10)
        or (age is not None and age < one.until_age)
    )


@cache
def _read() -> tuple[dict[str, Condition], dict[str, StopRule]]:
    return read_list("stop_rules", build_stops)


def build_stops(top: ListEntry) -> tuple[dict[str, Condition], dict[str, StopRule]]:
    known = by_code(top.tables("condition"), _condition)
    return known, by_code(top.tables("rule"), lambda entry: _rule(entry, known))


def _condition(entry: ListEntry) -> Condition:
    return Condition(
        entry.text("code"),
        entry.text("words"),
        entry.texts_or_none("icd10"),
        entry.number_or_none("until_age", 1, 120) or 0,
        entry.flag("sensory_level"),
    )


def _rule(entry: ListEntry, known: Mapping[str, Condition]) -> StopRule:
    read = StopRule(
        code=entry.text("code"),
        words=entry.text("words"),
        measure=entry.one_of("measure", MEASURES),
        op=entry.text("op", ""),
        value=entry.decimal_or_none("value") or 0.0,
        before=entry.one_of("before", BEFORE_EFFECTS, ""),
        during=entry.one_of("during", DURING_EFFECTS, ""),
        change=entry.one_of("change", CHANGES, ""),
        symptoms=frozenset(entry.some_of("symptoms", tuple(reactions()))),
        conditions=frozenset(entry.some_of("conditions", tuple(known))),
        unless=frozenset(entry.some_of("unless", tuple(known))),
        disciplines=frozenset(entry.some_of("disciplines", tuple(disciplines()))),
        advice=entry.text("advice"),
        unit=entry.text("unit", ""),
        choices=entry.decimals("choices"),
    )
    if wrong := sound(read):
        entry.refuse("code", wrong)
    return read
