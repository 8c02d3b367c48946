"""The questions of filling: everything of the chart for a referral, and where the house is for 120."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.core.orders import Question
from app.referrals.filling.filled import Filled


@dataclass(frozen=True)
class FillReferral(Question[Filled]):
    """Everything a referral of this resident takes from the chart, as of now."""

    resident: UUID


@dataclass(frozen=True)
class CallFacts:
    """What is read to 120 of the place: `missing` names in words what nobody set up."""

    address: str
    building: str
    floor: str
    bed: str
    lift: str
    meeting: str
    phone: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class CallScript(Question[CallFacts]):
    """Where the ambulance has to come for this resident."""

    resident: UUID
