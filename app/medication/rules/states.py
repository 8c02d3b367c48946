"""States of an order: those that are kept, the moves between them, and what it is called at an instant.

Kept is only what a person did. That an order runs, has come to its end or lapsed unused follows from the time and from
its doses: nobody writes that down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.medication.rules.regime import LONG, PRN, SOS

ISSUED, CHECKED, PAUSED, STOPPED, CANCELLED = "issued", "checked", "paused", "stopped", "cancelled"

MOVES: dict[str, frozenset[str]] = {
    ISSUED: frozenset({CHECKED, CANCELLED}),
    CHECKED: frozenset({PAUSED, STOPPED, CANCELLED}),
    PAUSED: frozenset({CHECKED, STOPPED}),
    STOPPED: frozenset[str](),
    CANCELLED: frozenset[str](),
}
"""What may follow. Cancelling a checked order is refused once a dose was given of it: it is stopped."""


class Standing(StrEnum):
    """What an order is called at an instant."""

    ISSUED = "已开立"
    CHECKED = "已核对"
    RUNNING = "执行中"
    PAUSED = "暂停"
    STOPPED = "已停止"
    CANCELLED = "已取消"
    DONE = "已完成"
    UNUSED = "未用"

    @property
    def over(self) -> bool:
        return self in (Standing.STOPPED, Standing.CANCELLED, Standing.DONE, Standing.UNUSED)


@dataclass(frozen=True)
class Course:
    """What a standing follows from: `ends` planned or effective, `doses` recorded that were given or answered."""

    kind: str
    status: str
    begins: datetime
    ends: datetime | None
    doses: int


def may_move(status: str, to: str) -> bool:
    return to in MOVES.get(status, frozenset())


def standing_of(course: Course, now: datetime, sos: timedelta) -> Standing:
    """What an order is called now; `sos`: how long a 临时备用 holds."""
    if course.status == CANCELLED:
        return Standing.CANCELLED
    if course.status == STOPPED:
        return Standing.STOPPED if course.ends is None or course.ends <= now else _running(course)
    if course.status == ISSUED:
        return Standing.ISSUED
    if course.status == PAUSED:
        return Standing.PAUSED
    return _checked(course, now, sos)


def _checked(course: Course, now: datetime, sos: timedelta) -> Standing:
    if course.kind == SOS:
        if course.doses:
            return Standing.DONE
        return Standing.UNUSED if now >= course.begins + sos else Standing.CHECKED
    if course.kind not in (LONG, PRN) and course.doses:
        return Standing.DONE
    if course.ends is not None and course.ends <= now:
        return Standing.DONE
    return _running(course)


def _running(course: Course) -> Standing:
    return Standing.RUNNING if course.doses else Standing.CHECKED
