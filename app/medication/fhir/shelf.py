"""The institution with its people, its own medicines and its prescriptions at hand, for translators of medication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.ids import named
from app.core.unit import Reader
from app.fhir import House, local
from app.fhir.coding import words
from app.medication.drugs.catalogue import drugs
from app.residents.fhir.people import Peopled, staffed
from db.models import OwnDrug, Prescription

KIND = "drug"
FIELD = "urn:carestation:medication-field"
"""Extension of the columns of a medication record."""
DRUG, ATC = "urn:carestation:drug", "http://www.whocc.no/atc"
"""Systems of codes: this program's list, the WHO's classification. None of RxNorm: it has no Chinese products."""


@dataclass(frozen=True)
class MedicineHouse(Peopled):
    """`own`: own medicines by code. `prescriptions`: number and kind of each."""

    own: Mapping[str, UUID] = field(default_factory=dict, compare=False, repr=False)
    prescriptions: Mapping[UUID, tuple[str, str]] = field(default_factory=dict, compare=False, repr=False)


def furnished(reader: Reader) -> House:
    """The house with what its records of medication name."""
    ask = reader.session.execute
    bare = MedicineHouse.of(reader.settings)
    own = {row.code: row.rid for row in ask(select(OwnDrug.code, OwnDrug.rid).where(OwnDrug.current))}
    columns = (Prescription.rid, Prescription.number, Prescription.what)
    prescribed = {
        rid: (number, what) for rid, number, what in ask(select(*columns).where(Prescription.current))
    }
    return replace(bare, people=staffed(reader), own=own, prescriptions=prescribed)


def shipped_rid(institution: UUID, code: str) -> UUID:
    """One resource a medicine of the program, the same for every station of the institution."""
    return named(institution, KIND, code)


def medicine_of(house: House, code: str) -> UUID | None:
    """The record a medicine stands in; None for a code that no list has (any more)."""
    if isinstance(house, MedicineHouse) and code in house.own:
        return house.own[code]
    return shipped_rid(house.institution, code) if code in drugs() else None


def medicine(house: House, code: str, said: str = "", atc: str = "") -> dict[str, Any]:
    """The element that names a medicine: by its record, else by what was written of it then."""
    if (rid := medicine_of(house, code)) is not None:
        return {
            "medicationReference": {
                **local("Medication", rid),
                **({"display": words(said)} if words(said) else {}),
            }
        }
    return {"medicationCodeableConcept": coded_medicine(code, said, atc)}


def coded_medicine(code: str, said: str, atc: str = "") -> dict[str, Any]:
    """A medicine as code and words."""
    codings = [
        {"system": system, "code": one} for system, one in ((DRUG, words(code)), (ATC, words(atc))) if one
    ]
    found: dict[str, Any] = {"coding": codings} if codings else {}
    text = words(said) or words(code)
    return {**found, "text": text} if text else found
