"""How many referrals are open: the number beside 转诊 in the sidebar."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.orders import Question, answers
from app.core.unit import Reader
from app.referrals.rules.states import OVER
from db.models import Referral

CLOSED = tuple(one.value for one in OVER)


@dataclass(frozen=True)
class CountOpenReferrals(Question[int]):
    """Referrals that are not over: neither archived, withdrawn nor cancelled."""


@answers(CountOpenReferrals)
def count_open_referrals(reader: Reader, _question: CountOpenReferrals) -> int:
    asked = select(func.count(func.distinct(Referral.rid))).where(
        Referral.current, Referral.state != "retracted", Referral.status.not_in(CLOSED)
    )
    return reader.session.scalar(asked) or 0
