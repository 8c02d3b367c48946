"""Acts of care: what is planned, what became of it, and a shift that is closed."""

from app.care.service.closing import Blank, CloseShift
from app.care.service.correcting import CorrectDoing, RetractDoing, TakeBackDoings
from app.care.service.planning import ApplyTemplate, ChangeTask, EndTask, PlanTask, RetractTask
from app.care.service.proposed import Added, KeepTask, Proposed, plan_proposed
from app.care.service.recording import Otherwise, RecordDoing, Recorded, RecordMany

__all__ = [
    "Added",
    "ApplyTemplate",
    "Blank",
    "ChangeTask",
    "CloseShift",
    "CorrectDoing",
    "EndTask",
    "KeepTask",
    "Otherwise",
    "PlanTask",
    "Proposed",
    "RecordDoing",
    "RecordMany",
    "Recorded",
    "RetractDoing",
    "RetractTask",
    "TakeBackDoings",
    "plan_proposed",
]
