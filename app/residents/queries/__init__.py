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
)
from app.residents.queries.finding import FindResident, Found, number_of
from app.residents.queries.history import Change, History, HistoryEntry
from app.residents.queries.known import Alike, AlreadyHere, HereRow
from app.residents.queries.lists import LevelCounts, Page, ResidentList, ResidentRow

__all__ = [
    "Above",
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
    "DiagnosisRow",
    "FindResident",
    "FloorRow",
    "FormOf",
    "FormRow",
    "Found",
    "HereRow",
    "History",
    "HistoryEntry",
    "LevelCounts",
    "Lying",
    "Page",
    "ResidentList",
    "ResidentRow",
    "RoomRow",
    "WayTo",
    "number_of",
]
