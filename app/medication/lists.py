"""Lists of medication read from resources/medication: frequencies, routes, reasons, windows, rounds, hold rules."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from app.care.rules import minute_of
from app.core.resources import resource
from app.core.settings import Settings
from app.medication.rules.prompts import Hold
from app.medication.rules.slots import Windows

MEALS = {"": "", "ac": "餐前", "pc": "餐后", "with": "随餐", "empty": "空腹"}
"""When a medicine is taken with regard to meals, in words; empty where it does not matter."""


@dataclass(frozen=True)
class Frequency:
    """How often: its times by the institution's table, days between, weekdays to be chosen, or times to be asked."""

    code: str
    words: str
    times: tuple[str, ...]
    every_days: int = 1
    every_weeks: int = 1
    weekdays: int = 0
    hours: int = 0
    ask: bool = False


@dataclass(frozen=True)
class Route:
    """A way of giving. `sites`: where, to be chosen; `injected`: a second person checks; `infusion` ends later."""

    code: str
    words: str
    sites: tuple[str, ...] = ()
    injected: bool = False
    infusion: bool = False


@dataclass(frozen=True)
class Reason:
    """Why a dose was not given as ordered: number for the keyboard, letter for grid and paper, the outcome it means."""

    number: int
    letter: str
    words: str
    outcome: str
    words_needed: bool = False
    value: bool = False


@dataclass(frozen=True)
class Round:
    """A part of the day in which a floor is walked: doses from `begins` (minute of the day) until the next round."""

    key: str
    words: str
    begins: int


@dataclass(frozen=True)
class Matters:
    """What makes a task for the doctor, and until when a doctor signs what others wrote down."""

    refusals: int
    refusals_within: timedelta
    misses: int
    misses_within: timedelta
    sign_within: timedelta
    verbal_within: timedelta


@dataclass(frozen=True)
class Question:
    """What is asked before a medicine is given (`ask`, good if yes), and why it is held back if no (`words`)."""

    key: str
    ask: str
    words: str


@cache
def frequencies() -> dict[str, Frequency]:
    """`resources/medication/frequencies.toml` by code, in its order."""
    return {
        one["code"]: Frequency(
            one["code"],
            one["words"],
            tuple(one["times"]),
            one.get("every_days", 1),
            one.get("every_weeks", 1),
            one.get("weekdays", 0),
            one.get("hours", 0),
            one.get("ask", False),
        )
        for one in _read("frequencies")["frequency"]
    }


def frequencies_here(settings: Settings) -> dict[str, Frequency]:
    """As `frequencies`, with the times of the institution's own table."""
    own = settings.order_times
    return {
        code: replace(one, times=tuple(own[code])) if own.get(code) else one
        for code, one in frequencies().items()
    }


def frequency_words(code: str) -> str:
    known = frequencies().get(code)
    return known.words if known is not None else code


@cache
def routes() -> dict[str, Route]:
    """`resources/medication/routes.toml` by code, in its order."""
    return {
        one["code"]: Route(
            one["code"],
            one["words"],
            tuple(one.get("sites", ())),
            one.get("injected", False),
            one.get("infusion", False),
        )
        for one in _read("routes")["route"]
    }


def route_of(code: str) -> Route:
    """The entry of a code; one the list no longer has is said as it is."""
    return routes().get(code) or Route(code, code)


@cache
def reasons() -> dict[int, Reason]:
    """`resources/medication/reasons.toml` by number."""
    return {
        one["number"]: Reason(
            one["number"],
            one["letter"],
            one["words"],
            one["outcome"],
            one.get("words_needed", False),
            one.get("value", False),
        )
        for one in _read("reasons")["reason"]
    }


def reason_words(number: int | None, note: str = "") -> str:
    """`拒服`, `其他：老人已睡`."""
    known = reasons().get(number or 0)
    words = known.words if known is not None else ""
    return "：".join(part for part in (words, note) if part)


@cache
def unreconciled_reason() -> int:
    """The number of the reason under which a dose was held because nobody had decided about it after a hospital."""
    return int(_read("reasons")["unreconciled"]["number"])


@cache
def missed_words() -> tuple[str, str, tuple[str, ...]]:
    """Letter and word of a missed dose, and why it may have been."""
    missed = _read("reasons")["missed"]
    return missed["letter"], missed["words"], tuple(missed["why"])


@cache
def windows() -> Windows:
    """When a dose is in time."""
    window = _read("giving")["window"]
    return Windows(
        timedelta(minutes=window["early_minutes"]),
        timedelta(minutes=window["late_minutes"]),
        timedelta(minutes=window["critical_minutes"]),
        timedelta(minutes=window["stat_minutes"]),
        timedelta(hours=window["sos_hours"]),
        timedelta(hours=window["record_within_hours"]),
    )


@cache
def effect_due() -> tuple[timedelta, timedelta]:
    """From when and until when the effect of a PRN dose is looked at."""
    prn = _read("giving")["prn"]
    return timedelta(minutes=prn["effect_from_minutes"]), timedelta(minutes=prn["effect_until_minutes"])


@cache
def skin_test_after() -> timedelta:
    """How long after a skin test its result is read."""
    return timedelta(minutes=_read("giving")["orders"]["skin_test_minutes"])


def review_every() -> int:
    """Days between two 总查对 of a floor."""
    return int(_read("giving")["orders"]["review_days"])


@cache
def matters() -> Matters:
    doctor = _read("giving")["doctor"]
    return Matters(
        doctor["refusals"],
        timedelta(hours=doctor["refusals_hours"]),
        doctor["misses"],
        timedelta(hours=doctor["misses_hours"]),
        timedelta(hours=doctor["sign_within_hours"]),
        timedelta(hours=doctor["verbal_within_hours"]),
    )


@cache
def rounds() -> tuple[Round, ...]:
    """The rounds of a service date, in the order of the day."""
    found = [Round(one["key"], one["words"], minute_of(one["begins"])) for one in _read("giving")["round"]]
    return tuple(sorted(found, key=lambda one: one.begins))


def round_of(name: str) -> Round:
    """The round a nominal time of a service date belongs to."""
    minute = minute_of(name)
    return [one for one in rounds() if one.begins <= minute][-1]


@cache
def holds() -> Mapping[str, Hold]:
    """`resources/medication/holds.toml` by key."""
    return {
        one["key"]: Hold(
            one["key"],
            one["sign"],
            one["part"],
            Decimal(str(one["below"])),
            one["unit"],
            one["words"],
            timedelta(hours=one["within_hours"]),
        )
        for one in _read("holds")["hold"]
    }


@cache
def questions() -> Mapping[str, Question]:
    """What is looked at before a medicine is given without measuring: the questions of `holds.toml` by key."""
    return {one["key"]: Question(one["key"], one["ask"], one["words"]) for one in _read("holds")["question"]}


@cache
def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = tomllib.loads(resource("medication", f"{name}.toml").read_text(encoding="utf-8"))
    return read
