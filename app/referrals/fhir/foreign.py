"""Whose foreign resources are asked for at the platform: residents with a referral that is open or just back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from app.core.orders import Question, answers
from app.core.unit import Reader
from app.fhir.part import Followed
from app.referrals.rules.states import OUTSIDE, Status
from app.residents.fhir.consent import refused
from db.models import Referral

_FOLLOWED = (*OUTSIDE, Status.SUBMITTED, Status.DECLINED, Status.ACCEPTED, Status.RETURNED, Status.ASSESSED)
BEFORE = timedelta(days=1)
"""So long before a referral was begun the hospital may have written what belongs to it."""


@dataclass(frozen=True)
class FollowedReferrals(Question[tuple[Followed, ...]]):
    """Those whose hospital may answer."""


@answers(FollowedReferrals)
def followed_referrals(reader: Reader, _question: FollowedReferrals) -> tuple[Followed, ...]:
    rows = reader.session.execute(
        select(Referral.resident, Referral.rid, Referral.at)
        .where(Referral.current, Referral.state != "retracted", Referral.status.in_(_FOLLOWED))
        .order_by(Referral.at)
    ).all()
    private = refused(reader, {resident for resident, _, _ in rows})
    return tuple(
        Followed(resident, rid, at - BEFORE) for resident, rid, at in rows if resident not in private
    )
