"""How each kind of criterion is held against the chart: a score, a sign, consciousness, an event, a wound, a weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Protocol
from uuid import UUID

from app.referrals.rules.chart_facts import Event, Facts, Measure, run_of

BLEEDING = ("anticoagulant", "antiplatelet")
"""Flags of medicines whoever fell is asked about."""
Said = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Found:
    """What met a criterion. `why`: the limit in words; `more`: what else the chart shows (吸氧 3 L/min);
    `source`: the kind of record; `since`: when it began as far as the chart knows; `oxygen` and `again`: it stayed so
    under oxygen, measured again; `asked`: it is for the person to say whether it is so.
    """

    value: str
    why: str
    at: datetime
    record: UUID | None = None
    since: datetime | None = None
    more: str = ""
    source: str = "体征"
    oxygen: bool = False
    again: bool = False
    asked: bool = False


class Condition(Protocol):
    """One way a chart may meet a criterion."""

    def found(self, facts: Facts, since: datetime) -> Found | None:
        """What met it, nothing older than `since`; None where nothing does."""


@dataclass(frozen=True)
class ScoreCondition:
    """NEWS2 from a total on; with `single`, a parameter of so many points while the total is below `score_below`."""

    score: int | None = None
    single: bool = False
    score_below: int | None = None

    def found(self, facts: Facts, since: datetime) -> Found | None:
        newest = max(facts.scores, key=lambda one: one.at, default=None)
        if newest is None or newest.at < since:
            return None
        if self.score is not None and newest.total >= self.score:
            return Found(f"{newest.total} 分", f"≥ {self.score}", newest.at, newest.record)
        low = self.score_below is None or newest.total < self.score_below
        if self.single and newest.singles and low:
            words = "、".join(newest.singles)
            return Found(f"{words} 3 分", f"总分 {newest.total}", newest.at, newest.record)
        return None


@dataclass(frozen=True)
class SignCondition:
    """A sign below or from a limit on. `again`: minutes within which a second one counts as measured again."""

    sign: str
    below: float | None = None
    at_least: float | None = None
    second_at_least: float | None = None
    scale2: float | None = None
    again: int = 0

    def found(self, facts: Facts, since: datetime) -> Found | None:
        newest = facts.latest(self.sign, since)
        limit = self.scale2 if facts.scale2 and self.scale2 is not None else self.below
        if newest is None or not self._bad(newest, limit):
            return None
        run = tuple(takewhile(lambda one: self._bad(one, limit), facts.of(self.sign, since)))
        first, span = run[-1], timedelta(minutes=self.again)
        return Found(
            newest.said,
            self._why(limit),
            newest.at,
            newest.record,
            first.at if first.at < newest.at else None,
            newest.oxygen,
            oxygen=bool(newest.oxygen),
            again=any(timedelta(0) < newest.at - one.at <= span for one in run),
        )

    def _bad(self, one: Measure, limit: float | None) -> bool:
        if one.number is None:
            return False
        high = self.at_least is not None and one.number >= self.at_least
        other = self.second_at_least is not None and (one.second or 0) >= self.second_at_least
        return high or other or (limit is not None and one.number < limit)

    def _why(self, limit: float | None) -> str:
        if limit is not None:
            return f"< {limit:g}"
        return f"≥ {self.at_least:g}" + (f"/{self.second_at_least:g}" if self.second_at_least else "")


@dataclass(frozen=True)
class DaysCondition:
    """A sign from a limit on, on so many days running, the last one today or yesterday."""

    sign: str
    at_least: float
    days: int

    def found(self, facts: Facts, since: datetime) -> Found | None:
        bad = [one for one in facts.of(self.sign) if one.number is not None and one.number >= self.at_least]
        if not bad or bad[0].at < since:
            return None
        run = _run({one.day for one in bad}, bad[0].day)
        if len(run) < self.days:
            return None
        first = min((one for one in bad if one.day in run), key=lambda one: one.at)
        why = f"连续 {len(run)} 天 ≥ {self.at_least:g}"
        return Found(bad[0].said, why, bad[0].at, bad[0].record, first.at)


@dataclass(frozen=True)
class AlertCondition:
    """Consciousness other than this person's usual one; `since` is the first measurement that was not alert."""

    def found(self, facts: Facts, since: datetime) -> Found | None:
        newest = facts.latest("consciousness", since)
        if newest is None or not newest.letter or facts.alert(newest):
            return None
        begun, good = run_of(facts.of("consciousness"), lambda one: not facts.alert(one))
        first = begun or newest
        why = "新出现" if good is not None or newest.new else "此前未记录"
        return Found(newest.words or newest.letter, why, newest.at, newest.record, first.at)


