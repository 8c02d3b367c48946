"""更改 and 采用: the order that comes of a decision, filled in with what the hospital wrote; checks and signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer, Signal

from app.core.errors import Refusal
from app.core.roles import Right
from app.medication.reconciling import Decide, ReconcileRow, Reconciliation
from app.medication.rules.reconcile import CHANGE
from ui.kit import Button, Errands, Key, Labelled, LineField, ScrollBody, SideSheet, Words, bind, errand
from ui.kit.proof_sheet import ProofSheet
from ui.medication.order_fields import OrderFields
from ui.medication.order_making import Making
from ui.style import Role

if TYPE_CHECKING:
    from app.access.proof import Proof
    from ui.kit.view import View
    from ui.medication.order_basket import BasketLine

WIDTH = 760


class ReconcileOrderSheet(SideSheet):
    """`kept` carries the sentence about it. Everything typed survives a refusal, also one of a signature."""

    kept = Signal(str)

    def __init__(
        self, view: View, sheet: Reconciliation, row: ReconcileRow, decision: str, doctor: str
    ) -> None:
        what = "更改" if decision == CHANGE else "采用"
        super().__init__(view, f"{what}：{row.words}", _beside(row), width=WIDTH)
        self.bench, self.row, self.decision, self._of = view.bench, row, decision, sheet
        self.resident: UUID | None = sheet.resident
        self.doctor = view.bench.actor.may(Right.ORDER_MEDICINES)
        self.others: tuple[BasketLine, ...] = ()
        self.instead_of = row.order.rid if row.order is not None else None
        self.fields = OrderFields(view.bench, doctor=self.doctor)
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self)
        self.making = Making(self)
        self.second: Proof | None = None
        self._line: BasketLine | None = None
        self._proof: ProofSheet | None = None
        self.why = LineField("原因", "如：按出院医嘱，血压偏低")
        self.why.setText("按出院医嘱" if row.line is not None else "")
        self._why = Labelled("为什么改", self.why, required=True)
        self._named = doctor
        self._lay_out(what)
        self.finished.connect(self.deleteLater)
        self.fields.changed.connect(self.making.touch)
        self.fields.entered.connect(self.save)
        self.why.textEdited.connect(lambda: self._why.say_wrong(""))
        bind(self, Key("Ctrl+Return Ctrl+S", what, self.save), Key("Esc", "返回", self.reject))
        self.begin()

    @errand
    async def begin(self) -> None:
        """Filled in with the order of before and what the hospital changed."""
        typed = self.row.typed
        drug = await self.making.drug(typed.drug) if typed.drug else None
        self.fields.put(typed, drug)
        if self._named and not self.doctor:
            self.fields.rest.set_values({"doctor_name": self._named})
        self.making.touch()
        if drug is None:
            self.fields.begin()
        else:
            self.fields.dose.focus_on("amount")

    def bring_findings(self) -> None:
        QTimer.singleShot(0, self.inside, lambda: self.inside.ensureWidgetVisible(self.fields.findings))

    def show_refusal(self, field: str, text: str) -> bool:
        if field == "why":
            self._why.say_wrong(text)
            self.why.setFocus()
            return True
        return self.fields.show_refusal(field, text)

    @errand
    async def save(self) -> None:
        """The order is read and checked; then the signatures it needs, one sheet after the other."""
        if self.decision == CHANGE and not self.why.text().strip():
            self.show_refusal("why", "请写明为什么改。")
            return
        self._line, self.second = await self.making.put(), None
        if self._line is None:
            return
        if self._line.second:
            text = f"{self._line.words}\n检查提示禁忌。请另一位医师、药师或护士确认仍要用。"
            self._ask("双签确认", text, "确认仍要用", "")
        elif self.doctor:
            self._ask_signature()
        else:
            await self._write(None)

    # inside -------------------------------------------------------------------------------------------------------

    def _lay_out(self, what: str) -> None:
        self.inside = ScrollBody((0, 0, 10, 0), 14)
        if self.decision == CHANGE:
            self.inside.body.addWidget(self._why)
        self.inside.body.addWidget(self.fields)
        self.inside.body.addStretch(1)
        self.body.addWidget(self.inside, 1)
        signed, written = (
            "签名后旧医嘱停止，新医嘱由护士核对后执行。",
            "保存后由另一位护士核对，医师在时限内签名。",
        )
        self.body.addWidget(Words(signed if self.doctor else written, Role.HINT, wrap=True))
        self.back, self.save_button = Button("返回", "plain"), Button(what, "primary", icon="check")
        for button in (self.back, self.save_button):
            self.acts.addWidget(button)
        self.back.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)

    def _ask_signature(self) -> None:
        words = self._line.words if self._line is not None else ""
        self._ask("签名确认", words, "签名开立", self.bench.actor.number)

    def _ask(self, title: str, text: str, act: str, number: str) -> None:
        self._proof = ProofSheet(self, title, text, number, act=act)
        self._proof.done_with.connect(self._proved)
        self._proof.open()

    @errand
    async def _proved(self) -> None:
        sheet, station = self._proof, self.bench.station
        if sheet is None or self._line is None:
            return
        try:
            proof = await station.aside(station.prove, sheet.number.text().strip(), sheet.secret.text())
            if self._line.second and self.second is None:
                self.second = proof
                sheet.accept()
                if self.doctor:
                    self._ask_signature()
                else:
                    await self._write(None)
                return
            await self._write(proof)
            sheet.accept()
        except Refusal as refusal:
            if self._line is not None and refusal.field in (None, "number", "secret"):
                sheet.refuse(refusal.field, refusal.text)
            else:
                sheet.reject()
                self.errands.tell(refusal)

    async def _write(self, signer: Proof | None) -> None:
        line, row = self._line, self.row
        if line is None:
            return
        done = await self.errands.do(
            Decide(
                self._of.resident,
                self._of.absence,
                self.decision,
                order=row.order.rid if row.order is not None else None,
                item="" if row.order is not None or row.line is None else row.line.key,
                why=self.why.text() if self.decision == CHANGE else "",
                doctor_name=line.form.doctor_name,
                change=line.form,
                signer=signer,
                second=self.second,
                seen=None if row.decision is None else row.decision.seen,
            ),
            busy=self.save_button,
        )
        number = done.issued.number if done.issued is not None else ""
        self.accept()
        self.kept.emit(f"{row.words}：已开立 {number}，待护士核对后执行。")


def _beside(row: ReconcileRow) -> str:
    """Both sides once more, where the new order is written."""
    before = "" if row.before is None else f"入院前：{row.before.dose} {row.before.when}"
    there = (
        "" if row.hospital is None else f"出院：{row.hospital.dose} {row.hospital.when} {row.hospital.note}"
    )
    return "\n".join(part.strip() for part in (before, there) if part)
