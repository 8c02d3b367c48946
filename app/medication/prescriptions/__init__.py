"""Prescriptions for longer: 长期处方, 延伸处方 of a hospital, free basic medicines 免费基本药物.

policy     the rules of resources/medication/prescriptions.toml
rules      pure: what may be on a long prescription, for how long, by whom; how much is needed
eligible   who gets free medicines, by diagnosis and entitlement
acts       prescribe, renew, hand out, end
rows       a prescription as it is shown, and why it is to be assessed anew
ending     those that end soon and have nothing after them
questions  what may go on one, the free list of a month
board      what the screens show: every list with its count, and what a form begins with
form       what the forms ask
"""

from app.medication.prescriptions.acts import EndPrescription, HandOut, PrescribeExtended, PrescribeLong
from app.medication.prescriptions.board import RxBoard, RxSheet, RxStart, StartRx
from app.medication.prescriptions.ending import CountEnding
from app.medication.prescriptions.free import Item, PrescribeFree
from app.medication.prescriptions.questions import (
    Candidate,
    FreeList,
    FreeMonth,
    LongCandidates,
)
from app.medication.prescriptions.rows import PrescriptionRow
from app.medication.prescriptions.writing import EXTENDED, FREE, LONG, Signed

__all__ = [
    "EXTENDED",
    "FREE",
    "LONG",
    "Candidate",
    "CountEnding",
    "EndPrescription",
    "FreeList",
    "FreeMonth",
    "HandOut",
    "Item",
    "LongCandidates",
    "PrescribeExtended",
    "PrescribeFree",
    "PrescribeLong",
    "PrescriptionRow",
    "RxBoard",
    "RxSheet",
    "RxStart",
    "Signed",
    "StartRx",
]
