"""The doctor's signature over a prescription: the whole of it repeated, refusals where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.access.proof import Proof
from app.core.errors import Refusal, Trouble
from app.core.form import Value
from app.medication.prescriptions import EXTENDED, LONG
from app.medication.prescriptions.form import asks_signature, read_extended, read_free, read_long
from ui.kit import errand
from ui.kit.errands import Errands
from ui.kit.proof_sheet import ProofSheet
from ui.medication.order_sign_sheets import order_list, who_words
from ui.medication.rx_columns import quantity_words
from ui.style import look

if TYPE_CHECKING:
    from ui.medication.rx_form_view import RxFormView

_TITLES = {LONG: "签名开具长期处方", EXTENDED: "签名登记延伸处方"}


class RxSigning(QObject):
    """Begun by `ask`; a refusal leaves form and sheet as they are."""

    def __init__(self, view: RxFormView) -> None:
        super().__init__(view)
        self.view = view
        self.errands = Errands(view.bench.desk, view, notice=view.bench.notice, fields=view)
        self.sheet: ProofSheet | None = None

    def ask(self) -> None:
        """Repeat what is signed and ask for the doctor."""
        view = self.view
        if view.start is None:
            return
        title = _TITLES.get(view.what, "签名发放免费基本药物")
        sheet = ProofSheet(view, title, who_words(view.start.person), view.bench.actor.number, act="签名")
        sheet.setMinimumWidth(look.sp(600))
        sheet.body.insertWidget(0, order_list(self._lines(), view))
        sheet.done_with.connect(self.sign)
        sheet.finished.connect(self._closed)
        self.sheet = sheet
        sheet.open()

    @errand
    async def sign(self) -> None:
        sheet, view = self.sheet, self.view
        if sheet is None or view.resident is None:
            return
        station = view.bench.station
        try:
            signer = await station.aside(station.prove, sheet.number.text().strip(), sheet.secret.text())
            seen = await self.errands.do(self._order(signer), busy=sheet.main)
        except Refusal as refusal:
            if refusal.field in sheet.fields or refusal.field is None:
                sheet.refuse(refusal.field, refusal.text)
                return
            sheet.reject()
            view.errands.tell(refusal)
            return
        except Trouble as trouble:
            sheet.notice.trouble(trouble.text, trouble.remedy)
            return
        sheet.accept()
        view.signed(seen.rid)

    def _order(self, signer: Proof) -> Any:
        view = self.view
        resident, asked = view.resident, self._values()
        if resident is None:
            raise Refusal("没有选中老人。")
        chosen = tuple(one.order for one in view.items.picked_rows)
        drawn = view.pieces.signer.strokes if view.pieces.signer is not None else ()
        if view.what == LONG:
            return read_long(resident, chosen, asked, signer, drawn)
        if view.what == EXTENDED:
            return read_extended(resident, chosen, asked, signer)
        return read_free(resident, view.pieces.amounts.items(), asked, signer, drawn)

    def _values(self) -> dict[str, Value]:
        """What is asked now; what stands in hidden fields is not said."""
        view, form = self.view, self.view.form
        values = {key: value for key, value in form.values().items() if form.asks(key)}
        if view.pieces.signer is not None and asks_signature(view.what, values):
            values |= view.pieces.signer.form.values()
        return values

    def _lines(self) -> list[str]:
        view = self.view
        if view.what not in (LONG, EXTENDED):
            typed = {item.drug: item.quantity for item in view.pieces.amounts.items()}
            return [
                f"{one.need.words} {one.need.strength}　{typed.get(one.need.drug, '')} {one.need.unit}"
                for one in view.items.picked_rows
            ]
        return [
            f"{one.need.words} {one.need.strength}　{one.need.usage}　"
            f"{quantity_words(one.need.units, one.need.unit, one.need.packs, one.need.pack_unit)}"
            for one in view.items.picked_rows
        ]

    def _closed(self) -> None:
        self.sheet = None
