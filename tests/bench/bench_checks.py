"""The checks of medicines: alerts of one resident and of a floor beside their own SQL, an order form after a key."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.compose import Station
from app.core.orders import Question
from app.core.unit import Unit
from app.medication.checking import CheckForm, StandingFindings, alerts_of
from app.medication.drugs.catalogue import drugs
from app.medication.facts import facts_of
from app.medication.orders import OrderForm
from app.residents.importing import ImportRoster
from db.models import Diagnosis, MedOrder, Resident
from tests.bench.bench_residents import invented
from tests.bench.bench_today import ratio
from tests.support.acts import Act, Look
from tests.support.station import found, open_station

FLOOR = 60
TAKEN = (
    ("amlodipine-tab-5", "5"), ("valsartan-cap-80", "80"), ("metoprolol-tab-25", "25"), ("aspirin-ec-tab-100", "100"),
    ("atorvastatin-tab-20", "20"), ("metformin-tab-0.5g", "0.5"), ("omeprazole-ec-cap-20", "20"),
    ("donepezil-tab-5", "5"), ("calcium-d3-tab-600-125", "1"), ("sertraline-tab-50", "50"),
    ("levothyroxine-tab-50ug", "50"), ("furosemide-tab-20", "20"),
)  # fmt: skip
"""Twelve medicines, some of which do not go together."""


def run() -> list[tuple[str, float, str]]:
    """Ratios: the question ÷ its own SQL by cursor."""
    with tempfile.TemporaryDirectory() as folder:
        station = open_station(found(Path(folder) / "template").copy(Path(folder) / "home"))
        try:
            return _measured(station, Path(folder))
        finally:
            station.close()


def _measured(station: Station, folder: Path) -> list[tuple[str, float, str]]:
    station.desk.do_now(ImportRoster(invented(folder / "roster.csv", FLOOR)))
    people: list[UUID] = station.desk.ask_now(
        Look(lambda reader: list(reader.session.scalars(select(Resident.rid))))
    )
    station.desk.do_now(Act(partial(_ordered, people=people)))
    form = OrderForm("warfarin-tab-2.5", {"way": "same", "amount": "2.5"})
    one, many = people[:1], people
    questions: tuple[tuple[str, Question[Any]], ...] = (
        (f"alerts of a resident with {len(TAKEN)} orders", Look(partial(alerts_of, residents=one))),
        (f"alerts of a floor of {FLOOR}", Look(partial(alerts_of, residents=many))),
        ("findings of an order form", CheckForm(people[0], form)),
        ("all that stands, for the chart", StandingFindings(people[0])),
    )
    return [ratio(station, label, partial(_same, question)) for label, question in questions]


def _same(question: Question[Any]) -> Question[Any]:
    return question


def _ordered(unit: Unit, people: Iterable[UUID]) -> None:
    for rid in people:
        unit.session.add_all(_order(unit, rid, code, amount) for code, amount in TAKEN)
        unit.session.add_all(
            Diagnosis(**unit.stamp(), revision=1, resident=rid, words=words, code=code)
            for words, code in (("高血压", "I10"), ("2型糖尿病", "E11.9"), ("阿尔茨海默病", "G30.9"))
        )


def _order(unit: Unit, rid: UUID, code: str, amount: str) -> MedOrder:
    drug = drugs()[code]
    return MedOrder(
        **unit.stamp(),
        revision=1,
        resident=rid,
        number=unit.next_number("med_order"),
        kind="long",
        status="checked",
        drug=code,
        words=drug.title,
        facts=facts_of(drug),
        dosing={"way": "same", "amount": amount},
        dose_unit=drug.strength_unit or drug.unit,
        route=drug.routes[0],
        begins=unit.now - timedelta(days=90),
        frequency="qd",
        times=["08:00"],
        checked_at=unit.now,
    )
