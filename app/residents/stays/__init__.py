"""The course of a stay: asked about, bed reserved, admitted, away and back, ended; and the levels decided meanwhile.

    steps       what every step needs: where the resident is now, the time it happened, the beds
    coming      enquiry, reservation, admission, withdrawal
    away        leave, hospital with the bed kept or given up, return
    ending      discharge and death; what is left open
    changing    another mode of service
    correcting  a stay or an absence set right, retracted, an ending taken back
    grades      care level, care stage, nursing grade: decided, set right, retracted
    guardian    a child needs one
    forms       what a person says in each step; fields: the forms on the screen as data

Every step is a revision of the one stay (or an absence) with its time, its reason and who. A stay has days, an absence
has instants; a step says a day and a time, and 24:00 belongs to the day it ends (`rules.windows`). Windows of one
resident never overlap, whether they are written as they happen, later, or set right. After a discharge the next
admission is a new stay; `app.residents.which_stay` says which one counts.
"""

from app.residents.stays.away import GoToHospital, KeepBed, Leave, Return
from app.residents.stays.changing import ChangeMode
from app.residents.stays.coming import Admit, Enquire, Reserve, Withdraw
from app.residents.stays.correcting import (
    CorrectAbsence,
    CorrectStay,
    RecordAbsence,
    Reopen,
    RetractAbsence,
    RetractStay,
)
from app.residents.stays.ending import Discharge
from app.residents.stays.forms import AbsenceForm, AwayForm, EndForm, StayForm
from app.residents.stays.grades import CorrectGrade, DecideGrade, GradeForm, RetractGrade
from app.residents.stays.steps import Stepped

__all__ = [
    "AbsenceForm",
    "Admit",
    "AwayForm",
    "ChangeMode",
    "CorrectAbsence",
    "CorrectGrade",
    "CorrectStay",
    "DecideGrade",
    "Discharge",
    "EndForm",
    "Enquire",
    "GoToHospital",
    "GradeForm",
    "KeepBed",
    "Leave",
    "RecordAbsence",
    "Reopen",
    "Reserve",
    "RetractAbsence",
    "RetractGrade",
    "RetractStay",
    "Return",
    "StayForm",
    "Stepped",
    "Withdraw",
]
