"""What a referral waits for, until when, and how late it is: answer, approval, consent, arrival, bed, return, papers.

Late is said in steps: in time, overdue, long overdue (shown red), so late that doctor and manager are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.referrals.rules.states import BEFORE, Status


class What(StrEnum):
    """What is waited for."""

    ANSWER = "answer"
    APPROVAL = "approval"
    CONSENT = "consent"
    ARRIVAL = "arrival"
    BED = "bed"
    RETURN = "return"
    ASSESS = "assess"
    PAPERS = "papers"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    What.ANSWER: "对方答复",
    What.APPROVAL: "审批",
    What.CONSENT: "知情同意",
    What.ARRIVAL: "到达登记",
    What.BED: "留床到期",
    What.RETURN: "回转登记",
    What.ASSESS: "返院评估",
    What.PAPERS: "回转资料",
}
IN_TIME, LATE, RED, TOLD = range(4)
"""How late: in time, overdue, long overdue, so late that doctor and manager are told."""


@dataclass(frozen=True)
class Steps:
    """How late makes what: an answer is red after `red` times its time and told after `told` times."""

    red: float
    told: float
    arrival: timedelta
    bed_days: int


@dataclass(frozen=True)
class Wait:
    """One thing that waits. `by`: until when, None where it only waits; `late` as above; `since` when it began."""

    what: What
    since: datetime | None
    by: datetime | None
    late: int = IN_TIME
    on: date | None = None

    def words(self, now: datetime) -> str:
        """What the clock says: 还剩 12 分钟, 超时 3 小时, 留床到 12-05."""
        if self.on is not None:
            day = f"{self.on:%m-%d}"
            return f"留床 {day} 到期" if self.what is What.BED else f"{self.what.words} {day} 要追"
        if self.by is None:
            return f"等{self.what.words}"
        left = self.by - now
        if left >= timedelta(0):
            return f"{self.what.words}还剩 {span(left)}"
        return f"{self.what.words}超时 {span(-left)}"


@dataclass(frozen=True)
class Facts:
    """What of a referral matters for what it waits for. `back`: the time in hospital is over; `papers_on`: the day on
    which missing papers have to be asked for; `assess_by`: until when somebody who returned is assessed."""

    status: Status
    moved_at: datetime | None = None
    due: datetime | None = None
    approved: bool = False
    approval_by: datetime | None = None
    consented: bool = False
    consent_by: datetime | None = None
    left: datetime | None = None
    bed_until: date | None = None
    back: bool = False
    assess_by: datetime | None = None
    papers_on: date | None = None


def waits_of(facts: Facts, now: datetime, today: date, steps: Steps) -> tuple[Wait, ...]:
    """All of them, the latest first; a referral that was withdrawn or refused waits for nothing."""
    if facts.status in (Status.WITHDRAWN, Status.CANCELLED):
        return ()
    found = [
        *_answer(facts, now, steps),
        *_owed(facts, now),
        *_outside(facts, now, today, steps),
        *_after(facts, now, today),
    ]
    return tuple(sorted(found, key=lambda one: (-one.late, one.by is None, one.by or now)))


def _answer(facts: Facts, now: datetime, steps: Steps) -> list[Wait]:
    if facts.status is not Status.SUBMITTED or facts.due is None:
        return []
    since = facts.moved_at or facts.due
    whole, gone = facts.due - since, now - since
    late = IN_TIME
    if now >= facts.due:
        late = TOLD if gone >= whole * steps.told else RED if gone >= whole * steps.red else LATE
    return [Wait(What.ANSWER, since, facts.due, late)]


def _owed(facts: Facts, now: datetime) -> list[Wait]:
    found = []
    if facts.status is Status.PENDING:
        found.append(Wait(What.APPROVAL, facts.moved_at, None, IN_TIME))
    elif facts.approval_by is not None and not facts.approved:
        found.append(Wait(What.APPROVAL, None, facts.approval_by, _past(facts.approval_by, now)))
    if facts.consent_by is not None and not facts.consented:
        found.append(Wait(What.CONSENT, None, facts.consent_by, _past(facts.consent_by, now)))
    return found


def _outside(facts: Facts, now: datetime, today: date, steps: Steps) -> list[Wait]:
    if not facts.status.outside:
        return []
    if facts.back:
        return [Wait(What.RETURN, facts.moved_at, None, RED)]
    found = []
    if facts.status is Status.DEPARTED and facts.left is not None:
        by = facts.left + steps.arrival
        late = IN_TIME if now < by else RED if now >= by + steps.arrival else LATE
        found.append(Wait(What.ARRIVAL, facts.left, by, late))
    if facts.bed_until is not None and (days := (facts.bed_until - today).days) <= steps.bed_days:
        found.append(Wait(What.BED, None, None, RED if days < 0 else LATE, facts.bed_until))
    return found


def _after(facts: Facts, now: datetime, today: date) -> list[Wait]:
    found = []
    if facts.status is Status.RETURNED and facts.assess_by is not None:
        found.append(Wait(What.ASSESS, facts.moved_at, facts.assess_by, _past(facts.assess_by, now)))
    if facts.papers_on is not None and facts.papers_on <= today and facts.status not in BEFORE:
        found.append(Wait(What.PAPERS, None, None, LATE, facts.papers_on))
    return found


def _past(by: datetime, now: datetime) -> int:
    return RED if now >= by else IN_TIME


def span(length: timedelta) -> str:
    """A length in the unit one counts it in: 45 分钟, 3 小时 20 分, 2 天."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} 分钟"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} 小时{f' {rest} 分' if rest else ''}"
    return f"{hours // 24} 天"
