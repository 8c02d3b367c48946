"""Giving: what is in the way of a dose, the acts that say what became of it, and what follows from it.

prompting     what stands between a slot and the one key that gives it
writing       the row of one dose, the refusals every act shares
give          one dose, or all that is due to a resident
prn           a dose when needed
otherwise     not given: a reason of the fourteen
after         effect of a PRN dose, end of an infusion, countersignature
correcting    correct, retract, take back
closing       a shift is closed: each blank is confirmed as missed by whoever closes it
"""

from app.medication.giving.after import Countersign, EndInfusion, RecordEffect
from app.medication.giving.closing import CloseDoses, Missed
from app.medication.giving.correcting import CorrectDose, RetractDose, TakeBackDoses
from app.medication.giving.give import Give, GiveAll, Given, Left
from app.medication.giving.otherwise import NotGiven, NotGivenAll
from app.medication.giving.prn import GivePrn
from app.medication.giving.writing import Said

__all__ = [
    "CloseDoses",
    "CorrectDose",
    "Countersign",
    "EndInfusion",
    "Give",
    "GiveAll",
    "GivePrn",
    "Given",
    "Left",
    "Missed",
    "NotGiven",
    "NotGivenAll",
    "RecordEffect",
    "RetractDose",
    "Said",
    "TakeBackDoses",
]
