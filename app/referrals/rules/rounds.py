"""Rounds of visiting doctors: what state one is in, when the next is due, what a visit still owes; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any


class RoundState(StrEnum):
    """How a round stands: planned, going on, held, cancelled."""

    PLANNED = "planned"
    GOING_ON = "going_on"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def open(self) -> bool:
        """Whether residents may still be put on its list."""
        return self in (RoundState.PLANNED, RoundState.GOING_ON)


_WORDS = {
    RoundState.PLANNED: "已安排",
    RoundState.GOING_ON: "巡诊中",
    RoundState.HELD: "已巡诊",
    RoundState.CANCELLED: "已取消",
}
WAYS = {"on_site": "现场", "video": "视频"}


def state_of(status: str, *, left: bool) -> RoundState:
    """The column `status` with whether the doctor left already."""
    if status == "held":
        return RoundState.HELD if left else RoundState.GOING_ON
    return RoundState(status)


@dataclass(frozen=True)
class Due:
    """When the next round is due by an agreement. `planned`: one is planned by then or later."""

    on: date
    planned: date | None

    def days(self, today: date) -> int:
        """Days until it is due; negative where it is late."""
        return (self.on - today).days

    def wants_planning(self, today: date, remind: int) -> bool:
        """Nothing is planned, and it is due soon or late."""
        return self.planned is None and self.days(today) <= remind

    def words(self, today: date) -> str:
        """`逾期 3 天`, `今天到期`, `还有 4 天`."""
        days = self.days(today)
        if days < 0:
            return f"逾期 {-days} 天"
        return "今天到期" if days == 0 else f"还有 {days} 天"


def due(every: int, begins: date, held: Iterable[date], planned: Iterable[date]) -> Due:
    """`every` days after the last one that was held, or after the agreement begins."""
    last = max(held, default=None)
    on = begins + timedelta(days=every) if last is None else max(last, begins) + timedelta(days=every)
    coming = [day for day in planned if last is None or day > last]
    return Due(on, min(coming, default=None))


def waits(line: Mapping[str, Any]) -> bool:
    """Whether a change of medicines is still to be written as an order."""
    return not line.get("order") and not line.get("why")


def kept_lines(before: Iterable[Mapping[str, Any]], words: Iterable[str]) -> list[dict[str, Any]]:
    """The changes of medicines as they read now: what was written for one that reads the same stays with it."""
    known = [dict(one) for one in before]
    made: list[dict[str, Any]] = []
    for said in words:
        same = next((one for one in known if one["words"] == said), None)
        if same is not None:
            known.remove(same)
        made.append(same if same is not None else {"words": said, "order": None})
    return made


def asked_of(lines: Iterable[Mapping[str, Any]], resident: str) -> list[Mapping[str, Any]]:
    """What was asked about one resident, in the order it was asked."""
    return [one for one in lines if one["resident"] == resident]
