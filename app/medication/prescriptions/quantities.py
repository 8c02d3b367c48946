"""How much of a medicine an order takes for some days: in its own unit, in base units, in packs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.care.derived import hours_of
from app.core.unit import Reader
from app.medication.derived import OrderFact, orders_of
from app.medication.drugs.catalogue import drugs
from app.medication.facts import pieces_of, strength_of
from app.medication.lists import frequency_words, route_of
from app.medication.prescriptions.rules import needed, per_day
from app.medication.rules.amounts import amount_words
from app.medication.rules.dosing import dosing_words
from app.medication.rules.regime import LONG
from app.medication.rules.states import CHECKED


@dataclass(frozen=True)
class Need:
    """`units` base units for the days, in `packs` packs (0: not known); empty where the dose is not fixed."""

    order: UUID
    drug: str
    words: str
    strength: str
    usage: str
    units: str
    unit: str
    packs: int
    pack_unit: str

    def stored(self) -> dict[str, Any]:
        return {
            "order": str(self.order), "drug": self.drug, "words": self.words, "strength": self.strength,
            "usage": self.usage, "quantity": self.units, "unit": self.unit, "packs": self.packs,
            "pack_unit": self.pack_unit,
        }  # fmt: skip


def orders_for(reader: Reader, resident: UUID) -> dict[UUID, OrderFact]:
    """The running long orders of a resident: what a prescription may be made of."""
    facts = orders_of(reader, [resident], hours_of(reader))
    return {
        rid: fact
        for rid, fact in facts.items()
        if fact.kind == LONG
        and fact.status == CHECKED
        and (fact.regime.ends is None or fact.regime.ends > reader.now)
    }


def need_of(fact: OrderFact, days: int) -> Need:
    """How much an order takes for so many days."""
    regime = fact.regime
    a_day = per_day(fact.dosing, len(regime.times), regime.every_days, len(regime.weekdays))
    drug = drugs().get(fact.drug)
    pack, pack_unit = (drug.pack, drug.pack_unit) if drug is not None else (0, "")
    units = None if a_day is None else pieces_of(fact.facts, a_day, fact.dose_unit)
    whole, packs = (None, 0) if units is None else needed(units, days, pack)
    usage = " ".join(
        (
            dosing_words(fact.dosing, fact.dose_unit),
            route_of(fact.route).words,
            frequency_words(fact.frequency),
        )
    )
    return Need(
        order=fact.rid,
        drug=fact.drug,
        words=fact.words,
        strength=strength_of(fact.facts),
        usage=usage,
        units="" if whole is None else amount_words(round(Decimal(whole), 2)),
        unit=str(fact.facts.get("unit", "")),
        packs=packs,
        pack_unit=pack_unit,
    )
