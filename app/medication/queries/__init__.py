"""Questions of medication: the round of a floor, what is to be given to one resident."""

from app.medication.queries.blank_doses import BlankDose, BlankDoses
from app.medication.queries.due_count import CountDueDoses
from app.medication.queries.prn_orders import PrnOrders, PrnRow
from app.medication.queries.round import Recorded, RoundBoard, RoundRow, RoundSheet, SlotRow

__all__ = [
    "BlankDose",
    "BlankDoses",
    "CountDueDoses",
    "PrnOrders",
    "PrnRow",
    "Recorded",
    "RoundBoard",
    "RoundRow",
    "RoundSheet",
    "SlotRow",
]
