"""The two signatures of a form as a conversation: ask, prove, sign; a refusal stands beside its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.assessments.instruments import Instrument
from app.assessments.record_queries import OpenForm
from app.assessments.signoff import SignedOff, SignFirst, SignSecond
from app.core.errors import Refusal, Trouble
from app.core.orders import Order
from ui.assessments.filling import Filling
from ui.assessments.phrases import chart_words
from ui.assessments.sign_sheet import SignSheet
from ui.kit import Errands
from ui.kit.view import Bench

if TYPE_CHECKING:
    from ui.assessments.filling_work import Subject


class Signing(QObject):
    """`half` when the first has signed, `whole(record)` when the last has."""

    half = Signal()
    whole = Signal(object)

    def __init__(self, bench: Bench, errands: Errands, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench, self._errands, self._window = bench, errands, parent
        self._subject: Subject | None = None
        self._instrument: Instrument | None = None
        self._summary = ""
        self.first_signer = ""
        self.sheet: SignSheet | None = None

    def begin(self, subject: Subject, instrument: Instrument) -> None:
        """Another form is on the screen."""
        self._subject, self._instrument = subject, instrument
        self.first_signer = subject.form.first_signer

    def words(self) -> str:
        """Who signs, and who has: for the last step of the form."""
        if self._instrument is None:
            return ""
        if self.first_signer:
            return f"第一位：{self.first_signer}，已签名。\n第二位：等待另一位评估人员签名。"
        how = "两人签名后" if self._instrument.signing.assessors > 1 else "签名后"
        return f"{self._instrument.signing.who}。{how}不能再改，只能更正。"

    def ask(self, filling: Filling) -> None:
        """Open the sheet of the signature that comes next."""
        if self._subject is None or self._instrument is None or self.sheet is not None:
            return
        self._summary = self._summary if self.first_signer and self._summary else self._summary_of(filling)
        second = bool(self.first_signer)
        title = "第二位评估人员签名确认" if second else "第一位评估人员签名确认"
        if self._instrument.signing.assessors == 1:
            title = "评估人员签名确认"
        text = self._summary + (
            f"\n{self.first_signer}已签名，请另一位评估人员输入自己的工号。" if second else ""
        )
        number = "" if second else self._bench.actor.number
        sheet = SignSheet(self._window, title, text, number, second=second)
        self.sheet = sheet
        sheet.done_with.connect(lambda: self._errands.start("sign off", lambda: self._sign(sheet, filling)))
        sheet.finished.connect(self._close)
        sheet.open()

    async def _sign(self, sheet: SignSheet, filling: Filling) -> None:
        if self._subject is None or self._instrument is None or sheet.main is None:
            return
        number, secret = sheet.number.text().strip(), sheet.secret.text()
        resident, code = self._subject.resident, self._instrument.code
        sheet.main.set_busy(True, "正在确认…")
        try:
            station = self._bench.station
            proof = await station.aside(station.prove, number, secret)
            order: Order[SignedOff] = SignFirst(resident, code, proof)
            if self.first_signer:
                order = SignSecond(resident, code, proof, sheet.disagreement.text().strip())
            done = await self._errands.do(order)
        except Refusal as refusal:
            sheet.refuse(refusal.field, refusal.text)
            return
        except Trouble as trouble:
            sheet.notice.trouble(trouble.text, trouble.remedy)
            return
        finally:
            if self.sheet is sheet:
                sheet.main.set_busy(False)
        sheet.accept()
        await self._go_on(done, filling)

    async def _go_on(self, done: SignedOff, filling: Filling) -> None:
        if self._subject is None or self._instrument is None:
            return
        if done.complete:
            self.first_signer = ""
            self.whole.emit(done.record)
            return
        form = await self._errands.ask(OpenForm(self._subject.resident, self._instrument.code))
        self.first_signer = form.first_signer
        self.half.emit()
        self.ask(filling)

    def _close(self) -> None:
        self.sheet = None

    def _summary_of(self, filling: Filling) -> str:
        """What is signed: person, bed, birth year, date, total, level."""
        if self._subject is None or self._instrument is None:
            return ""
        chart, outcome = self._subject.chart, filling.outcome
        born = f" · {chart.birth_date.year} 年生" if chart.birth_date else ""
        total = filling.value_words or "不计总分"
        level = filling.finding_words
        if outcome.level is not None:
            level = self._instrument.level(outcome.level).words
        day = filling.content.assessed_on
        return (
            f"{chart.name}　{chart_words(chart)}{born}\n"
            f"{self._instrument.title} {day.isoformat() if day else ''}："
            f"{level if filling.content.undone else f'{total}，{level}'}"
        )
