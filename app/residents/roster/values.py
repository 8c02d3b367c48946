"""What a cell of a table file can hold, and how a person reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
"""What a formula leaves behind that could not be computed."""

_WRAPPINGS = frozenset("='")


@dataclass(frozen=True)
class Uncalculated:
    """A formula whose result the file does not hold."""

    formula: str


def cell_text(cell: object) -> str:
    """A cell as a person reads it: whole numbers without point, dates as 1935-03-12, `="012"` and `'012` unwrapped."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _unwrapped(cell) if cell[:1] in _WRAPPINGS else cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, Uncalculated):
        return cell.formula
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _unwrapped(cell: str) -> str:
    wrapped = re.fullmatch(r'="(.*)"', cell, re.DOTALL)
    return wrapped[1] if wrapped else cell.removeprefix("'")
