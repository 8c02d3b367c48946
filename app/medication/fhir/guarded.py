"""What every kind of medication does alike: its fields, and the medicines and people its elements name."""

from __future__ import annotations

from typing import TypeVar

from app.core.unit import Reader
from app.fhir import House
from app.medication.fhir.shelf import FIELD, furnished
from app.residents.fhir.guarded import ERROR, GuardedMapper
from db.base import Clinical

C = TypeVar("C", bound=Clinical)
__all__ = ["ERROR", "MedicationMapper"]


class MedicationMapper(GuardedMapper[C]):
    """A kind of medication of a resident."""

    field = FIELD
    marks = frozenset({FIELD})

    def house(self, reader: Reader) -> House:
        return furnished(reader)
