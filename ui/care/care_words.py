"""What the foot of the board and the notice line say of a cell."""

from __future__ import annotations

from app.care.queries import SlotRow
from app.care.rules import SlotState
from app.core.clock import local
from ui.care.grid_cells import Cell, Line
from ui.care.shift_grid import slots_words


def cell_words(zone: str, line: Line, cell: Cell | None) -> str:
    """Everything of a cell: each slot's state, and of the record that shows its reason, who made it and when."""
    said = slots_words(cell.slots) if cell is not None else "没有安排"
    recorded = cell.recorded if cell is not None else None
    if recorded is not None and recorded.recorded_at is not None:
        why = f"（{recorded.why}）" if recorded.why else ""
        later = "　补记" if recorded.late else ""
        twice = "　两个站点都有记录，请核对" if recorded.twice else ""
        said = f"{said}{why}　{recorded.by} {local(zone, recorded.recorded_at):%H:%M}{later}{twice}"
    noted = f"　｜　{line.note}" if line.note else ""
    return f"{line.row.name}　{said}{noted}"


def why_not(zone: str, slot: SlotRow) -> str:
    """Why a key records nothing here."""
    if slot.state is SlotState.PLANNED:
        return f"{slot.title} 还没到时间，{local(zone, slot.opens):%H:%M} 起可以记录。"
    if slot.seen is None:
        return f"{slot.words}期间不用记录。"
    return f"{slot.title} 已由{slot.by}记为“{slot.words}”，按 E 更正。"
