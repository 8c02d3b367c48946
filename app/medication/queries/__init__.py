"""Questions of medication: the round of a floor, what is to be given to one resident."""

from app.medication.queries.bedside import AlikeRow, BedsideOf, BedsideRow, LastSite
from app.medication.queries.guided import Coming, GuidedRound, GuidedSheet, NotTaken, Stop
from app.medication.queries.round import Recorded, RoundBoard, RoundRow, RoundSheet, SlotRow

__all__ = [
    "AlikeRow",
    "BedsideOf",
    "BedsideRow",
    "Coming",
    "GuidedRound",
    "GuidedSheet",
    "LastSite",
    "NotTaken",
    "Recorded",
    "RoundBoard",
    "RoundRow",
    "RoundSheet",
    "SlotRow",
    "Stop",
]
