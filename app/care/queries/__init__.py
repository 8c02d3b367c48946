"""Questions about care: a shift's board, a resident's plan, what was done, what is due, and the timeline."""

from app.care.queries.bases import Basis
from app.care.queries.board import Board, CareRow, ShiftBoard, Unsettled
from app.care.queries.doings import DoingsOf, happened
from app.care.queries.due import CareDue, FloorDue
from app.care.queries.plan import (
    CarePlan,
    DayCount,
    PlanRow,
    TaskRow,
    TaskVersion,
    VersionsOf,
    care_plan,
    kind_when,
)
from app.care.queries.slot_rows import SlotRow

__all__ = [
    "Basis",
    "Board",
    "CareDue",
    "CarePlan",
    "CareRow",
    "DayCount",
    "DoingsOf",
    "FloorDue",
    "PlanRow",
    "ShiftBoard",
    "SlotRow",
    "TaskRow",
    "TaskVersion",
    "Unsettled",
    "VersionsOf",
    "care_plan",
    "happened",
    "kind_when",
]