@dataclass(frozen=True)
class EventCondition:
    """An incident of these kinds, with one of these answers or this harm where they are asked for. `asked`: it is
    offered and not ticked."""

    events: tuple[str, ...]
    answers: Said = field(default_factory=dict)
    harm: tuple[str, ...] = ()
    flag: str = ""
    unless: Said = field(default_factory=dict)
    asked: bool = False

    def found(self, facts: Facts, since: datetime) -> Found | None:
        newest = max(
            (one for one in facts.events if one.at >= since and self._is(one, facts)),
            key=lambda one: one.at,
            default=None,
        )
        if newest is None:
            return None
        flag = self.flag or next((one for one in BLEEDING if one in facts.flags), "")
        medicine = facts.flags.get(flag, "")
        more = f"{'近期停用' if flag in facts.stopped else '在用'}{medicine}" if medicine else ""
        return Found(
            newest.words, "不良事件", newest.at, newest.record, newest.at, more, "不良事件", asked=self.asked
        )

    def _is(self, one: Event, facts: Facts) -> bool:
        if one.kind not in self.events or _said(self.unless, one):
            return False
        if self.flag and self.flag not in facts.flags:
            return False
        told = bool(self.answers or self.harm)
        return not told or _said(self.answers, one) or one.harm in self.harm


@dataclass(frozen=True)
class WoundCondition:
    """A wound of one of these stages that has not healed."""

    wound: tuple[str, ...]

    def found(self, facts: Facts, since: datetime) -> Found | None:
        bad = [one for one in facts.wounds if one.stage in self.wound and one.at >= since]
        newest = max(bad, key=lambda one: one.at, default=None)
        if newest is None:
            return None
        return Found(newest.words, "Ⅲ–Ⅳ 期", newest.at, newest.record, source="皮肤记录")


@dataclass(frozen=True)
class LostCondition:
    """So many per cent of the weight lost in so many days: against the heaviest of that time."""

    lost: float
    days: int
    slack: int = 0

    def found(self, facts: Facts, since: datetime) -> Found | None:
        newest = facts.latest("weight", since)
        if newest is None or newest.value is None:
            return None
        earliest = newest.at - timedelta(days=self.days + self.slack)
        before = [one for one in facts.of("weight", earliest) if one.value and one.at < newest.at]
        heaviest = max(before, key=lambda one: one.value or 0, default=None)
        if heaviest is None or not heaviest.value:
            return None
        share = round((heaviest.value - newest.value) / heaviest.value * 100, 6)
        if share < self.lost:
            return None
        why = f"{heaviest.at:%m-%d} {heaviest.said}，下降 {share:.1f} %"
        return Found(newest.said, why, newest.at, newest.record, heaviest.at)


def _run(days: Iterable[date], last: date) -> set[date]:
    """The days that lie in a row and end with `last`."""
    known, run = set(days), set[date]()
    day = last
    while day in known:
        run.add(day)
        day -= timedelta(days=1)
    return run


def _said(wanted: Said, one: Event) -> bool:
    return any(one.answers.get(key) in answers for key, answers in wanted.items())
