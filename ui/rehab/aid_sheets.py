"""The sheets of aids: lent to a resident, back again, put right. Everything typed survives a refusal."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from app.core.clock import date_in
from app.core.form import Form
from app.core.orders import Order
from app.rehab.aids import CorrectLoan, LendAid, LoanRow, ReturnAid
from app.rehab.form.evaluation import read_reason
from app.rehab.form.loan import TAUGHT, aid_called, loan_fields, loan_values, read_loan, return_fields
from app.rehab.queries.people import RehabPerson
from ui.forms import FormView
from ui.kit import Errands, Key, Sheet, bind, errand
from ui.kit.view import View


class _FormSheet(Sheet):
    """`kept` carries what is to be said, once it is kept."""

    kept = Signal(str)

    def __init__(self, view: View, title: str, text: str, form: Form, act: str) -> None:
        super().__init__(view, title, text, width=600)
        self.form = FormView(form, two_from=520)
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self.form)
        self.body.addWidget(self.form)
        self.offer(act)
        self.done_with.connect(self.save)
        self.form.submitted.connect(self.save)
        self.finished.connect(self.deleteLater)
        bind(self, Key("Ctrl+Return Ctrl+S", act, self.save))

    def open(self) -> None:
        """As high as it is in the columns it came to stand in."""
        super().open()
        QTimer.singleShot(0, self, lambda: self.resize(self.width(), self.sizeHint().height()))

    @errand
    async def save(self) -> None:
        """A refusal stands beside its field."""
        if self.form.check():
            order, said = self.order()
            await self.errands.do(order, busy=self.main)
            self.accept()
            self.kept.emit(said)

    def order(self) -> tuple[Order[Any], str]:
        """What is done, and what is said of it."""
        raise NotImplementedError


class LendSheet(_FormSheet):
    """`words`: the aid, where it is known already. What is looked at when it is fitted stands beside its name."""

    def __init__(self, view: View, person: RehabPerson, words: str = "") -> None:
        text = f"{person.name}　{person.bed or '未安排床位'}"
        super().__init__(view, "借出辅具", text, loan_fields(_today(view)), "借出")
        self.person = person
        self.form.set_values({"code": words})
        _say_fit(self.form)
        QTimer.singleShot(0, self, lambda: self.form.focus_on("tag" if words else "code"))

    def order(self) -> tuple[Order[Any], str]:
        loan = read_loan(self.form.values())
        taught = "" if loan.taught else "，还要教会使用"
        return LendAid(self.person.resident, loan), f"{loan.words}已借给{self.person.name}{taught}。"


class CorrectLoanSheet(_FormSheet):
    """The whole loan again, and why."""

    def __init__(self, view: View, row: LoanRow) -> None:
        text = f"{row.name}　{row.words}。原来的记录保留，可以查看。"
        super().__init__(view, "更正借用记录", text, loan_fields(_today(view), correcting=True), "保存更正")
        self.row = row
        self.form.set_values(loan_values(row))
        _say_fit(self.form)
        QTimer.singleShot(0, self, lambda: self.form.focus_on("code"))

    def order(self) -> tuple[Order[Any], str]:
        values = self.form.values()
        return (
            CorrectLoan(self.row.seen, read_loan(values), read_reason(values)),
            f"{self.row.name}的借用记录已更正。",
        )


class ReturnSheet(_FormSheet):
    """It came back; in which condition."""

    def __init__(self, view: View, row: LoanRow) -> None:
        lent = f"借出时：{row.condition}" if row.condition else "借出时没有记状况"
        tag = f"（{row.tag}）" if row.tag else ""
        super().__init__(view, "归还辅具", f"{row.name}　{row.words}{tag}\n{lent}", return_fields(), "归还")
        self.row = row
        QTimer.singleShot(0, self, lambda: self.form.focus_on("condition"))

    def order(self) -> tuple[Order[Any], str]:
        condition = str(self.form.values()["condition"])
        return ReturnAid(self.row.seen, condition), f"{self.row.name}已归还{self.row.words}。"


def _say_fit(form: FormView) -> None:
    """适配 beside the aid, as soon as it is one of the list."""
    line = cast("QLineEdit", form.input("code"))

    def say(words: str) -> None:
        known = aid_called(words.strip())
        skin = "；查受压处皮肤" if known is not None and known.skin else ""
        form.note("code", f"适配：{known.fit}{skin}" if known is not None and known.fit else "")

    line.textChanged.connect(say)
    say(line.text())
    form.set_values({"taught": TAUGHT} if not form.values()["taught"] else {})


def _today(view: View) -> date:
    return date_in(view.bench.station.settings.zone, view.bench.desk.clock.now())
