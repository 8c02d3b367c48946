"""States of a referral 转诊: which there are, the moves between them, and why a move is refused.

The machine of 转诊 as institutions work it (草稿 → 待审核 → 已提交 → 已接收 → 已出发 → 已到达 → 诊治中 → 已回转 →
返院评估完成 → 已归档, with its side exits). An emergency or the green channel does not wait: it may be sent, and may
leave, from any state before; approval and consent follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a referral stands."""

    DRAFT = "draft"
    PENDING = "pending"
    REJECTED = "rejected"
    SUBMITTED = "submitted"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    TREATING = "treating"
    MOVED = "moved"
    NO_SHOW = "no_show"
    RETURNED = "returned"
    ASSESSED = "assessed"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    DIED = "died"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def over(self) -> bool:
        """Nothing is awaited any more."""
        return self in OVER

    @property
    def outside(self) -> bool:
        """The resident is on the way to a hospital, or in one."""
        return self in OUTSIDE


_WORDS = {
    Status.DRAFT: "草稿",
    Status.PENDING: "待审核",
    Status.REJECTED: "已驳回",
    Status.SUBMITTED: "已提交",
    Status.DECLINED: "对方未接收",
    Status.ACCEPTED: "已接收",
    Status.DEPARTED: "已出发",
    Status.ARRIVED: "已到达",
    Status.TREATING: "诊治中",
    Status.MOVED: "转往他院",
    Status.NO_SHOW: "失约",
    Status.RETURNED: "已回转",
    Status.ASSESSED: "返院评估完成",
    Status.ARCHIVED: "已归档",
    Status.WITHDRAWN: "已撤回",
    Status.CANCELLED: "已取消",
    Status.DIED: "死亡",
}
OVER = frozenset({Status.ARCHIVED, Status.WITHDRAWN, Status.CANCELLED})
OUTSIDE = frozenset({Status.DEPARTED, Status.ARRIVED, Status.TREATING, Status.MOVED})
BEFORE = (
    Status.DRAFT, Status.PENDING, Status.REJECTED, Status.SUBMITTED, Status.DECLINED, Status.ACCEPTED,
)  # fmt: skip
"""Before the resident left."""

_D, _S = Status, frozenset
MOVES: dict[Status, frozenset[Status]] = {
    _D.DRAFT: _S({_D.PENDING, _D.WITHDRAWN, _D.CANCELLED, _D.DIED}),
    _D.PENDING: _S({_D.SUBMITTED, _D.REJECTED, _D.WITHDRAWN, _D.CANCELLED, _D.DIED}),
    _D.REJECTED: _S({_D.PENDING, _D.WITHDRAWN, _D.CANCELLED, _D.DIED}),
    _D.SUBMITTED: _S({_D.ACCEPTED, _D.DECLINED, _D.WITHDRAWN, _D.CANCELLED, _D.DIED}),
    _D.DECLINED: _S({_D.SUBMITTED, _D.WITHDRAWN, _D.CANCELLED, _D.DIED}),
    _D.ACCEPTED: _S({_D.DEPARTED, _D.DECLINED, _D.NO_SHOW, _D.CANCELLED, _D.DIED}),
    _D.DEPARTED: _S({_D.ARRIVED, _D.MOVED, _D.NO_SHOW, _D.RETURNED, _D.DIED}),
    _D.ARRIVED: _S({_D.TREATING, _D.MOVED, _D.RETURNED, _D.DIED}),
    _D.TREATING: _S({_D.MOVED, _D.RETURNED, _D.DIED}),
    _D.MOVED: _S({_D.ARRIVED, _D.NO_SHOW, _D.RETURNED, _D.DIED}),
    _D.NO_SHOW: _S({_D.DEPARTED, _D.RETURNED, _D.ARCHIVED}),
    _D.RETURNED: _S({_D.ASSESSED, _D.DIED}),
    _D.ASSESSED: _S({_D.ARCHIVED}),
    _D.DIED: _S({_D.ARCHIVED}),
    _D.ARCHIVED: _S(),
    _D.WITHDRAWN: _S(),
    _D.CANCELLED: _S(),
}
"""What may follow what, of every referral."""

URGENT_MOVES: dict[Status, frozenset[Status]] = {
    status: _S({_D.DEPARTED} | ({_D.SUBMITTED} - {status})) for status in BEFORE if status is not _D.ACCEPTED
}
"""What may follow besides, of an emergency or the green channel: it is sent, and leaves, without waiting."""

NEEDS_REASON = _S({_D.REJECTED, _D.DECLINED, _D.WITHDRAWN, _D.CANCELLED, _D.MOVED, _D.NO_SHOW, _D.DIED})
"""Moves that are nothing without words."""


@dataclass(frozen=True)
class Standing:
    """What the moves of a referral depend on. `urgent`: an emergency, or by the green channel; `refused`: the resident
    or who decides for them signed that they do not agree."""

    status: Status
    urgent: bool = False
    consented: bool = False
    partner: bool = True
    refused: bool = False


def next_of(standing: Standing) -> frozenset[Status]:
    """Every state that may follow."""
    more = URGENT_MOVES.get(standing.status, _S()) if standing.urgent else _S()
    return MOVES[standing.status] | more


def refusal_of(standing: Standing, to: Status) -> str | None:
    """Why a move may not be made, in words; None if it may."""
    if to not in next_of(standing):
        return _not_now(standing, to)
    if to in (_D.SUBMITTED, _D.DEPARTED) and not standing.partner:
        return "请先选择接收机构。"
    if to in (_D.SUBMITTED, _D.DEPARTED) and not (standing.consented or standing.urgent):
        if standing.refused:
            return "老人或家属已签字不同意转诊，请先重新签同意书，或取消转诊。"
        return "还没有知情同意。急诊或绿色通道可以先救治后补签，其他转诊请先签同意书。"
    return None


def needs_words(standing: Standing, to: Status) -> str | None:
    """What has to be said with a move, as a refusal asks for it where nothing is; None if nothing has to be."""
    if standing.refused and to in (_D.SUBMITTED, _D.DEPARTED):
        return "已签字不同意转诊。仍要转出请写明理由（如：无决定能力，紧急救治）。"
    return "请填写原因。" if to in NEEDS_REASON else None


def _not_now(standing: Standing, to: Status) -> str:
    status = standing.status
    if status.over:
        return f"这份转诊{status.words}，不能再改。"
    if to is status:
        return f"这份转诊已经是“{status.words}”。"
    if to is _D.WITHDRAWN and status is _D.ACCEPTED:
        return "对方已经接收，不能撤回；老人不去了请用“取消”。"
    if status in BEFORE and to in (_D.SUBMITTED, _D.DEPARTED):
        return (
            f"“{status.words}”的转诊不能直接{'提交' if to is _D.SUBMITTED else '出发'}；急诊或绿色通道可以。"
        )
    return f"“{status.words}”之后不能是“{to.words}”。"
