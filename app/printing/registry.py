"""Every sheet that can be printed for a resident: its name on the command line, its title, who draws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.printing.sheet import Drawn
from app.printing.sheets import ability_assessment


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One printed sheet; `draw` takes the frozen data class its own module defines."""

    name: str
    title: str
    draw: Callable[[Any], Drawn]


SHEETS: dict[str, SheetKind] = {
    kind.name: kind
    for kind in (SheetKind("ability-assessment", ability_assessment.TITLE, ability_assessment.draw),)
}
