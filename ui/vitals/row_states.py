"""What the last column says of a row: 录入中, 待更正, 未保存, who measured when, 请假, 未测."""

from __future__ import annotations

from app.core.clock import local
from app.vitals.queries import GridRow
from ui.vitals.grid_paint import RowState
from ui.vitals.typed_round import TypedRow


def row_state(row: GridRow, typed: TypedRow | None, zone: str, *, current: bool) -> RowState:
    """What needs action first, then what goes on, then what was done."""
    unsaved = typed is not None and any(not cell.recorded for cell in typed.cells.values())
    if typed is not None and (typed.waits or typed.error):
        state = RowState("circle-alert", "待更正", "danger.text")
    elif typed is not None and typed.saving:
        state = RowState("loader-circle", "保存中", "text2")
    elif current and (unsaved or not row.visits):
        state = RowState("keyboard", "录入中", "primary")
    elif unsaved:
        state = RowState("square-pen", "未保存", "warn.text")
    elif row.visits:
        state = _measured(row, zone)
    else:
        state = RowState("", row.away.short if row.away else "未测", "text2")
    return state


def _measured(row: GridRow, zone: str) -> RowState:
    visit = row.visits[0]
    if all(one.absent for one in visit.values):
        return RowState("minus", f"未测 {visit.by}", "text2")
    when = f"{local(zone, visit.at):%H:%M}"
    if visit.late:
        return RowState("history", f"补录 {when} {visit.by}", "warn.text")
    return RowState("circle-check", f"{when} {visit.by}", "text2")
