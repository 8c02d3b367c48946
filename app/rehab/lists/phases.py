"""Phases of a course from phases.toml: how soon a plan is reviewed in each, and what asks for a review at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.incidents.kinds import catalogue
from app.rehab.lists.entry import ListEntry, by_code, read_list


@dataclass(frozen=True)
class Phase:
    """One phase; days until the next review: the fewest, the usual and the most."""

    code: str
    words: str
    least_days: int
    review_days: int
    most_days: int


@dataclass(frozen=True)
class Occasion:
    """What asks for a review at once. `incidents`: kinds of incidents that are it; `percent`: a change of a measure by
    more than so much is it, 0 where it is no change."""

    code: str
    words: str
    incidents: tuple[str, ...] = ()
    percent: int = 0


def phases() -> Mapping[str, Phase]:
    """By code, from acute to maintenance."""
    return _read()[0]


def occasions() -> Mapping[str, Occasion]:
    """What asks for a review at once, by code."""
    return _read()[1]


def occasion_of_incident(kind: str) -> Occasion | None:
    """The occasion an incident of this kind is, if it is one."""
    return next((one for one in occasions().values() if kind in one.incidents), None)


@cache
def _read() -> tuple[dict[str, Phase], dict[str, Occasion]]:
    return read_list("phases", build_phases)


def build_phases(top: ListEntry) -> tuple[dict[str, Phase], dict[str, Occasion]]:
    return by_code(top.tables("phase"), _phase), by_code(top.tables("occasion"), _occasion)


def _phase(entry: ListEntry) -> Phase:
    read = Phase(
        entry.text("code"),
        entry.text("words"),
        entry.number("least_days", 1, 365),
        entry.number("review_days", 1, 365),
        entry.number("most_days", 1, 365),
    )
    if not read.least_days <= read.review_days <= read.most_days:
        entry.refuse("review_days", "应在 least_days 与 most_days 之间")
    return read


def _occasion(entry: ListEntry) -> Occasion:
    return Occasion(
        entry.text("code"),
        entry.text("words"),
        entry.some_of("incidents", tuple(catalogue().kinds)),
        entry.number_or_none("percent", 1, 100) or 0,
    )
