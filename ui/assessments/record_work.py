"""The work at a signed assessment: print, correct with a reason, retract with a reason."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.assessments.instruments import Instrument
from app.assessments.record_queries import Revision
from app.assessments.service import UNDO_MINUTES, Correct, Retract
from app.core.errors import Refusal
from app.core.roles import Right
from app.residents.queries import ChartRow
from ui.assessments.act_bar import ActBar
from ui.assessments.beside import Beside
from ui.assessments.phrases import chart_words
from ui.assessments.reason_sheet import ReasonSheet
from ui.assessments.record_page import RecordPage
from ui.assessments.score_panel import ScorePanel
from ui.kit import Button, Errands, errand
from ui.kit.view import Bench
from ui.style import Tone


class RecordWork(QWidget):
    """One record at a time."""

    corrected = Signal(object)
    """UUID of the resident whose form is open for correction."""
    print_asked = Signal()

    def __init__(self, bench: Bench, instrument: Instrument) -> None:
        super().__init__()
        self.bench, self.instrument = bench, instrument
        self.errands = Errands(bench.desk, self, notice=bench.notice)
        self.page = RecordPage()
        self.panel = ScorePanel(instrument)
        self.print_button = Button("打印报告", "primary", icon="printer", large=True)
        self.correct_button = Button("更正", icon="square-pen")
        self.retract_button = Button("作废", icon="circle-x")
        self.acts = ActBar(self.print_button, (self.correct_button, self.retract_button))
        self.beside = Beside(self.page, self.panel, self.acts)
        self.sheet: ReasonSheet | None = None
        self._chart: ChartRow | None = None
        self._revisions: tuple[Revision, ...] = ()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.beside)
        self.print_button.clicked.connect(self.print_asked)
        self.correct_button.clicked.connect(self.correct)
        self.retract_button.clicked.connect(self.retract)

    @property
    def record(self) -> UUID | None:
        return self._revisions[0].record if self._revisions else None

    @property
    def resident(self) -> UUID | None:
        return self._revisions[0].resident if self._revisions else None

    def begin(self, chart: ChartRow, revisions: tuple[Revision, ...]) -> None:
        """Put a record on the screen."""
        self._chart, self._revisions = chart, revisions
        now = revisions[0]
        self.page.show_record(chart, self.instrument, revisions, self.bench.station.settings.zone)
        self.panel.show_record(self.instrument, now)
        level = None if now.level is None else self.instrument.level(now.level)
        words = "不计总分" if now.total is None else f"{now.total} 分"
        self.beside.say(words, (level.words, Tone(level.tone)) if level else None)
        standing = now.state != "retracted"
        may = self.bench.actor.may(Right.CORRECT_RECORDS)
        self.acts.offer(self.correct_button, offered=standing and may and self.bench.actor.may(Right.ASSESS))
        self.acts.offer(self.retract_button, offered=standing and (may or self._may_undo(now)))

    def correct(self) -> None:
        """Ask why, then open the form anew; this revision stays readable."""
        self._ask(
            "更正这份评估",
            "打开更正",
            "更正后要由两位评估人员重新签名；原来的内容保留，可以查看。",
            grave=False,
        )

    def retract(self) -> None:
        """Ask why, then say that it was entered in error; it stays readable."""
        self._ask("作废这份评估", "作废", "作废后不再计入等级和统计，内容仍可查看。", grave=True)

    # inside -------------------------------------------------------------------------------------------------------

    def _ask(self, title: str, act: str, what: str, *, grave: bool) -> None:
        if self._chart is None or self.sheet is not None:
            return
        now = self._revisions[0]
        which = f"{now.assessed_on.isoformat()} 编号 {now.number}"
        text = f"{self._chart.name}　{chart_words(self._chart)}\n{which}\n{what}"
        sheet = ReasonSheet(self, title, text, act=act, kind="danger" if grave else "primary")
        self.sheet = sheet
        act_now = self._retract if grave else self._correct
        sheet.done_with.connect(lambda: act_now() if sheet.check() else None)
        sheet.finished.connect(self._close)
        sheet.open()

    @errand
    async def _correct(self) -> None:
        sheet, record, resident = self.sheet, self.record, self.resident
        if sheet is None or record is None:
            return
        try:
            await self.errands.do(Correct(record, sheet.reason), busy=sheet.main)
        except Refusal as refusal:
            sheet.notice.refused(refusal.text)
            return
        sheet.accept()
        self.corrected.emit(resident)

    @errand
    async def _retract(self) -> None:
        sheet, record = self.sheet, self.record
        if sheet is None or record is None:
            return
        try:
            await self.errands.do(Retract(record, sheet.reason), busy=sheet.main)
        except Refusal as refusal:
            sheet.notice.refused(refusal.text)
            return
        sheet.accept()
        self.bench.notice.done("评估已作废。")

    def _close(self) -> None:
        self.sheet = None

    def _may_undo(self, now: Revision) -> bool:
        """The author may take it back for some minutes; the service decides."""
        young = self.bench.desk.clock.now() - now.recorded_at <= timedelta(minutes=UNDO_MINUTES)
        return young and now.author_name == self.bench.actor.name
