"""From what is typed to an order of the basket: its words, first doses, and what the checks say as it is typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from app.core.drafts import KeptDraft
from app.core.errors import Refusal
from app.medication.checking import CheckForm, Finding
from app.medication.drugs.queries import DrugCalled
from app.medication.lists import frequencies
from app.medication.orders import OrderForm
from app.medication.orders.entry_form import Typed, read_order
from app.medication.queries.order_lists import OrderAgain
from app.medication.queries.order_preview import OrderPreview
from app.medication.rules.dosing import SAME
from app.medication.rules.drug import Drug
from ui.kit import latest
from ui.medication.order_basket import BasketLine, first_words

if TYPE_CHECKING:
    from ui.kit import Errands
    from ui.kit.view import Bench
    from ui.medication.order_fields import OrderFields

_LOOK_AFTER_MS = 120


class Maker(Protocol):
    """Where an order is typed: the form 开医嘱, the sheet of a reconciliation."""

    bench: Bench
    errands: Errands
    fields: OrderFields
    resident: UUID | None
    doctor: bool

    @property
    def others(self) -> tuple[BasketLine, ...]:
        """Orders said with it that are not written yet."""
        ...

    @property
    def instead_of(self) -> UUID | None:
        """The order it takes the place of."""
        ...

    def bring_findings(self) -> None:
        """Into sight: a reason is missing there."""
        ...


class Making(QObject):
    """`touch()` with every edit: a moment later the preview and the findings follow what is typed."""

    def __init__(self, view: Maker) -> None:
        super().__init__(view if isinstance(view, QObject) else None)
        self.view, self.errands = view, view.errands
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_AFTER_MS)
        self._timer.timeout.connect(self.look)

    def touch(self) -> None:
        self._timer.start()

    @latest
    async def look(self) -> None:
        """What the order would become; while it cannot be read nothing is said, but what speaks against it is."""
        fields = self.view.fields
        typed, drug = fields.typed(), fields.drug.drug
        if drug is None or self.view.resident is None:
            fields.show_preview(None, "")
            fields.findings.show_findings(())
            return
        try:
            form = self._read(typed, drug)
            row = await self.errands.ask(OrderPreview(form))
        except Refusal:
            form = OrderForm(
                drug.code, {"way": SAME, "amount": ""}, frequency=str(typed.values.get("frequency") or "qd")
            )
            fields.show_preview(None, "")
        else:
            fields.show_preview(row, first_words(row, self.view.bench.station.settings.zone))
        fields.findings.show_findings(await self._found(form))

    async def put(self) -> BasketLine | None:
        """The order as it stands in the form; None where a field or a reason is missing, which is then said."""
        fields = self.view.fields
        if (drug := fields.drug.drug) is None:
            fields.show_refusal("drug", "请选药品：输入拼音或药名，Enter 选中。")
            return None
        if not (fields.dose.check() and fields.rest.check()):
            return None
        form = self._read(fields.typed(), drug)
        await self.errands.ask(OrderPreview(form, transcribed=not self.view.doctor))
        fields.findings.show_findings(await self._found(form))
        if fields.findings.go_to_missing():
            self.view.bring_findings()
            return None
        return await self.line(fields.typed(), drug)

    async def line(self, typed: Typed, drug: Drug) -> BasketLine:
        """One order for the basket; refuses, with its field, what the order itself would refuse."""
        form = self._read(typed, drug)
        row = await self.errands.ask(OrderPreview(form, transcribed=not self.view.doctor))
        second = any(one.severity.needs_second for one in await self._found(form))
        return BasketLine(typed, drug, form, row, second)

    async def again(self, rid: UUID) -> None:
        """An order once more into the form."""
        typed = await self.errands.ask(OrderAgain(rid))
        self.view.fields.put(typed, await self.drug(typed.drug))

    async def restore(self, kept: KeptDraft) -> tuple[tuple[BasketLine, ...], str]:
        """The basket of a draft, and why a line of it is not there; what stood in the form stands there again."""
        lines: list[BasketLine] = []
        lost = ""
        for one in kept.content.get("basket", ()):
            typed = Typed.from_kept(one)
            try:
                lines.append(await self.line(typed, await self.drug(typed.drug)))
            except Refusal as refusal:
                lost = refusal.text
        typed = Typed.from_kept(kept.content.get("form", {}))
        try:
            self.view.fields.put(typed, await self.drug(typed.drug) if typed.drug else None)
        except Refusal as refusal:
            lost = refusal.text
        return tuple(lines), lost

    async def drug(self, code: str) -> Drug:
        known = await self.errands.ask(DrugCalled(code))
        if not known.offered:
            raise Refusal(f"{known.drug.title}已不在药品目录里，请另选。", field="drug")
        return known.drug

    # inside -------------------------------------------------------------------------------------------------------

    def _read(self, typed: Typed, drug: Drug) -> OrderForm:
        bench = self.view.bench
        return read_order(typed, drug, bench.station.settings, bench.desk.clock.now())

    async def _found(self, form: OrderForm) -> tuple[Finding, ...]:
        """What speaks against it beside what runs and the others of the basket."""
        view = self.view
        if view.resident is None:
            return ()
        beside = tuple(line.form for line in view.others)
        frequency = frequencies().get(form.frequency)
        if frequency is not None and frequency.weekdays and not form.weekdays:
            # the day is not chosen yet: that is asked beside its field, and is nothing to be answered in words
            form = replace(form, weekdays=tuple("135246"[: frequency.weekdays]))
        return await self.errands.ask(CheckForm(view.resident, form, beside, view.instead_of))
