"""A referral as the platform's Task: what each state is called there, and what a state said there means here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.referrals.rules.states import Standing, Status, refusal_of

_S = Status
TASK: Final[Mapping[Status, str]] = MappingProxyType({
    _S.DRAFT: "draft", _S.PENDING: "draft", _S.REJECTED: "draft", _S.SUBMITTED: "requested",
    _S.DECLINED: "rejected", _S.ACCEPTED: "accepted", _S.DEPARTED: "ready", _S.ARRIVED: "in-progress",
    _S.TREATING: "in-progress", _S.MOVED: "on-hold", _S.NO_SHOW: "failed", _S.RETURNED: "completed",
    _S.ASSESSED: "completed", _S.ARCHIVED: "completed", _S.WITHDRAWN: "cancelled", _S.CANCELLED: "cancelled",
    _S.DIED: "completed",
})  # fmt: skip
"""Task.status by our state."""
SHOWN: Final[Mapping[str, str]] = MappingProxyType({
    "draft": "草稿", "requested": "已申请", "received": "已收到", "accepted": "已接收", "rejected": "未接收",
    "ready": "已出发", "cancelled": "已取消", "in-progress": "诊治中", "on-hold": "暂停", "failed": "未完成",
    "completed": "已办结", "entered-in-error": "已作废",
})  # fmt: skip
"""Task.status as a nurse reads it."""
THEIRS: Final = frozenset({_S.ACCEPTED, _S.DECLINED, _S.ARRIVED, _S.TREATING, _S.NO_SHOW})
"""Moves the hospital may make: what it does itself. That somebody died, went on or came back a person notes here."""
_COURSE: Final[Mapping[str, int]] = MappingProxyType(
    {"draft": 0, "requested": 0, "received": 0, "accepted": 1, "ready": 2, "in-progress": 3, "completed": 4}
)
"""How far along the usual way; what leaves it has no place."""


def meant(status: str, business: str, now: Status) -> Status | None:
    """Which state the hospital says: in our own words where it knows them, else by FHIR's; None for none of ours."""
    if business in set(Status) and TASK[Status(business)] == status:
        return Status(business)
    if status == "in-progress":
        return _S.TREATING if now in (_S.ARRIVED, _S.TREATING) else _S.ARRIVED
    return {
        "accepted": _S.ACCEPTED, "rejected": _S.DECLINED, "failed": _S.NO_SHOW,
    }.get(status)  # fmt: skip


def move_of(status: str, business: str, standing: Standing) -> Status | None:
    """The move that what the hospital says is; None where it says what stands, or what may not follow it."""
    to = meant(status, business, standing.status)
    if to is None or to not in THEIRS or to is standing.status or refusal_of(standing, to) is not None:
        return None
    return to


def behind(theirs: str, ours: str) -> bool:
    """Whether what is said there was overtaken here: both on the usual way, ours further along."""
    return theirs in _COURSE and ours in _COURSE and _COURSE[theirs] < _COURSE[ours]


def differs(status: str, business: str, now: Status) -> bool:
    """Whether the platform says another state than stands here."""
    if status == "received" and now is _S.SUBMITTED:
        return False
    if status == TASK[now]:
        return business in set(Status) and business != now.value and TASK[Status(business)] == status
    return True
