"""What is true of care whoever writes it down: shifts and their hours, slots and their windows, outcomes and times."""

from app.care.rules.outcomes import (
    AWAY,
    DONE,
    NOT_DONE,
    OUTCOMES,
    PARTLY,
    REFUSED,
    needs_why,
    outcome_words,
)
from app.care.rules.shifts import Hours, Shift, Windows, clock_words, minute_of
from app.care.rules.slots import Planned, Slot, SlotState, slots_of, state_of
from app.care.rules.times import WEEKDAYS, WrongTimes, read_times, times_words, weekdays_words

__all__ = [
    "AWAY",
    "DONE",
    "NOT_DONE",
    "OUTCOMES",
    "PARTLY",
    "REFUSED",
    "WEEKDAYS",
    "Hours",
    "Planned",
    "Shift",
    "Slot",
    "SlotState",
    "Windows",
    "WrongTimes",
    "clock_words",
    "minute_of",
    "needs_why",
    "outcome_words",
    "read_times",
    "slots_of",
    "state_of",
    "times_words",
    "weekdays_words",
]
