"""Acts on vital signs: record visits, correct, retract, move a set to the right person, a person's own limits."""

from app.residents.stating.revising import Seen
from app.vitals.service.correcting import CorrectVital, RetractVital
from app.vitals.service.profile import SetProfile
from app.vitals.service.recording import NotMeasured, RecordSet, RecordSets
from app.vitals.service.whole_sets import TakeBackSet, WrongResident

__all__ = [
    "CorrectVital",
    "NotMeasured",
    "RecordSet",
    "RecordSets",
    "RetractVital",
    "Seen",
    "SetProfile",
    "TakeBackSet",
    "WrongResident",
]
