"""The sheet that corrects what was recorded of a dose, or takes it away as an error; the original stays readable."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.care.form import read_reason
from app.core.clock import local
from app.medication.dose_form import correction_fields, correction_values, read_correction
from app.medication.giving import RetractDose
from app.medication.queries import Recorded
from ui.forms.form_view import FormView
from ui.kit import Key, Sheet, bind, errand
from ui.kit.errands import Errands
from ui.kit.view import Bench
from ui.medication.dose_words import told


class CorrectDoseSheet(Sheet):
    """`title`: whose dose of what. Saves itself; what is refused is said beside its field or in its own line."""

    def __init__(self, parent: QWidget, bench: Bench, title: str, recorded: Recorded) -> None:
        zone = bench.station.settings.zone
        super().__init__(parent, f"{title}：更正", told(zone, recorded), width=560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.recorded, self._bench, self._title, self._zone = recorded, bench, title, zone
        amount, _, unit = recorded.amount.partition(" ")
        today = local(zone, bench.desk.clock.now()).date()
        self.form = FormView(correction_fields(unit, today))
        number = None if recorded.outcome in ("given", "partial") else recorded.number
        self._before = correction_values(number, amount, local(zone, recorded.at), recorded.note)
        if recorded.outcome == "missed":
            self._before["outcome"] = ""  # what really happened is to be said
        self.form.set_values(self._before)
        self.errands = Errands(bench.desk, self, notice=self.notice, fields=self.form)
        self.body.addWidget(self.form)
        self.offer("保存更正").setDefault(False)
        self.done_with.connect(self.save)
        self.form.submitted.connect(self.save)
        bind(self, Key("Ctrl+Return", "保存", self.save))
        self.form.focus_on("outcome")

    @errand
    async def save(self) -> None:
        """A refusal leaves everything as typed."""
        if not self.form.check():
            return
        values = self.form.values()
        order = read_correction(self.recorded.seen, values, self._before, self._zone)
        if order is None:
            await self.errands.do(RetractDose(self.recorded.seen, read_reason(values)), busy=self.main)
        else:
            await self.errands.do(order, busy=self.main)
        what = "已撤回，要重新记录" if order is None else "已更正"
        self._bench.notice.done(f"{self._title} {what}；原来的记录仍可查看。")
        self.accept()
