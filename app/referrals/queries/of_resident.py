"""The referrals of one resident: for the chart, and the one that is open for the strip above it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.queries.rows import ReferralLine, lines, statement
from db.models import Referral


@dataclass(frozen=True)
class ReferralsOf(Question[tuple[ReferralLine, ...]]):
    """Every referral of a resident, the newest first."""

    resident: UUID


@answers(ReferralsOf)
def referrals_of(reader: Reader, question: ReferralsOf) -> tuple[ReferralLine, ...]:
    reader.require(Right.READ_RESIDENTS)
    asked = statement().where(Referral.resident == question.resident)
    found = lines(reader, asked.order_by(Referral.at.desc(), Referral.number.desc()))
    return tuple(sorted(found, key=lambda one: (one.begun_at, one.number), reverse=True))
