"""The work at one form: each answer makes the next filling, shows it and has it saved; locking, discarding, signing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from app.assessments.instruments import Instrument
from app.assessments.record_queries import AssessmentForm
from app.assessments.service import DiscardDraft, TakeOverDraft
from app.core.errors import Refusal
from app.core.roles import Right
from app.residents.queries import ChartRow
from ui.assessments.filling import CONCLUSION, Filling
from ui.assessments.filling_screen import FillingScreen
from ui.assessments.lock import lock_of
from ui.assessments.phrases import chart_words, missing_words
from ui.assessments.reason_sheet import ReasonSheet, UndoneSheet
from ui.assessments.saving import SaveState, Saving
from ui.assessments.signing import Signing
from ui.kit import Errands, ask_first, errand
from ui.kit.view import Bench
from ui.style import Tone

_TYPING_MS = 400
"""Text is saved when the hand rests this long; answers at once."""


@dataclass(frozen=True)
class Subject:
    """Whose form it is, the form as it was opened, and why it was called for."""

    resident: UUID
    chart: ChartRow
    form: AssessmentForm
    occasion: str = ""


class FillingWork(FillingScreen):
    """One at a time; `begin` puts another form on the screen."""

    signed = Signal(object)
    """UUID of the record both have signed."""
    discarded = Signal()
    taken_over = Signal()
    print_asked = Signal()

    def __init__(self, bench: Bench, instrument: Instrument, parent: QWidget | None = None) -> None:
        super().__init__(bench, instrument, parent)
        self.errands = Errands(bench.desk, self, notice=bench.notice)
        self.saving = Saving(self.errands, self)
        self.signing = Signing(bench, self.errands, self)
        self._subject: Subject | None = None
        self._filling = Filling(instrument)
        self._locked = ""
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._keep)
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
        content = form.content
        if subject.occasion and form.saved_at is None:
            content = replace(content, occasion=subject.occasion)
        self._filling = Filling(self.instrument, content, stacked)
        self.saving.begin(subject.resident, self.instrument.code, form.saved_at)
        self.signing.begin(subject, self.instrument)
        self.page.open(self._filling, form)
        self.show_person(subject.chart)
        self._lock()
        self._show()
        self.page.go(CONCLUSION if self.signing.first_signer else self._filling.first_step)

    def show_person(self, chart: ChartRow) -> None:
        """Whose form it is; also when the record of the resident changed meanwhile."""
        if self._subject is not None:
            self.show_head(chart, self._subject.form)

    async def leave(self) -> None:
        """Save what is typed."""
        self.page.take_typed()
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
        self._take(self._filling.answered(code, digit))
        if not self.page.asks(code):
            self._move_on(code)

    def explain(self, code: str, digit: int, text: str) -> None:
        """The text an option asks for, as it is typed."""
        if not self._locked:
            self._filling = self._filling.explained(code, digit, text)
            self._show_all()
            self._typing.start()

    def carry(self) -> None:
        """Answer what is open as last time, each answer marked as that."""
        form = self._subject.form if self._subject else None
        if self._locked or form is None or form.previous is None:
            return
        before = len(self._filling.content.answers)
        source = f"沿用 {form.previous.assessed_on.isoformat()} 的答案，请逐项核对"
        self._take(self._filling.carried(form.last_answers, source))
        taken = len(self._filling.content.answers) - before
        self.bench.notice.say(f"已沿用上次的 {taken} 项答案，请逐项核对。", Tone.INFO)
        self.page.go(self._filling.steps[1])

    def ask_undone(self) -> None:
        """Ask why the assessment cannot be done; it is signed as that and stays due."""
        if self._subject is None or self._locked:
            return
        chart = self._subject.chart
        text = f"{chart.name}　{chart_words(chart)}\n不计分、不分级，签名后留存；这项评估仍然待做。"
        sheet = UndoneSheet(self, "未能评估", text, act="确定")
        sheet.done_with.connect(lambda: self._not_done(sheet))
        sheet.open()

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

    def _not_done(self, sheet: ReasonSheet) -> None:
        if sheet.check():
            sheet.accept()
            self._take(self._filling.filled(replace(self._filling.content, undone=sheet.reason)))
            self.page.go(CONCLUSION)

    def _done_after_all(self) -> None:
        self._take(self._filling.filled(replace(self._filling.content, undone="")))
        self.page.go(self._filling.first_step)

    def _take(self, filling: Filling) -> None:
        """Another content: shown, and saved at once."""
        self._filling = filling
        self._show_all()
        self._keep()

    def _show_all(self) -> None:
        self.page.show_filling(self._filling)
        self._show()

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
        self._show_all()
        self._typing.start()

    def _keep(self) -> None:
        self.saving.keep(self._filling.content)

    def _lock(self) -> None:
        form = self._subject.form if self._subject else None
        may = self.bench.actor.may(Right.ASSESS)
        lock = lock_of(form, self.signing.first_signer, may=may)
        self._locked = lock.words
        self.page.strip.say(lock.words, lock.act)
        self.page.set_locked(bool(lock.words))

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
        form = self._subject.form if self._subject else None
        self.page.conclusion.say_signing(self.signing.words())
        self.show_acts(self._filling, form, second=bool(self.signing.first_signer))

    def _say_saved(self, state: object) -> None:
        if isinstance(state, SaveState):
            self.show_saved(state, len(self._filling.wrong))

    def _signed_once(self) -> None:
        self._lock()
        self._show()

    def _connect(self) -> None:
        self.page.answered.connect(self.answer)
        self.page.written.connect(self.explain)
        self.page.undone.acted.connect(self._done_after_all)
        self.page.edited.connect(self._edited)
        self.page.strip.acted.connect(self._unlock)
        self.page.unsaved.acted.connect(self.saving.retry)
        self.saving.told.connect(self._say_saved)
        self.saving.voided.connect(self._voided)
        self.signing.half.connect(self._signed_once)
        self.signing.whole.connect(self.signed)
        self.sign_button.clicked.connect(self.sign)
        self.discard_button.clicked.connect(self.discard)
        self.undone_button.clicked.connect(self.ask_undone)
        self.carry_button.clicked.connect(self.carry)
        self.print_button.clicked.connect(self.print_asked)
