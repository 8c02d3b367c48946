"""The work at one form: each answer makes the next filling, shows it and has it saved; locking, discarding, signing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.assessments.instruments import Instrument
from app.assessments.record_queries import AssessmentForm
from app.assessments.service import DiscardDraft, TakeOverDraft
from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.roles import Right
from app.residents.queries import ChartRow
from ui.assessments.act_bar import ActBar
from ui.assessments.beside import Beside
from ui.assessments.filling import Filling
from ui.assessments.filling_page import FillingPage
from ui.assessments.phrases import chart_words, last_words, missing_words
from ui.assessments.saving import SaveState, Saving, saved_words
from ui.assessments.signing import Signing
from ui.kit import Button, Errands, ask_first, errand
from ui.kit.view import Bench
from ui.style import Tone

_TYPING_MS = 400
"""Text is saved when the hand rests this long; answers at once."""


@dataclass(frozen=True)
class Subject:
    """Whose form it is, and the form as it was opened."""

    resident: UUID
    chart: ChartRow
    form: AssessmentForm


class FillingWork(QWidget):
    """One at a time; `begin` puts another form on the screen."""

    signed = Signal(object)
    """UUID of the record both have signed."""
    discarded = Signal()
    taken_over = Signal()
    print_asked = Signal()

    def __init__(self, bench: Bench, instrument: Instrument) -> None:
        super().__init__()
        self.bench, self.instrument = bench, instrument
        self.errands = Errands(bench.desk, self, notice=bench.notice)
        today = date_in(bench.station.settings.zone, bench.desk.clock.now())
        self.page = FillingPage(instrument, today)
        self.sign_button = Button("签名", "primary", icon="square-pen", large=True)
        self.print_button = Button("打印草稿", icon="printer")
        self.discard_button = Button("放弃草稿", icon="trash-2")
        self.acts = ActBar(self.sign_button, (self.discard_button, self.print_button))
        self.beside = Beside(self.page, self.page.panel, self.acts)
        self.saving = Saving(self.errands, self)
        self.signing = Signing(bench, self.errands, self)
        self._subject: Subject | None = None
        self._filling = Filling(instrument)
        self._locked = ""
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._keep)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.beside)
        self._connect()

    @property
    def filling(self) -> Filling:
        return self._filling

    @property
    def resident(self) -> UUID | None:
        """Whose form is on the screen."""
        return self._subject.resident if self._subject else None

    # opening and leaving ------------------------------------------------------------------------------------------

    def begin(self, subject: Subject) -> None:
        """Put a form on the screen; one somebody else holds, or already signed once, is locked with the way out."""
        self._subject = subject
        form = subject.form
        stacked = self.bench.station.settings.stack_level_raises
        self._filling = Filling(self.instrument, form.content, stacked)
        self.saving.begin(subject.resident, self.instrument.code, form.saved_at)
        self.signing.begin(subject, self.instrument)
        self.page.open(self._filling, form)
        self.show_person(subject.chart)
        self._lock()
        self._show()
        self.page.go(self._first_step())

    def show_person(self, chart: ChartRow) -> None:
        """Whose form it is; also when the record of the resident changed meanwhile."""
        if self._subject is None:
            return
        form = self._subject.form
        level = form.previous.level if form.previous else None
        self.page.head.show_person(
            chart, Tone.NEUTRAL if level is None else Tone(self.instrument.level(level).tone)
        )
        reason = (
            f"更正（{form.record.reason}）" if form.record and form.record.reason else form.content.occasion
        )
        parts = (self.instrument.title, reason, last_words(self.instrument, form.previous))
        self.page.head.about.setText(" · ".join(part for part in parts if part))

    async def leave(self) -> None:
        """Save what is typed."""
        if self._typing.isActive():
            self._typing.stop()
            self._keep()
        await self.saving.settled()

    def hideEvent(self, event: QHideEvent) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self._keep()
        super().hideEvent(event)

    # what the person does -----------------------------------------------------------------------------------------

    def answer(self, code: str, digit: int) -> None:
        """One item answered: show, save, move on."""
        if self._locked:
            self.bench.notice.refused(self._locked)
            self.page.show_filling(self._filling)
            return
        self._filling = self._filling.answered(code, digit)
        self.page.show_filling(self._filling)
        self._show()
        self._keep()
        self._move_on(code)

    def next_open(self) -> None:
        """To the next thing a signature waits for."""
        gaps = self._filling.gaps
        if not gaps or not self.page.go_to(gaps[0][0]):
            self.page.go(self._filling.steps[-1])

    @errand
    async def sign(self) -> None:
        """Ask for the signature that comes next; what is missing is named and gone to."""
        if not self.bench.actor.may(Right.ASSESS):
            raise Refusal(missing_words(Right.ASSESS))
        await self.leave()
        if self.saving.unsaved:
            raise Refusal("还有内容没有保存，保存后才能签名。")
        if not self.signing.first_signer:
            try:
                self._filling.check()
            except Refusal as refusal:
                if refusal.field and self.page.go_to(refusal.field):
                    self.page.information.show_refusal(refusal.field, refusal.text)
                raise
        self.signing.ask(self._filling)

    def discard(self) -> None:
        """Ask before the draft is thrown away."""
        if self._subject is None:
            return
        chart = self._subject.chart
        text = (
            f"{chart.name}　{chart_words(chart)}\n已评 {self._filling.outcome.answered} 项。放弃后不能恢复。"
        )
        sheet = ask_first(self, "放弃这份草稿？", text, "放弃草稿", grave=True)
        sheet.done_with.connect(self._discard)

    # inside -------------------------------------------------------------------------------------------------------

    @errand
    async def _discard(self) -> None:
        if self._subject is None:
            return
        self._typing.stop()
        await self.saving.settled()
        if self.saving.state.state != "idle":
            await self.errands.do(DiscardDraft(self._subject.resident, self.instrument.code))
        self.discarded.emit()

    @errand
    async def _take_over(self) -> None:
        if self._subject is not None:
            await self.errands.do(TakeOverDraft(self._subject.resident, self.instrument.code))
            self.taken_over.emit()

    def _move_on(self, code: str) -> None:
        following = self._filling.after(code)
        if following is not None:
            self.page.go_to(following)
        elif missing := self._filling.missing_items:
            self.page.go_to(missing[0].code)
        else:
            self.page.go(self._filling.steps[-1])

    def _edited(self) -> None:
        content, wrong = self.page.typed(self._filling.content)
        self._filling = self._filling.filled(content, wrong)
        self.page.show_filling(self._filling)
        self._show()
        self._typing.start()

    def _keep(self) -> None:
        self.saving.keep(self._filling.content)

    def _first_step(self) -> str:
        """Where the work goes on: the first step with something missing."""
        gaps = self._filling.gaps
        if not gaps or self.signing.first_signer:
            return self._filling.steps[-1]
        code = gaps[0][0]
        return self._filling.dimension_of(code) if code in self.instrument.items else self._filling.steps[0]

    def _lock(self) -> None:
        form = self._subject.form if self._subject else None
        signer = self.signing.first_signer
        self._locked, act = "", ""
        if form is not None and form.held_by and not form.mine:
            self._locked, act = f"草稿由{form.held_by}持有，现在只能看。", "接手"
        elif signer:
            self._locked = f"{signer}已签名，等待第二位评估人员签名。修改内容会使这次签名作废。"
            act = "修改内容"
        if not self.bench.actor.may(Right.ASSESS):
            self._locked, act = missing_words(Right.ASSESS), ""
        self.page.strip.say(self._locked, act)
        self.page.set_locked(bool(self._locked))

    def _unlock(self) -> None:
        if self._subject is not None and not self._subject.form.mine:
            self._take_over()
            return
        signer = self.signing.first_signer
        text = f"{signer}已经签过名。一改动内容，这次签名就作废，要请{signer}重新签名。"
        sheet = ask_first(self, "修改已签名的内容？", text, "继续修改", grave=True)
        sheet.done_with.connect(self._open_again)

    def _open_again(self) -> None:
        self._locked = ""
        self.page.strip.say("")
        self.page.set_locked(False)

    def _voided(self) -> None:
        signer = self.signing.first_signer
        self.signing.first_signer = ""
        self.bench.notice.say(f"内容有改动，{signer}的签名已作废，请重新签名。", Tone.WARN)
        self._show()

    def _show(self) -> None:
        outcome = self._filling.outcome
        level = None if outcome.level is None else self.instrument.level(outcome.level)
        words = (
            f"{outcome.total} 分" if outcome.total is not None else f"已评 {outcome.answered}/{outcome.items}"
        )
        self.beside.say(words, (level.words, Tone(level.tone)) if level else None)
        second = bool(self.signing.first_signer)
        self.sign_button.say("第二位签名" if second else "签名")
        self.page.conclusion.say_signing(self.signing.words())
        may = self.bench.actor.may(Right.ASSESS) and (self._subject is None or self._subject.form.mine)
        self.acts.offer(self.sign_button, offered=may or second)
        self.acts.offer(self.discard_button, offered=may)

    def _say_saved(self, state: object) -> None:
        if isinstance(state, SaveState):
            now = self.bench.desk.clock.now()
            words = saved_words(state, self.bench.station.settings.zone, now, len(self._filling.wrong))
            self.page.head.say_status(*words)
            failed = state.state == "failed"
            self.page.unsaved.say(f"未保存：{state.why}" if failed else "", "重试" if failed else "")

    def _signed_once(self) -> None:
        self._lock()
        self._show()

    def _connect(self) -> None:
        self.page.answered.connect(self.answer)
        self.page.edited.connect(self._edited)
        self.page.strip.acted.connect(self._unlock)
        self.page.unsaved.acted.connect(self.saving.retry)
        self.saving.told.connect(self._say_saved)
        self.saving.voided.connect(self._voided)
        self.signing.half.connect(self._signed_once)
        self.signing.whole.connect(self.signed)
        self.sign_button.clicked.connect(self.sign)
        self.discard_button.clicked.connect(self.discard)
        self.print_button.clicked.connect(self.print_asked)
