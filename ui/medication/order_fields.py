"""The form of one order: medicine, dose, times, why, from whom; what is not asked of its kind is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.medication.lists import frequencies_here
from app.medication.orders.entry_form import (
    Typed,
    asked_keys,
    dose_fields,
    first_values,
    rest_fields,
)
from app.medication.orders.entry_reading import usual_unit
from app.medication.rules.dosing import SAME
from app.medication.rules.drug import Drug
from ui.forms.form_view import FormView
from ui.kit import Labelled, Words
from ui.kit.view import Bench
from ui.medication.drug_box import DrugBox
from ui.medication.findings import FindingsPanel
from ui.medication.order_dosing import DosingRows
from ui.style import Role

if TYPE_CHECKING:
    from app.medication.queries.order_preview import OrderPreviewRow

_ENTER = (0x01000004, 0x01000005)


class DoseForm(FormView):
    """Enter in the dose is all a usual order needs: it goes into the basket."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.input("amount").hasFocus():
            self.entered.emit()
            return
        super().keyPressEvent(event)


class OrderFields(QWidget):
    """`changed` with every edit; `entered`: the order is said, to be put into the basket."""

    changed = Signal()
    entered = Signal()

    def __init__(self, bench: Bench, *, doctor: bool) -> None:
        super().__init__()
        self.bench, self.doctor = bench, doctor
        self.settings = bench.station.settings
        self.drug = DrugBox(bench.desk, bench.notice)
        self.labelled = Labelled("药品", self.drug, required=True)
        self.dose = DoseForm(dose_fields(self.settings))
        self.rows = DosingRows()
        self.rest = FormView(rest_fields(doctor=doctor))
        self.preview = Words("", Role.HINT, wrap=True)
        self.findings = FindingsPanel()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        pieces = (self.labelled, self.findings, self.dose, self.rows, self.preview, self.rest)
        for piece in pieces:
            box.addWidget(piece)
        box.addStretch(1)
        self.drug.chosen.connect(self._chosen)
        self.dose.changed.connect(self._edited)
        self.rest.changed.connect(self._edited)
        self.rows.edited.connect(self.changed)
        self.findings.changed.connect(self.changed)
        self.dose.entered.connect(self.entered)
        self.dose.submitted.connect(self._after_dose)
        self.rows.finished.connect(self.entered)
        self.rest.submitted.connect(self.entered)
        self.clear()

    @property
    def blank(self) -> bool:
        """Whether nothing was said yet."""
        return self.drug.drug is None and not str(self.dose.draft()["amount"]).strip()

    def typed(self) -> Typed:
        """Everything as it stands in the fields."""
        code = self.drug.drug.code if self.drug.drug is not None else ""
        return Typed(code, self.dose.draft() | self.rest.draft(), self.rows.rows(), self.findings.answers())

    def put(self, typed: Typed, drug: Drug | None) -> None:
        """Show what was said before: a draft, a copy, a line of the basket taken back."""
        self.clear()
        if drug is not None:
            self.drug.take(drug)
        self.dose.set_values(typed.values)
        self.rest.set_values(typed.values)
        self.rows.put_rows(self._way(), self._times(), typed.rows)
        self.findings.put_answers(typed.answered)
        self._ask_only()

    def clear(self) -> None:
        """Empty for the next order; who ordered it and where it comes from stay."""
        kept = {key: self.rest.draft().get(key, "") for key in ("origin", "doctor_name", "hospital")}
        self.drug.clear()
        for form in (self.dose, self.rest):
            form.clear()
            form.set_values(first_values(None, doctor=self.doctor))
        self.rest.set_values({key: value for key, value in kept.items() if value})
        self.rows.put_rows(SAME, (), ())
        self.findings.show_findings(())
        self.preview.setText("")
        self._ask_only()

    def say_source(self, doctor: str, hospital: str) -> None:
        """Who said it and from where, in fields that nobody filled yet."""
        said = self.rest.draft()
        offered = {"doctor_name": doctor, "hospital": hospital}
        self.rest.set_values({key: words for key, words in offered.items() if not said.get(key)})

    def show_refusal(self, field: str, text: str) -> bool:
        """Beside its field; what the checks refuse stands beside their lines."""
        if field == "drug":
            self.drug.say_wrong(text)
            self.drug.focus_part().setFocus()
            return True
        if field == "checks":
            self.findings.refuse(text)
            return True
        if field == "unit":
            field = "amount"
        if field == "amount" and self._way() != SAME:
            self.rows.focus_first()
            self.bench.notice.refused(text)
            return True
        if field == "prn":
            field = "gap"
        return self.dose.show_refusal(field, text) or self.rest.show_refusal(field, text)

    def show_preview(self, row: OrderPreviewRow | None, words: str) -> None:
        """What the order would become: tablets beside the dose, first doses below."""
        self.dose.note("amount", f"= {row.pieces}" if row is not None and row.pieces else self._unit_words())
        self.preview.setText(words)

    def begin(self) -> None:
        self.drug.focus_part().setFocus()

    # inside -------------------------------------------------------------------------------------------------------

    def _chosen(self, drug: object) -> None:
        """A medicine brings along its route, how often and with regard to meals it is mostly given."""
        if isinstance(drug, Drug):
            brought = first_values(drug, doctor=self.doctor)
            self.dose.set_values({"route": brought["route"], "frequency": brought["frequency"], "times": ""})
            self.rest.set_values({"meal": brought["meal"]})
            self._show_times()
            self.dose.note("amount", self._unit_words())
            if self.drug.line.hasFocus():
                self.dose.focus_on("amount")
        self._ask_only()
        self.changed.emit()

    def _edited(self) -> None:
        self._ask_only()
        self.changed.emit()

    def _ask_only(self) -> None:
        values = self.dose.draft() | self.rest.draft()
        keys = asked_keys(values, self.drug.drug, self.settings)
        self.dose.ask_only(keys)
        self.rest.ask_only(keys)
        self._show_times()
        self.rows.show_way(self._way(), self._times())

    def _show_times(self) -> None:
        """The institution's times stand in the empty field as what will be taken."""
        frequency = frequencies_here(self.settings).get(str(self.dose.draft()["frequency"]))
        field = self.dose.input("times")
        usual = " ".join(frequency.times) if frequency is not None else ""
        field.setProperty("placeholderText", usual or "如 08:00 20:00")

    def _after_dose(self) -> None:
        if self._way() != SAME:
            self.rows.focus_first()
        else:
            self.rest.focus_on("meal" if self.dose.draft()["kind"] == "long" else "begins")

    def _way(self) -> str:
        values = self.dose.draft()
        return str(values["way"] or SAME) if values["kind"] == "long" else SAME

    def _times(self) -> tuple[str, ...]:
        typed = str(self.dose.draft()["times"]).split()
        frequency = frequencies_here(self.settings).get(str(self.dose.draft()["frequency"]))
        return tuple(typed) or (frequency.times if frequency is not None else ())

    def _unit_words(self) -> str:
        return f"只写数字按 {usual_unit(self.drug.drug)}" if self.drug.drug is not None else ""
