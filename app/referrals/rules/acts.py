"""What may be done with a referral where it stands: every act with its words, and why it may not be done now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.referrals.rules.states import OVER, Standing, Status, next_of, refusal_of


class Act(StrEnum):
    """One act on a referral. Most make a move; the last three do not."""

    ASK = "ask"
    APPROVE = "approve"
    REJECT = "reject"
    SUBMIT = "submit"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    DEPART = "depart"
    ARRIVE = "arrive"
    TAKE_OVER = "take_over"
    MOVE_ON = "move_on"
    NO_SHOW = "no_show"
    RETURN = "return"
    ASSESS = "assess"
    ARCHIVE = "archive"
    DIED = "died"
    STRIKE = "strike"
    CONSENT = "consent"
    APPROVE_AFTER = "approve_after"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Act.ASK: "提请审批",
    Act.APPROVE: "同意并提交",
    Act.REJECT: "驳回",
    Act.SUBMIT: "提交",
    Act.ACCEPT: "对方已接收",
    Act.DECLINE: "对方未接收",
    Act.WITHDRAW: "撤回",
    Act.CANCEL: "取消转诊",
    Act.DEPART: "登记出发",
    Act.ARRIVE: "登记到达",
    Act.TAKE_OVER: "登记接诊",
    Act.MOVE_ON: "转往他院",
    Act.NO_SHOW: "失约",
    Act.RETURN: "登记回转",
    Act.ASSESS: "返院评估",
    Act.ARCHIVE: "归档",
    Act.DIED: "死亡",
    Act.STRIKE: "撤销上一步",
    Act.CONSENT: "登记知情同意",
    Act.APPROVE_AFTER: "补审批",
}
_TO = {
    Act.ASK: Status.PENDING,
    Act.REJECT: Status.REJECTED,
    Act.ACCEPT: Status.ACCEPTED,
    Act.DECLINE: Status.DECLINED,
    Act.DEPART: Status.DEPARTED,
    Act.ARRIVE: Status.ARRIVED,
    Act.TAKE_OVER: Status.TREATING,
    Act.MOVE_ON: Status.MOVED,
    Act.RETURN: Status.RETURNED,
    Act.ASSESS: Status.ASSESSED,
    Act.ARCHIVE: Status.ARCHIVED,
    Act.NO_SHOW: Status.NO_SHOW,
    Act.WITHDRAW: Status.WITHDRAWN,
    Act.CANCEL: Status.CANCELLED,
    Act.DIED: Status.DIED,
}
_MAIN = {
    Status.DRAFT: Act.ASK,
    Status.PENDING: Act.APPROVE,
    Status.REJECTED: Act.ASK,
    Status.SUBMITTED: Act.ACCEPT,
    Status.DECLINED: Act.SUBMIT,
    Status.ACCEPTED: Act.DEPART,
    Status.DEPARTED: Act.ARRIVE,
    Status.ARRIVED: Act.TAKE_OVER,
    Status.TREATING: Act.RETURN,
    Status.MOVED: Act.ARRIVE,
    Status.NO_SHOW: Act.RETURN,
    Status.RETURNED: Act.ASSESS,
    Status.ASSESSED: Act.ARCHIVE,
    Status.DIED: Act.ARCHIVE,
}
NO_REFERRING = "您没有“办理转诊”的权限，可以看，不能改。"
NO_APPROVING = "您没有“审批转诊”的权限，要由医生或院长审批。"
NOT_OWN = "自己提出的转诊要由另一位审批。"


@dataclass(frozen=True)
class Situation:
    """What acts depend on: the person's rights, whether they asked for it themselves, whether the resident is back
    in the house, approval that is owed, and whether the last move may be struck."""

    standing: Standing
    may_refer: bool = True
    may_approve: bool = False
    own: bool = False
    back: bool = False
    approval_owed: bool = False
    strikes: bool = False
    decided: bool = False  # the last move was the decision of whoever approves


@dataclass(frozen=True)
class Offered:
    """An act that is offered; `why_not` in words where it may not be done now, by this person."""

    act: Act
    why_not: str = ""


def acts_of(asked: Situation) -> tuple[Offered, ...]:
    """The next step first, then the others in the order of the machine."""
    status = asked.standing.status
    following = next_of(asked.standing)
    found = [Offered(act, _why_not(asked, act, to)) for act, to in _TO.items() if to in following]
    if Status.SUBMITTED in following:
        found += _submitting(asked)
    if asked.approval_owed:
        found.append(Offered(Act.APPROVE_AFTER, _why_no_approval(asked)))
    if asked.strikes:
        found.append(Offered(Act.STRIKE, _why_no_strike(asked)))
    first = main_of(asked, {one.act: one for one in found})
    return tuple(sorted(found, key=lambda one: one.act is not first)) if status not in OVER else tuple(found)


def main_of(asked: Situation, offered: dict[Act, Offered]) -> Act | None:
    """The next step: of an emergency without waiting, of somebody who is back the return, else as the machine goes."""
    status = asked.standing.status
    if asked.back and status.outside:
        return Act.RETURN
    if status is Status.NO_SHOW and asked.back:
        return Act.ARCHIVE
    usual = _MAIN.get(status)
    urgent = asked.standing.urgent and status in (Status.DRAFT, Status.PENDING, Status.REJECTED)
    if urgent and (usual is not Act.APPROVE or offered[Act.APPROVE].why_not):
        return Act.SUBMIT
    return usual


def _submitting(asked: Situation) -> list[Offered]:
    """Sending is the approval of what waits for it; an emergency, or what was declined before, is sent as it is."""
    refused = refusal_of(asked.standing, Status.SUBMITTED) or ""
    found = []
    if asked.standing.status is Status.PENDING:
        found.append(Offered(Act.APPROVE, _why_no_approval(asked) or refused))
    if asked.standing.urgent or asked.standing.status is Status.DECLINED:
        found.append(Offered(Act.SUBMIT, refused if asked.may_refer else NO_REFERRING))
    return found


def _why_not(asked: Situation, act: Act, to: Status) -> str:
    if act is Act.REJECT:
        return "" if asked.may_approve else NO_APPROVING
    if not asked.may_refer:
        return NO_REFERRING
    return refusal_of(asked.standing, to) or ""


def _why_no_strike(asked: Situation) -> str:
    if not asked.may_refer:
        return NO_REFERRING
    return NO_APPROVING if asked.decided and not asked.may_approve else ""


def _why_no_approval(asked: Situation) -> str:
    if not asked.may_approve:
        return NO_APPROVING
    return NOT_OWN if asked.own else ""
