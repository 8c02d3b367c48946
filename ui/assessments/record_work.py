"""The work at a signed assessment: print, correct with a reason, retract with a reason."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.assessments.instruments import Instrument
from app.assessments.record_queries import Revision
from app.assessments.service import UNDO_MINUTES, Correct, Retract
from app.assessments.statements.said import AGREE, ASSESSOR, DOUBT, INFORMANT
from app.core.errors import Refusal
from app.core.roles import Right
from app.residents.queries import ChartRow
from ui.assessments.act_bar import ActBar
from ui.assessments.beside import Beside
from ui.assessments.phrases import chart_words
from ui.assessments.reason_sheet import ReasonSheet
from ui.assessments.record_page import RecordPage
from ui.assessments.record_talk import RecordTalk
from ui.assessments.score_panel import ScorePanel
from ui.kit import Button, Errands, Key, bind, errand
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
        self.talk = RecordTalk(self, bench, self.page, self.errands)
        self.panel = ScorePanel(instrument)
        self._panel_of = instrument
        self.print_button = Button("打印报告", "primary", icon="printer", large=True)
        self.correct_button = Button("更正", icon="square-pen")
        self.retract_button = Button("作废", icon="circle-x")
        self.acts = ActBar(self.print_button, (self.correct_button, self.retract_button))
        self.beside = Beside(self.page, self.panel, self.acts)
        self.sheet: ReasonSheet | None = None
        self._chart: ChartRow | None = None
        self._revisions: tuple[Revision, ...] = ()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self.beside)
        self.print_button.clicked.connect(self.print_asked)
        self.correct_button.clicked.connect(self.correct)
        self.retract_button.clicked.connect(self.retract)
        self._bind()

    @property
    def record(self) -> UUID | None:
        return self._revisions[0].record if self._revisions else None

    @property
    def resident(self) -> UUID | None:
        return self._revisions[0].resident if self._revisions else None

    def begin(
        self, chart: ChartRow, revisions: tuple[Revision, ...], instrument: Instrument | None = None
    ) -> None:
        """Put a record on the screen, by the instrument it was made with."""
        fresh = self.record != revisions[0].record
        self._chart, self._revisions = chart, revisions
        self.instrument = instrument or self.instrument
        self._fit_panel()
        now = revisions[0]
        self.page.show_record(chart, self.instrument, revisions, self.bench.station.settings.zone)
        self.panel.show_record(self.instrument, now)
        level = self.instrument.level_named(now.level)
        words = f"{now.total} 分" if now.total is not None else now.finding or "不计总分"
        self.beside.say(words, (level.words, Tone(level.tone)) if level else None)
        self.talk.begin(chart, now)
        if fresh:
            QTimer.singleShot(0, self, self._take_keys)  # once it is on the screen
        standing = now.state != "retracted"
        may = self.bench.actor.may(Right.CORRECT_RECORDS)
        self.acts.offer(self.correct_button, offered=standing and may and self.bench.actor.may(Right.ASSESS))
        self.acts.offer(self.retract_button, offered=standing and (may or self._may_undo(now)))

    def correct(self) -> None:
        """Ask why, then open the form anew; this revision stays readable."""
        self._ask(
            "更正这份评估",
            "打开更正",
            f"更正后要{self._signers}重新签名；原来的内容保留，可以查看。",
            grave=False,
        )

    def retract(self) -> None:
        """Ask why, then say that it was entered in error; it stays readable."""
        self._ask("作废这份评估", "作废", "作废后不再计入等级和统计，内容仍可查看。", grave=True)

    # inside -------------------------------------------------------------------------------------------------------

    @property
    def _signers(self) -> str:
        return "由两位评估人员" if self.instrument.signing.assessors > 1 else "由评估人员"

    def _fit_panel(self) -> None:
        """The panel of another instrument has other bars: it is made anew, the page and the acts go along."""
        if self.instrument is self._panel_of:
            return
        self._panel_of = self.instrument
        old, self.panel = self.beside, ScorePanel(self.instrument)
        self.beside = Beside(self.page, self.panel, self.acts)
        self._box.addWidget(self.beside)
        self._box.removeWidget(old)
        old.hide()
        old.deleteLater()

    def _take_keys(self) -> None:
        """The letters of this page work as soon as it shows."""
        focused = QApplication.focusWidget()
        elsewhere = focused is None or not self.isAncestorOf(focused)
        if self.isVisible() and elsewhere and QApplication.activeModalWidget() is None:
            self.page.setFocus()

    def _bind(self) -> None:
        care, talk = self.page.care, self.talk
        bind(
            self,
            Key("C", "到照护建议", care.arrive),
            *(Key(str(digit), "选或不选这一项建议", partial(care.toggle, digit)) for digit in range(10)),
            Key("Y", "登记同意或不同意", partial(talk.ask, AGREE)),
            Key("I", "信息提供者签名", partial(talk.ask, INFORMANT)),
            Key("U", "有疑问，申请复评", partial(talk.ask, DOUBT)),
            Key("O", "写评估人员不同意见", partial(talk.ask, ASSESSOR)),
        )

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
