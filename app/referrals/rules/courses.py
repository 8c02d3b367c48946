"""How a referral went, for counting: its outcome, door to door, what was asked of the partner and answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.referrals.rules.legs import Leg
from app.referrals.rules.states import Status

OUTCOMES = {
    "returned": "返院",
    "outside": "在外诊治",
    "moved": "转往他院",
    "died": "死亡",
    "no_show": "失约",
    "declined": "对方未接收",
    "withdrawn": "撤回",
    "cancelled": "取消",
    "before": "未出发",
}
"""Each referral has one of them."""
GRAVE = frozenset({"died", "no_show", "declined"})
STRETCHES = {
    "leave": ("启动 → 离院", "started", "left"),
    "way": ("离院 → 到达", "left", "arrived"),
    "door": ("到达 → 接诊", "arrived", "taken_over"),
    "whole": ("启动 → 接诊", "started", "taken_over"),
}
_OUTCOME = {
    Status.RETURNED: "returned",
    Status.ASSESSED: "returned",
    Status.DEPARTED: "outside",
    Status.ARRIVED: "outside",
    Status.TREATING: "outside",
    Status.MOVED: "moved",
    Status.DIED: "died",
    Status.NO_SHOW: "no_show",
    Status.DECLINED: "declined",
    Status.WITHDRAWN: "withdrawn",
    Status.CANCELLED: "cancelled",
}
_ANSWERS = frozenset({Status.ACCEPTED, Status.DECLINED, Status.TREATING})
_CLOSES = frozenset({Status.WITHDRAWN, Status.CANCELLED, Status.DIED, Status.NO_SHOW, Status.RETURNED})


@dataclass(frozen=True)
class Course:
    """A referral as it stands. `moves`: those that were not struck; `started`, `departed`: the green channel was
    started, the house left; `legs`: the hospitals it went to, with the times there."""

    rid: UUID
    resident: UUID
    name: str
    number: str
    at: datetime
    cause: str
    partner: str
    partner_words: str
    urgency: str
    green: bool
    status: Status
    moves: tuple[tuple[Status, datetime], ...]
    started: datetime | None
    departed: datetime | None
    legs: tuple[Leg, ...]

    @property
    def urgent(self) -> bool:
        return self.urgency == "emergency" or self.green

    @property
    def left(self) -> bool:
        return any(to is Status.DEPARTED for to, _at in self.moves)

    @property
    def moved_on(self) -> bool:
        """Whether it went to another hospital on its way, wherever it is now."""
        return any(to is Status.MOVED for to, _at in self.moves)


@dataclass(frozen=True)
class Asked:
    """The partner was asked at `at`. `answered` None: it never was; `until`: when it was answered or nothing was
    awaited any more."""

    at: datetime
    answered: datetime | None
    until: datetime

    def late(self, limit: timedelta) -> bool:
        return self.until - self.at > limit


def outcome(course: Course) -> str:
    """How it ended, or where it is: an archived one as it was before it was put away."""
    status = course.status
    if status is Status.ARCHIVED:
        before = [to for to, _at in course.moves if to is not Status.ARCHIVED]
        status = before[-1] if before else Status.RETURNED
    return _OUTCOME.get(status, "before")


def stretch(course: Course, key: str) -> timedelta | None:
    """How long a stretch took; None where a time is missing or the two stand the wrong way round. Without a green
    channel it began when the referral was begun."""
    _words, begins, ends = STRETCHES[key]
    leg = leg_of(course, key)
    known = {
        "started": course.started or course.at,
        "left": course.departed,
        "arrived": leg.arrived,
        "taken_over": leg.taken_over,
    }
    since, until = known[begins], known[ends]
    if since is None or until is None:
        return None
    since = since.replace(second=0, microsecond=0)
    return until - since if until >= since else None


def leg_of(course: Course, key: str) -> Leg:
    """Of one that was moved on: the hospital a stretch is of. They left for the first; the way ends where they first
    arrived, what ends with 接诊 where they were first taken over; where that never was, the last one."""
    if key == "leave":
        return course.legs[0]
    ends = "arrived" if key == "way" else "taken_over"
    return next((leg for leg in course.legs if getattr(leg, ends) is not None), course.legs[-1])


def asked(course: Course, now: datetime) -> Sequence[Asked]:
    """Every time it was submitted, with what came of it. Whoever took the resident over has answered."""
    found: list[Asked] = []
    since: datetime | None = None
    for to, at in course.moves:
        if to is Status.SUBMITTED:
            since = at if since is None else since
        elif since is not None and to in _ANSWERS | _CLOSES:
            found.append(Asked(since, at if to in _ANSWERS else None, at))
            since = None
    if since is not None:
        found.append(Asked(since, None, now))
    return found
