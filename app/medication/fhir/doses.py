"""Doses there and back: each revision of each station is a resource of its own, of an order that must have come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.core.unit import Reader, Unit
from app.fhir import House, NotYet
from app.medication.fhir.dose import OWNED, RESOURCE, SAFE, SLOT, WORD, elements
from app.medication.fhir.shelf import FIELD, furnished
from app.residents.fhir.apart import ApartMapper
from db.models import Dose, MedOrder
from db.models.medication import OUTCOMES


class DoseMapper(ApartMapper[Dose]):
    """What was given, by whom, checked by whom."""

    kind = "dose"
    called = "给药记录"
    resource = RESOURCE
    model = Dose
    field = FIELD
    owned = OWNED
    marks = frozenset({FIELD})
    word, slot = WORD, SLOT
    safe = SAFE

    def house(self, reader: Reader) -> House:
        return furnished(reader)

    def sound(self, content: Mapping[str, Any]) -> bool:
        return content["outcome"] in OUTCOMES

    def said(self, house: House, row: Any) -> dict[str, Any]:
        return elements(house, row)

    def fits(self, unit: Unit, content: Mapping[str, Any]) -> None:
        order = select(MedOrder.rid).where(MedOrder.rid == content["med_order"]).limit(1)
        if unit.session.scalar(order) is None:
            raise NotYet("这条给药记录的医嘱还没有收到。")
