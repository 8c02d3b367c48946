"""The hospitals a referral went to one after the other 转往他院, each with its own times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.referrals.rules.states import Status

OF_HOSPITAL = ("told", "told_whom", "eta", "eta_whom", "arrived", "taken_over", "taken_over_whom")
"""Keys of the times that say something of one hospital only: a move to another one takes them along in its line."""


@dataclass(frozen=True)
class Leg:
    """The way to one hospital. `since`: left the house, or moved on from the hospital before; `until`: moved on from
    this one; `whom`: who took the resident over there."""

    hospital: str
    since: datetime | None
    arrived: datetime | None
    taken_over: datetime | None
    whom: str = ""
    until: datetime | None = None


def legs_of(moves: Iterable[Mapping[str, Any]], hospital: str, times: Mapping[str, Any]) -> tuple[Leg, ...]:
    """In order; the last one is that of the referral as it stands. `moves`: those that were not struck."""
    found, since = [], _instant(times.get("left"))
    for line in moves:
        if line["to"] == Status.MOVED:
            left, until = line.get("left") or {}, _instant(line["at"])
            found.append(_leg(str(left.get("partner", "")), since, left, until))
            since = until
    return (*found, _leg(hospital, since, times, None))


def _leg(hospital: str, since: datetime | None, times: Mapping[str, Any], until: datetime | None) -> Leg:
    arrived, taken = _instant(times.get("arrived")), _instant(times.get("taken_over"))
    return Leg(hospital, since, arrived, taken, str(times.get("taken_over_whom", "")), until)


def _instant(said: Any) -> datetime | None:
    return datetime.fromisoformat(said) if said else None
