"""The sheet that corrects what was recorded of a slot, or takes it away as an error, with a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.care.form import ERROR, correction_fields, correction_values, read_correction, read_reason
from app.care.queries import SlotRow
from app.care.service import CorrectDoing, RetractDoing
from app.core.clock import local
from ui.forms.form_view import FormView
from ui.kit import Key, Sheet, bind, errand
from ui.kit.errands import Errands
from ui.kit.view import Bench


class CorrectSheet(Sheet):
    """Saves itself; what is refused is said beside its field or in the sheet's own line."""

    def __init__(self, parent: QWidget, bench: Bench, name: str, slot: SlotRow) -> None:
        super().__init__(parent, f"{name} · {slot.title}：更正", _recorded(bench, slot), width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.slot = slot
        self._bench = bench
        self.form = FormView(correction_fields(may_refuse=slot.may_refuse))
        self.form.set_values(correction_values(slot.outcome, slot.why_code, slot.note))
        self.errands = Errands(bench.desk, self, notice=self.notice, fields=self.form)
        self.body.addWidget(self.form)
        self.offer("保存更正")
        self.done_with.connect(self.save)
        self.form.submitted.connect(self.save)
        bind(self, Key("Ctrl+Return", "保存", self.save))
        self.form.focus_on("outcome")

    @errand
    async def save(self) -> None:
        """A refusal leaves everything as typed."""
        seen = self.slot.seen
        if seen is None or not self.form.check():
            return
        outcome, why, note = read_correction(self.form.values())
        reason = read_reason(self.form.values())
        if outcome == ERROR:
            await self.errands.do(RetractDoing(seen, reason), busy=self.main)
        else:
            await self.errands.do(CorrectDoing(seen, outcome, reason, why, note), busy=self.main)
        what = "已撤回，要重新记录" if outcome == ERROR else "已更正"
        self._bench.notice.done(f"{self.slot.title} {what}；原来的记录仍可查看。")
        self.accept()


def _recorded(bench: Bench, slot: SlotRow) -> str:
    when = (
        ""
        if slot.recorded_at is None
        else f"{local(bench.station.settings.zone, slot.recorded_at):%m-%d %H:%M}"
    )
    why = f"，{slot.why}" if slot.why else ""
    return f"{slot.by} {when} 记为“{slot.words}{why}”。"
