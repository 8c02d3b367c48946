"""The sheets that correct what was recorded of a session: the whole form again, or why it was not held; and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.core.clock import local
from app.rehab.queries.session_rows import Recorded, SessionSheetRow
from app.rehab.rules.stopping import Values
from app.rehab.training import CorrectSession, SessionForm
from app.residents.rules.stated import CORRECTION_REASONS
from ui.kit import ChipRow, Errands, Labelled, LineField, ScrollBody, SideSheet, errand
from ui.rehab.otherwise_sheet import NOT_HELD, OtherwiseSheet
from ui.rehab.session_after import AfterCard
from ui.rehab.session_times import TimesCard

if TYPE_CHECKING:
    from ui.kit.view import View

WIDE = 720


class CorrectSessionSheet(SideSheet):
    """`corrected` once it is kept; the sheet closes itself."""

    corrected = Signal()

    def __init__(self, view: View, sheet: SessionSheetRow, kept: Recorded) -> None:
        super().__init__(
            view, "更正训练记录", f"{sheet.line.name}　{sheet.line.time} {sheet.line.words}", width=WIDE
        )
        zone = view.bench.station.settings.zone
        self.kept = kept
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self)
        self.times, self.form = TimesCard(zone, "时间"), AfterCard()
        self.reason = ChipRow(tuple((one, one) for one in CORRECTION_REASONS))
        self.words = LineField("说明", "选“其他”时必填")
        self._reason, self._words = (
            Labelled("为什么更正", self.reason, required=True),
            Labelled("说明", self.words),
        )
        body = ScrollBody(spacing=14)
        for piece in (self.times, self.form, self._reason, self._words):
            body.body.addWidget(piece)
        self.body.addWidget(body, 1)
        self.offer("保存更正")
        self.form.show_sheet(sheet)
        self.form.put_recorded(kept)
        ended = local(zone, kept.ended_at or kept.at)
        self._times = (f"{local(zone, kept.at):%H:%M}", f"{ended:%H:%M}")
        self.times.put_times(local(zone, kept.at).date(), *self._times)
        self.done_with.connect(self.save)
        self.finished.connect(self.deleteLater)

    def show_refusal(self, field: str, text: str) -> bool:
        """Beside its input."""
        if field in ("reason", "reason_words"):
            (self._reason if field == "reason" else self._words).say_wrong(text)
            return True
        return self.times.show_refusal(field, text) or self.form.show_refusal(field, text)

    @errand
    async def save(self) -> None:
        """A refusal leaves everything as typed."""
        moments = self.times.moments()
        if moments is None or not self.form.check():
            return
        same = self._times == (self.times.begun.text().strip(), self.times.ended.text().strip())
        begun, ended = (None, None) if same else moments
        words = self.words.text().strip()
        reason = f"{self.reason.key}：{words}" if words else self.reason.key
        form = self.form.form(Values(), ended)  # what was noted while it ran stays
        await self.errands.do(CorrectSession(self.kept.seen, form, reason, begun), busy=self.main)
        self.accept()
        self.corrected.emit()


class CorrectAbsenceSheet(OtherwiseSheet):
    """One that was not held: another attendance or reason. `corrected` once it is kept; the sheet closes itself."""

    corrected = Signal()

    def __init__(self, view: View, sheet: SessionSheetRow, kept: Recorded) -> None:
        name = f"{sheet.line.name} {sheet.line.time} {sheet.line.words}"
        super().__init__(view, f"更正未进行 · {name}", NOT_HELD, "保存更正")
        self.kept = kept
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self)
        self.correction = ChipRow(tuple((one, one) for one in CORRECTION_REASONS))
        self.correction_words = LineField("更正说明", "选“其他”时必填")
        self._correction = Labelled("为什么更正", self.correction, required=True)
        self._correction_words = Labelled("更正说明", self.correction_words)
        self.body.addWidget(self._correction)
        self.body.addWidget(self._correction_words)
        self.choose(kept.attendance)
        self.reasons.choose(kept.why)
        self.words.setText(kept.why_words)
        self.said.connect(lambda *said: self.errands.start("correct", lambda: self._correct(*said)))

    def show_refusal(self, field: str, text: str) -> bool:
        """Beside its input."""
        if field in ("reason", "reason_words"):
            (self._correction if field == "reason" else self._correction_words).say_wrong(text)
            return True
        return super().show_refusal(field, text)

    async def _correct(self, attendance: str, why: str, words: str) -> None:
        said = self.correction_words.text().strip()
        reason = f"{self.correction.key}：{said}" if said else self.correction.key
        form = SessionForm(attendance, why, words)
        await self.errands.do(CorrectSession(self.kept.seen, form, reason), busy=self.main)
        self.accept()
        self.corrected.emit()
