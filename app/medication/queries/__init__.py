"""Questions of medication: the round of a floor, what is to be given to one resident."""

from app.medication.queries.bedside import AlikeRow, BedsideOf, BedsideRow, LastSite
from app.medication.queries.blank_doses import BlankDose, BlankDoses
from app.medication.queries.due_count import CountDueDoses
from app.medication.queries.guided import Coming, GuidedRound, GuidedSheet, NotTaken, Stop
from app.medication.queries.prn_orders import PrnOrders, PrnRow
from app.medication.queries.round import Recorded, RoundBoard, RoundRow, RoundSheet, SlotRow

__all__ = [
    "AlikeRow",
    "BedsideOf",
    "BedsideRow",
    "BlankDose",
    "BlankDoses",
    "Coming",
    "CountDueDoses",
    "GuidedRound",
    "GuidedSheet",
    "LastSite",
    "NotTaken",
    "PrnOrders",
    "PrnRow",
    "Recorded",
    "RoundBoard",
    "RoundRow",
    "RoundSheet",
    "SlotRow",
    "Stop",
]
