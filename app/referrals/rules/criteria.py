"""Criteria of a referral held against a chart: which are met, by what, since when, how long their clocks still run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.referrals.rules.chart_facts import Facts
from app.referrals.rules.conditions import Condition, Found

EMERGENCY, H48, ELECTIVE = "emergency", "h48", "elective"
KINDS = (EMERGENCY, H48, ELECTIVE)
"""How soon, the soonest first."""


@dataclass(frozen=True)
class Window:
    """A clock that runs from the onset: 静脉溶栓, 270 minutes."""

    words: str
    minutes: int


@dataclass(frozen=True)
class Rule:
    """One criterion, as criteria.toml has it. Without `when` only a person can say that it is met."""

    code: str
    title: str
    words: str
    kind: str
    red: bool
    thinks: str = ""
    asks_for: str = ""
    department: str = ""
    when: tuple[Condition, ...] = ()
    ticks: str = "always"
    asks: str = ""
    alone: bool = False  # `thinks` is said only where nothing else is thought
    hours: int = 12
    windows: tuple[Window, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Met:
    """A criterion and what met it; `found` is None where the chart says nothing. `ticked`: offered as ticked."""

    rule: Rule
    found: Found | None = None
    ticked: bool = False


@dataclass(frozen=True)
class Running:
    """A clock of a criterion: when it closes, how many minutes are left (below nought: so long over)."""

    words: str
    until: datetime
    left: int

    @property
    def over(self) -> bool:
        return self.left < 0


def met(facts: Facts, criteria: Iterable[Rule]) -> tuple[Met, ...]:
    """Every criterion: those the chart meets first, the red ones before the others, each in the order of the file."""
    found = [_met(facts, rule) for rule in criteria]
    return tuple(
        sorted(found, key=lambda one: (one.found is None, KINDS.index(one.rule.kind), not one.rule.red))
    )


def _met(facts: Facts, rule: Rule) -> Met:
    since = facts.now - timedelta(hours=rule.hours)
    found = next((said for one in rule.when if (said := one.found(facts, since)) is not None), None)
    if found is None:
        return Met(rule)
    shown = {"oxygen": found.oxygen, "again": found.again, "never": False}.get(rule.ticks, True)
    return Met(rule, found, shown and not found.asked)


def running(windows: Iterable[Window], since: datetime | None, now: datetime) -> tuple[Running, ...]:
    """The clocks of an onset, in the order they close; none where nobody knows when it began."""
    if since is None:
        return ()
    found = []
    for one in windows:
        until = since + timedelta(minutes=one.minutes)
        found.append(Running(one.words, until, int((until - now).total_seconds() // 60)))
    return tuple(sorted(found, key=lambda one: one.until))


def soonest(kinds: Iterable[str]) -> str:
    """The most pressing of some kinds; an elective one where there is none."""
    known = [KINDS.index(kind) for kind in kinds]
    return KINDS[min(known)] if known else ELECTIVE
