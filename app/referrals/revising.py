"""Revisions of records of referrals: the one that stands; the next one is written as those of care are."""

from __future__ import annotations

from typing import Any, TypeVar

from app.care.revising import follow, retract, revise, standing_of_stations
from app.core.unit import Unit
from app.residents.stating import Seen
from db.base import Clinical
from db.models import (
    Agreement,
    ContractService,
    DoctorRound,
    FamilyContract,
    HomeBed,
    Licence,
    Partner,
    Referral,
    ReferralDocument,
    ReferralReturn,
    RoundVisit,
    VisitingDoctor,
)

__all__ = ["Seen", "follow", "retract", "revise", "standing"]
C = TypeVar("C", bound=Clinical)
_TITLES: dict[type[Any], str] = {
    Agreement: "这份协议",
    ContractService: "这条履约记录",
    DoctorRound: "这次巡诊",
    FamilyContract: "这份签约",
    HomeBed: "这张家庭病床",
    Licence: "这份备案",
    Partner: "这家机构",
    Referral: "这份转诊",
    ReferralDocument: "这份文书",
    ReferralReturn: "这条回转记录",
    RoundVisit: "这条巡诊记录",
    VisitingDoctor: "这位医师",
}


def standing(unit: Unit, model: type[C], seen: Seen) -> C:
    """The revision to be changed; refuses one that is gone, was retracted, or was changed since it was seen."""
    return standing_of_stations(unit, model, seen, _TITLES[model])
