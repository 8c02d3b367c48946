"""The way from a basket to orders that stand: a second signature where the checks ask for one, then the signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.core.errors import Refusal
from app.medication.orders import IssueOrders, OrderForm, ReplaceOrder, TranscribeOrders
from ui.kit import errand
from ui.kit.errands import Errands
from ui.kit.proof_sheet import ProofSheet
from ui.kit.why_sheet import WhySheet
from ui.medication.order_sign_sheets import HeardSheet, OrdersSheet, who_words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.access.proof import Proof
    from app.core.orders import Order
    from ui.medication.order_basket import BasketLine
    from ui.medication.order_view import OrderView


class Signing(QObject):
    """Begun by `ask`; a refusal leaves basket and sheet as they are."""

    def __init__(self, view: OrderView) -> None:
        super().__init__(view)
        self.view = view
        self.errands = Errands(view.bench.desk, view, notice=view.bench.notice, fields=view.fields)
        self.lines: tuple[BasketLine, ...] = ()
        self.second: Proof | None = None
        self.sheet: ProofSheet | None = None

    @property
    def forms(self) -> tuple[OrderForm, ...]:
        return tuple(line.form for line in self.lines)

    def ask(self, lines: tuple[BasketLine, ...]) -> None:
        """Which signatures these orders need, one sheet after the other."""
        self.lines, self.second = lines, None
        if self.view.replaced is not None and len(lines) > 1:
            self.view.bench.notice.refused("改医嘱一次改一条。其余的请另开。")
        elif any(line.second for line in lines):
            self._ask_second()
        else:
            self._ask_first()

    # inside -------------------------------------------------------------------------------------------------------

    def _ask_second(self) -> None:
        person = self.view.person
        words = "\n".join(line.words for line in self.lines if line.second)
        text = f"{who_words(person) if person else ''}\n{words}\n检查提示禁忌。请另一位医师、药师或护士确认仍要开立。"
        sheet = ProofSheet(self.view, "双签确认", text, act="确认仍要开立")
        sheet.done_with.connect(self._keep_second)
        self._open(sheet)

    @errand
    async def _keep_second(self) -> None:
        if (sheet := self.sheet) is None:
            return
        try:
            self.second = await self._prove(sheet)
        except Refusal as refusal:
            sheet.refuse(refusal.field, refusal.text)
            return
        sheet.accept()
        self._ask_first()

    def _ask_first(self) -> None:
        view, words = self.view, [line.words for line in self.lines]
        if (person := view.person) is None:
            return
        if view.doctor:
            sheet = OrdersSheet(
                view, person, words, number=view.bench.actor.number, asks_why=view.replaced is not None
            )
            sheet.done_with.connect(self._issue)
            self._open(sheet)
        elif view.replaced is not None:
            why = WhySheet(view, "改医嘱", f"{who_words(person)}\n{words[0]}", "保存")
            why.said.connect(self._replace_transcribed)
            why.open()
        elif any(form.verbal for form in self.forms):
            heard = HeardSheet(view, person, words)
            heard.done_with.connect(self._heard)
            self._open(heard)
        else:
            self._transcribe()

    @errand
    async def _issue(self) -> None:
        """A doctor's signature over all of them."""
        sheet, view = self.sheet, self.view
        if not isinstance(sheet, OrdersSheet) or view.resident is None:
            return
        resident, replaced = view.resident, view.replaced

        async def signed() -> Order[Any]:
            signer = await self._prove(sheet)
            if replaced is not None:
                return ReplaceOrder(replaced.seen, self.forms[0], sheet.why.text(), signer, self.second)
            return IssueOrders(resident, self.forms, signer, self.second)

        await self._have_done(signed, sheet)

    @errand
    async def _transcribe(self) -> None:
        resident = self.view.resident
        if resident is None:
            return

        async def written() -> Order[Any]:
            return TranscribeOrders(resident, self.forms, self.second)

        await self._have_done(written, None)

    @errand
    async def _heard(self) -> None:
        """A verbal order: who heard it, or why nobody did."""
        sheet, resident = self.sheet, self.view.resident
        if not isinstance(sheet, HeardSheet) or resident is None:
            return

        async def heard() -> Order[Any]:
            if sheet.is_alone:
                return TranscribeOrders(resident, self.forms, self.second, None, sheet.alone.text())
            return TranscribeOrders(resident, self.forms, self.second, await self._prove(sheet), "")

        await self._have_done(heard, sheet)

    @errand
    async def _replace_transcribed(self, why: str) -> None:
        replaced = self.view.replaced
        if replaced is None:
            return

        async def changed() -> Order[Any]:
            return ReplaceOrder(replaced.seen, self.forms[0], why, second=self.second)

        await self._have_done(changed, None)

    async def _have_done(self, make: Callable[[], Awaitable[Order[Any]]], sheet: ProofSheet | None) -> None:
        """The order is made, proved by the sheet where there is one, and done; a refusal leaves all as it was."""
        try:
            done = await self.errands.do(
                await make(), busy=self.view.basket.sign if sheet is None else sheet.main
            )
        except Refusal as refusal:
            self._refused(sheet, refusal)
            return
        if sheet is not None:
            sheet.accept()
        issued = done if isinstance(done, tuple) else (done,)
        self.view.signed(tuple(one.number for one in issued))

    async def _prove(self, sheet: ProofSheet) -> Proof:
        station = self.view.bench.station
        return await station.aside(station.prove, sheet.number.text().strip(), sheet.secret.text())

    def _refused(self, sheet: ProofSheet | None, refusal: Refusal) -> None:
        """What is about the signature stands in the sheet; what is about an order, in the form behind it."""
        if sheet is not None:
            if refusal.field in sheet.fields or refusal.field is None:
                sheet.refuse(refusal.field, refusal.text)
                return
            sheet.reject()
        if len(self.lines) == 1:
            self.view.take_back(0)
        self.view.errands.tell(refusal)

    def _open(self, sheet: ProofSheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(self._closed)
        sheet.open()

    def _closed(self) -> None:
        self.sheet = None
