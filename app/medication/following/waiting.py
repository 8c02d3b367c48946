"""Doses that wait for somebody afterwards: effects to look at, infusions to end, one-person checks to countersign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader
from app.medication.derived import DOSE_COLUMNS, DoseFact, dose_fact
from app.medication.lists import effect_due, routes
from db.models import Dose, MedOrder

EFFECT, INFUSION, COUNTERSIGN = "effect", "infusion", "countersign"
BACK = timedelta(hours=24)
"""How far back effects and infusions are asked after."""


@dataclass(frozen=True)
class Waits:
    """One dose that waits. `due`: when it is to be looked at; `late`: from when it is overdue."""

    what: str
    resident: UUID
    dose: DoseFact
    medicine: str
    due: datetime
    late: datetime


def waiting(reader: Reader, resident: UUID | None = None) -> tuple[Waits, ...]:
    """What waits, of one resident or of the house, by the time it is due."""
    found = [*_effects(reader, resident), *_infusions(reader, resident), *_unsigned(reader, resident)]
    return tuple(sorted(found, key=lambda one: one.due))


def _effects(reader: Reader, resident: UUID | None) -> Iterator[Waits]:
    soon, late = effect_due()
    for fact, medicine in _doses(
        reader, resident, Dose.kind == "prn", Dose.outcome.in_(("given", "partial"))
    ):
        if not fact.prn.get("effect"):
            yield Waits(EFFECT, fact.resident, fact, medicine, fact.at + soon, fact.at + late)


def _infusions(reader: Reader, resident: UUID | None) -> Iterator[Waits]:
    infused = [code for code, route in routes().items() if route.infusion]
    given = Dose.outcome.in_(("given", "partial"))
    for fact, medicine in _doses(reader, resident, MedOrder.route.in_(infused), Dose.ended.is_(None), given):
        yield Waits(INFUSION, fact.resident, fact, medicine, fact.at, fact.at + timedelta(hours=12))


def _unsigned(reader: Reader, resident: UUID | None) -> Iterator[Waits]:
    for fact, medicine in _doses(
        reader, resident, Dose.check_how == "alone", Dose.counter_by.is_(None), back=timedelta(days=30)
    ):
        yield Waits(COUNTERSIGN, fact.resident, fact, medicine, fact.at, fact.at + timedelta(hours=12))


def _doses(
    reader: Reader, resident: UUID | None, *which: Any, back: timedelta = BACK
) -> Iterator[tuple[DoseFact, str]]:
    statement = (
        select(*DOSE_COLUMNS, MedOrder.words.label("medicine"))
        .join(MedOrder, MedOrder.rid == Dose.med_order)
        .where(Dose.at > reader.now - back, Dose.current, Dose.state != "retracted", MedOrder.current, *which)
    )
    if resident is not None:
        statement = statement.where(Dose.resident == resident)
    for row in reader.session.execute(statement):
        yield dose_fact(row[:-1]), row.medicine
