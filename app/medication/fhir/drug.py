"""A medicine of the list as Medication: code, form, pack and what is in one unit of it; sent before who names it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader
from app.fhir import Held, House
from app.fhir.coding import words
from app.fhir.elements import extension, filled
from app.fhir.fields import fields_in
from app.fhir.made import MadeMapper
from app.medication.drugs.catalogue import drugs
from app.medication.fhir.quantities import quantity
from app.medication.fhir.shelf import FIELD, coded_medicine, shipped_rid
from app.medication.rules.drug import Drug
from db.models import Dose, MedOrder, Outbox, SkinTest

CONTROL, ALERT = "urn:carestation:drug-control", "urn:carestation:high-alert"
OWNED = frozenset({"code", "status", "form", "amount", "ingredient", "extension"})
MARKS = frozenset({CONTROL, ALERT})
OUTDATED = Held("不上传（本站的药品目录里已没有这个药）。")

_NAMING: tuple[type[MedOrder | Dose | SkinTest], ...] = (MedOrder, Dose, SkinTest)
"""Records that name a medicine by its code."""
_STRETCH = 500


class DrugMapper(MadeMapper):
    """Medicines of the program. The institution's own are records, with a translator of theirs."""

    resource = "Medication"
    owned = OWNED

    def records(self, reader: Reader) -> tuple[UUID, ...]:
        """Those that an order, a dose or a skin test which waits is about."""
        used, institution = _waiting(reader), reader.settings.institution_id
        return tuple(shipped_rid(institution, code) for code in drugs() if code in used)

    def made(
        self, reader: Reader, house: House, records: frozenset[UUID]
    ) -> dict[UUID, dict[str, Any] | Held]:
        known = shipped(reader)
        return {rid: medication(known[rid]) if rid in known else OUTDATED for rid in records}

    def marks(self, house: House) -> frozenset[str]:
        return super().marks(house) | MARKS

    def claims(self, body: dict[str, Any]) -> bool:
        """An own medicine carries its fields."""
        return super().claims(body) and fields_in(body, FIELD) is None


def _waiting(reader: Reader) -> set[str]:
    """Codes of medicines in records that wait. Asked in every round: it walks what waits, never all doses."""
    queued = select(Outbox.kind, Outbox.record).where(Outbox.state != "acked").order_by(Outbox.id)
    records: dict[str, list[UUID]] = {model.__kind__: [] for model in _NAMING}
    for kind, record in reader.session.execute(queued):
        if kind in records:
            records[kind].append(record)
    used: set[str] = set()
    for model in _NAMING:
        rids = records[model.__kind__]
        for start in range(0, len(rids), _STRETCH):
            some = model.rid.in_(rids[start : start + _STRETCH])
            used.update(reader.session.scalars(select(model.drug).where(some).distinct()))
    return used


def shipped(reader: Reader) -> dict[UUID, Drug]:
    """Every medicine of the program, by its record."""
    institution = reader.settings.institution_id
    return {shipped_rid(institution, code): drug for code, drug in drugs().items()}


def medication(drug: Drug) -> dict[str, Any]:
    """The elements of a medicine."""
    pack = filled(
        numerator=quantity(drug.pack or None, drug.unit), denominator=quantity(1, drug.pack_unit or "盒")
    )
    return filled(
        extension=[
            *extension(CONTROL, "String", words(drug.control)),
            *extension(ALERT, "Boolean", True if drug.high_alert else None),
        ],
        code=coded_medicine(drug.code, _title(drug), drug.atc),
        status="active",
        form=filled(text=words(drug.form)),
        amount=pack if drug.pack else {},
        ingredient=list(_ingredients(drug)),
    )


def _title(drug: Drug) -> str:
    return " ".join(filter(None, (words(drug.title), words(drug.size))))


def _ingredients(drug: Drug) -> list[dict[str, Any]]:
    """Each active substance; how much of it is in one unit, where the list says that."""
    parts = {part.ingredient: (part.amount, part.unit) for part in drug.contains}
    names = [*drug.ingredients, *(one for one in drug.hidden if one not in drug.ingredients)]
    if len(names) == 1 and drug.strength is not None:
        parts.setdefault(names[0], (drug.strength, drug.strength_unit))
    found = []
    for name in names or [drug.inn or drug.name]:
        amount, unit = parts.get(name, (None, ""))
        held = quantity(amount, unit)
        strength = {"numerator": held, "denominator": quantity(1, drug.unit)} if held else {}
        found.append(filled(itemCodeableConcept={"text": words(name)}, isActive=True, strength=strength))
    return found
