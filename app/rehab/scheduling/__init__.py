"""The week of rehab: acts on single sessions, a therapist's time off, free times, and what stands in the way."""

from app.rehab.around import Around, around, placed_of, when_words
from app.rehab.scheduling.booking import (
    AddSession,
    CancelSession,
    LetGo,
    MoveSession,
)
from app.rehab.scheduling.free import Wanting, free_times
from app.rehab.scheduling.off import EndNotThere, NotThere
from app.rehab.scheduling.placing import Placing
from app.rehab.scheduling.undoing import UndoBooking

__all__ = [
    "AddSession",
    "Around",
    "CancelSession",
    "EndNotThere",
    "LetGo",
    "MoveSession",
    "NotThere",
    "Placing",
    "UndoBooking",
    "Wanting",
    "around",
    "free_times",
    "placed_of",
    "when_words",
]
