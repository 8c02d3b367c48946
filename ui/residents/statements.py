"""Which sheet of statements is open over a chart: one at a time, kept true by the chart's own news."""

from __future__ import annotations

from app.residents.queries import ChartRow
from ui.kit.view import View
from ui.residents.allergy_sheet import AllergySheet
from ui.residents.diagnosis_sheet import DiagnosisSheet
from ui.residents.statement_sheet import Sheets


class Statements:
    """Opens the sheets of one chart view."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.sheet: Sheets | None = None

    def open(self, kind: type[AllergySheet] | type[DiagnosisSheet], chart: ChartRow, *, adding: bool) -> None:
        """Open one; while another is open, nothing happens."""
        if self.sheet is not None:
            return
        sheet = self.sheet = kind(self._view)
        sheet.finished.connect(self._close)
        sheet.open_for(chart, adding=adding)

    def show_chart(self, chart: ChartRow) -> None:
        """Somebody changed something: the open sheet shows it too."""
        if self.sheet is not None:
            self.sheet.show_chart(chart)

    def _close(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
            self.sheet = None
