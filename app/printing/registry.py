"""Every sheet that can be printed for a resident: its name on the command line, title, question and drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.core.orders import Question
from app.printing.ability_data import AbilityReportOf
from app.printing.sheet import Drawn
from app.printing.sheets import ability_assessment, temperature_chart, vitals_record
from app.printing.temperature_data import TemperatureChartOf
from app.printing.vitals_record_data import VitalsRecordOf


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One printed sheet: `question(resident, …)` makes the question whose answer `draw` takes.

    `spans`: the question also takes `first` and `last`, the days it is of.
    """

    name: str
    title: str
    question: Callable[..., Question[Any]]
    draw: Callable[[Any], Drawn]
    spans: bool = False


SHEETS: dict[str, SheetKind] = {
    kind.name: kind
    for kind in (
        SheetKind("ability-assessment", ability_assessment.TITLE, AbilityReportOf, ability_assessment.draw),
        SheetKind(
            "temperature-chart",
            temperature_chart.TITLE,
            TemperatureChartOf,
            temperature_chart.draw,
            spans=True,
        ),
        SheetKind("vitals-record", vitals_record.TITLE, VitalsRecordOf, vitals_record.draw, spans=True),
    )
}
