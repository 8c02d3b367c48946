"""What stands in the form of a prescription when it begins, and what is kept of it as it is typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.core.clock import date_in
from app.core.drafts import KeptDraft
from app.core.form import Value
from app.medication.prescriptions import EXTENDED, FREE, LONG, RxStart
from app.medication.prescriptions.form import first_values, values_again
from ui.forms.form_draft import FormDraft
from ui.kit import LineField, errand

if TYPE_CHECKING:
    from ui.medication.rx_form_view import RxFormView

FORM = "prescription"
TITLES = {LONG: "长期处方", EXTENDED: "延伸处方", FREE: "免费基本药物"}


class RxFilling(QObject):
    """`fill` when a form begins; the draft is kept as it is typed."""

    def __init__(self, view: RxFormView) -> None:
        super().__init__(view)
        self.view, self.errands = view, view.errands
        self.draft = FormDraft(view, FORM, self.kept)

    @property
    def today(self) -> date:
        return date_in(self.view.bench.station.settings.zone, self.view.bench.desk.clock.now())

    def fill(self, start: RxStart, kept: KeptDraft | None) -> tuple[str, ...]:
        """From the one it goes on from, else from a draft of this kind, else the usual. The medicines to choose."""
        view = self.view
        view.form.set_values(first_values(view.what, self.today, start.diagnoses))
        codes: tuple[str, ...] = ()
        if (row := view.renews) is not None:
            view.form.set_values(values_again(row, self.today))
            codes = tuple(item["drug"] for item in row.items)
            if row.what == FREE:
                view.pieces.amounts.put({one["drug"]: [one["quantity"], one["price"]] for one in row.items})
        elif kept is not None and kept.content.get("what") == view.what:
            codes = tuple(kept.content.get("drugs", ()))
            self._restore(kept)
        if "diagnosis" in view.form.draft() and isinstance(line := view.form.input("diagnosis"), LineField):
            line.home(False)
        return codes

    def fill_measured(self) -> None:
        """Ctrl+B: the last two values go into the grounds."""
        view = self.view
        if view.start is None or view.what != LONG:
            return
        if not view.start.measured:
            view.bench.notice.refused("近三个月没有血压和血糖记录，请手写依据。")
            return
        before = str(view.form.draft()["basis"]).strip()
        if view.start.measured not in before:
            said = "；".join(part for part in (before, view.start.measured) if part)
            view.form.set_values({"basis": said})
            view.edited()
        view.form.focus_on("basis")

    @errand
    async def drop_draft(self) -> None:
        """What was restored is not wanted."""
        await self.draft.drop()
        self.view.begin()

    def kept(self) -> dict[str, Any]:
        """For the draft, as JSON; a signature is never kept before it is given."""
        view = self.view
        signer = view.pieces.signer
        return {
            "what": view.what,
            "values": view.form.draft(),
            "signer": signer.values() if signer is not None else {},
            "drugs": [one.need.drug for one in view.items.picked_rows],
            "amounts": view.pieces.amounts.typed() if view.what == FREE else {},
        }

    def _restore(self, kept: KeptDraft) -> None:
        view = self.view
        values: dict[str, Value] = kept.content.get("values", {})
        view.form.set_values(values)
        if view.pieces.signer is not None:
            view.pieces.signer.set_values(kept.content.get("signer", {}))
        view.pieces.amounts.put(kept.content.get("amounts", {}))
        said = f"已恢复 {self.draft.when(kept)} 没开完的{TITLES[view.what]}；撤销就是不要了。"
        view.bench.notice.done(said, undo=self.drop_draft)
