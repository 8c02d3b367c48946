"""Which sheet of stays or levels is open over a view: one at a time, kept true by the view's own news."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.form import Value
from app.residents.queries import ChartRow
from ui.kit.view import View
from ui.residents.act_sheet import Subject
from ui.residents.grade_sheet import GradeSheet
from ui.residents.signs import person_words
from ui.residents.stay_sheet import StaySheet


def subject_of(chart: ChartRow) -> Subject:
    """Whose sheet, as the chart knows them."""
    return Subject(
        chart.rid, chart.name, f"{person_words(chart)}　{chart.bed or '未安排床位'}　{chart.number}"
    )


class CourseSheets:
    """Opens the sheets of one view."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.sheet: StaySheet | GradeSheet | None = None

    def open_stay(self, who: Subject, step: str = "", given: Mapping[str, Value] | None = None) -> None:
        """入住与外出, with `step` at its form (`given`: what it begins with); while one is open, nothing happens."""
        if self.sheet is None:
            self._open(StaySheet(self._view, who, step, given))

    def open_grades(self, who: Subject, what: str = "") -> None:
        """等级与阶段."""
        if self.sheet is None:
            self._open(GradeSheet(self._view, who, what))

    def refresh(self) -> None:
        """Somebody changed something: the open sheet asks again."""
        if self.sheet is not None:
            self.sheet.refresh()

    async def leave(self) -> None:
        """Before another person signs in."""
        if self.sheet is not None:
            await self.sheet.leave()

    def _open(self, sheet: StaySheet | GradeSheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(self._close)
        sheet.open_now()

    def _close(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
            self.sheet = None
