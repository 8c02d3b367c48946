"""Questions of medication: the round of a floor, what is to be given to one resident."""

from app.medication.queries.round import Recorded, RoundBoard, RoundRow, RoundSheet, SlotRow

__all__ = ["Recorded", "RoundBoard", "RoundRow", "RoundSheet", "SlotRow"]
