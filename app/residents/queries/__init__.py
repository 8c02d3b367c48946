"""Questions about residents, and the frozen rows they are answered with: the only SQL of this subject."""

from app.residents.queries.beds import Above, BedBoard, BedRow, Board, FloorRow, Lying, RoomRow, WayTo
from app.residents.queries.chart import Chart, FormOf
from app.residents.queries.chart_rows import (
    AllergyRow,
    AssessmentLine,
    ChartRow,
    ContactRow,
    DiagnosisRow,
    FormRow,
    StayLine,
)
from app.residents.queries.finding import FindResident, Found, number_of
from app.residents.queries.free_beds import FreeBed, FreeBeds
from app.residents.queries.grades import (
    GradeRow,
    Grades,
    GradesRow,
    LevelProposal,
    ProposalRow,
)
from app.residents.queries.history import History, HistoryEntry
from app.residents.queries.history_words import Change
from app.residents.queries.known import Alike, AlreadyHere, HereRow
from app.residents.queries.lists import LevelCounts, Page, ResidentList, ResidentRow, StatusCounts
from app.residents.queries.presence import Occupancy, Occupied, Presence, Present, presences
from app.residents.queries.stay_events import AbsenceRow, CourseRow, StayEvent, StayEvents, StayRow
from app.residents.queries.todos import StayTodo, StayTodos

__all__ = [
    "Above",
    "AbsenceRow",
    "Alike",
    "AllergyRow",
    "AlreadyHere",
    "AssessmentLine",
    "BedBoard",
    "BedRow",
    "Board",
    "Change",
    "Chart",
    "ChartRow",
    "ContactRow",
    "CourseRow",
    "DiagnosisRow",
    "FindResident",
    "FloorRow",
    "FormOf",
    "FormRow",
    "Found",
    "FreeBed",
    "FreeBeds",
    "GradeRow",
    "Grades",
    "GradesRow",
    "HereRow",
    "History",
    "HistoryEntry",
    "LevelCounts",
    "LevelProposal",
    "Lying",
    "Occupancy",
    "Occupied",
    "Page",
    "Presence",
    "Present",
    "ProposalRow",
    "ResidentList",
    "ResidentRow",
    "RoomRow",
    "StatusCounts",
    "StayEvent",
    "StayEvents",
    "StayLine",
    "StayRow",
    "StayTodo",
    "StayTodos",
    "WayTo",
    "number_of",
    "presences",
]
