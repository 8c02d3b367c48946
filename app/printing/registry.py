"""Every sheet that can be printed for a resident: its name on the command line, title, question and drawing.

A new sheet is one line in `SHEETS`; the chart's choice of sheets (P), the preview and the command line read only this.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.core.orders import Question
from app.printing.ability_data import AbilityReportOf
from app.printing.admission_data import AdmissionFormOf
from app.printing.sheet import Drawn
from app.printing.sheets import ability_assessment, admission_form
from app.residents.queries import ChartRow


def _nothing(_chart: ChartRow) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One printed sheet: `question(resident, …)` makes the question whose answer `draw` takes.

    `spans`: the question also takes `first` and `last`, the days it is of; the chart's choice asks for them. `missing`
    says in a few words why there is nothing to print of a resident yet; empty: it may be printed.
    """

    name: str
    title: str
    question: Callable[..., Question[Any]]
    draw: Callable[[Any], Drawn]
    spans: bool = False
    missing: Callable[[ChartRow], str] = _nothing


def _never_assessed(chart: ChartRow) -> str:
    return "" if chart.ability else "还没有签名的评估"


SHEETS: dict[str, SheetKind] = {
    kind.name: kind
    for kind in (
        SheetKind("admission-form", admission_form.TITLE, AdmissionFormOf, admission_form.draw),
        SheetKind(
            "ability-assessment",
            ability_assessment.TITLE,
            AbilityReportOf,
            ability_assessment.draw,
            missing=_never_assessed,
        ),
    )
}
