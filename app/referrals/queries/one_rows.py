"""What one referral is answered with: frozen rows of its moves, consent, approval, times, and all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.referrals.around.calling import HandOver, Script
from app.referrals.documents.covering import LEAVES
from app.referrals.queries.rows import ReferralLine
from app.referrals.revising import Seen
from app.referrals.rules.acts import Act, Offered
from app.referrals.rules.legs import Leg
from app.referrals.rules.states import Status
from app.referrals.rules.waiting import Wait, What
from app.referrals.writing.forms import ReferralForm

CARE = {"inpatient": "住院", "outpatient": "门（急）诊"}


@dataclass(frozen=True)
class Struck:
    """Who struck a move, when, and why."""

    by_name: str
    at: datetime
    why: str


@dataclass(frozen=True)
class MoveLine:
    """One move: when it happened, when and by whom it was written, why; `source`: manual or platform."""

    to: Status
    came_from: Status
    at: datetime
    recorded_at: datetime
    by_name: str
    reason: str
    source: str
    struck: Struck | None = None


@dataclass(frozen=True)
class ConsentLine:
    """What was said to the referral."""

    name: str
    relation: str
    agreed: bool
    words: str
    on_paper: bool
    drawn: Mapping[str, Any]
    told_by: str
    at: datetime


@dataclass(frozen=True)
class ToldLine:
    """One time the family was told; `answer` in words."""

    name: str
    relation: str
    phone: str
    at: datetime
    answer: str
    words: str
    by_name: str


@dataclass(frozen=True)
class Approval:
    """Who approved it, when, in which words."""

    by_name: str
    at: datetime
    words: str


@dataclass(frozen=True)
class TimeLine:
    """One of the times of the green channel; `at` is None while it has not come."""

    code: str
    words: str
    at: datetime | None
    whom: str = ""


@dataclass(frozen=True)
class ReferralRow:
    """One referral. `acts`: what may follow, the next step first; `form`: its content as it is changed; `legs`: the
    hospitals it went to, the one where it is now last."""

    line: ReferralLine
    form: ReferralForm
    texts: tuple[tuple[str, str], ...]
    sbar: tuple[tuple[str, str, str], ...]
    criteria: tuple[Mapping[str, Any], ...]
    attachments: tuple[Mapping[str, Any], ...]
    consent: ConsentLine | None
    consent_by: datetime | None
    approval: Approval | None
    approval_by: datetime | None
    family: tuple[ToldLine, ...]
    script: Script | None
    hand_over: HandOver | None
    handed_over_by: str
    times: tuple[TimeLine, ...]
    more_times: Mapping[str, datetime]
    legs: tuple[Leg, ...]
    moves: tuple[MoveLine, ...]
    acts: tuple[Offered, ...]
    receiver: str
    booking: str
    care: str
    doctor_name: str
    begun_by: str
    due: datetime | None
    bed_until: date | None
    absence: UUID | None
    escort: Mapping[str, Any]
    belongings: tuple[str, ...]
    platform: str = ""  # what the platform says of the state where it is another one

    @property
    def seen(self) -> Seen:
        return self.line.seen

    @property
    def left(self) -> bool:
        """Whether its papers left the house."""
        return any(one.struck is None and one.to in LEAVES for one in self.moves)

    @property
    def status(self) -> Status:
        return self.line.status

    @property
    def waits(self) -> tuple[Wait, ...]:
        return self.line.waits

    @property
    def main(self) -> Act | None:
        """The next step; none of a referral that is over."""
        return self.acts[0].act if self.acts and not self.status.over else None

    @property
    def last(self) -> MoveLine | None:
        """The last move that stands."""
        return next((one for one in reversed(self.moves) if one.struck is None), None)

    def offered(self, act: Act) -> Offered | None:
        return next((one for one in self.acts if one.act is act), None)

    def waits_for(self, what: What) -> Wait | None:
        return next((one for one in self.waits if one.what is what), None)
