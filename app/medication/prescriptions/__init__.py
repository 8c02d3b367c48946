"""Prescriptions for longer: 长期处方, 延伸处方 of a hospital, free basic medicines 免费基本药物.

policy     the rules of resources/medication/prescriptions.toml
rules      pure: what may be on a long prescription, for how long, by whom; how much is needed
eligible   who gets free medicines, by diagnosis and entitlement
acts       prescribe, renew, hand out, end
questions  a resident's prescriptions, those that end soon, the free list of a month
"""

from app.medication.prescriptions.acts import EndPrescription, HandOut, PrescribeExtended, PrescribeLong
from app.medication.prescriptions.free import Item, PrescribeFree
from app.medication.prescriptions.questions import (
    Eligibility,
    FreeList,
    FreeMonth,
    LongCandidates,
    Prescriptions,
    PrescriptionsEnding,
)
from app.medication.prescriptions.writing import Signed

__all__ = [
    "Eligibility",
    "EndPrescription",
    "FreeList",
    "FreeMonth",
    "HandOut",
    "Item",
    "LongCandidates",
    "PrescribeExtended",
    "PrescribeFree",
    "PrescribeLong",
    "Prescriptions",
    "PrescriptionsEnding",
    "Signed",
]
