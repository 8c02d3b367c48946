"""What the doctor of the demo orders for whom: by diagnosis, and for a few residents by name."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from app.demo.days import Person
from app.medication.drugs.catalogue import drugs
from app.medication.orders import OrderForm, Prn
from app.medication.rules.drug import Drug
from app.medication.rules.regime import PRN

BY_DIAGNOSIS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    ("高血压病1级", (("amlodipine-tab-5", "5", "qd"),)),
    ("高血压病2级", (("amlodipine-tab-5", "5", "qd"),)),
    ("高血压病3级", (("valsartan-cap-80", "80", "qd"), ("amlodipine-tab-5", "5", "qd"))),
    ("2型糖尿病", (("metformin-tab-0.5g", "0.5", "bid"),)),
    ("脑梗死", (("aspirin-ec-tab-100", "100", "qd"), ("atorvastatin-tab-20", "20", "qn"))),
    ("骨质疏松", (("calcium-d3-tab-600-125", "1", "qd"),)),
    ("帕金森病", (("levodopa-benserazide-tab-0.25g", "0.125", "tid"),)),
    ("慢性便秘", (("lactulose-solution-15ml", "15", "bid"),)),
    ("阿尔茨海默", (("donepezil-tab-5", "5", "qn"), ("memantine-tab-10", "10", "qd"))),
    ("慢性阻塞性肺", (("tiotropium-dpi-18ug", "18", "qd"),)),
    ("心房颤动", (("warfarin-tab-2.5", "2.5", "qd"),)),
    ("脑出血后遗症", (("omeprazole-ec-cap-20", "20", "qd"),)),
    ("慢性肾脏病", (("mecobalamin-tab-0.5", "0.5", "tid"),)),
)
"""A part of a diagnosis, and the medicines (code, dose in the medicine's own unit, frequency) it is treated with."""
LONGEST = (
    ("amlodipine-tab-5", "5", "qd"),
    ("aspirin-ec-tab-100", "100", "qd"),
    ("atorvastatin-tab-20", "20", "qn"),
    ("metformin-tab-0.5g", "0.5", "bid"),
    ("insulin-glargine-pen-300u", "10", "qn"),
    ("calcium-d3-tab-600-125", "1", "qd"),
    ("alendronate-tab-70", "70", "qw"),
    ("lactulose-solution-15ml", "15", "bid"),
    ("mecobalamin-tab-0.5", "0.5", "tid"),
    ("omeprazole-ec-cap-20", "20", "qd"),
    ("tamsulosin-sr-cap-0.2", "0.2", "qn"),
)
"""The resident with the longest name takes eleven medicines."""
LONGEST_NAME = "欧阳淑华"


def prescribed(person: Person, dice: random.Random) -> Iterator[OrderForm]:
    """The orders of one resident; nobody gets the same twice."""
    said = person.invented.cells["主要诊断"]
    lines = LONGEST if person.invented.cells["姓名"] == LONGEST_NAME else tuple(_by(said))
    for code, amount, frequency in dict.fromkeys(lines):
        drug = drugs()[code]
        weekdays = ("3",) if frequency == "qw" else ()
        yield OrderForm(
            code,
            {"way": "same", "amount": amount},
            unit=_unit(drug),
            frequency=frequency,
            weekdays=weekdays,
            meal=drug.meal,
            indication=_indication(said),
        )
    if dice.random() < 0.3:
        yield OrderForm(
            "paracetamol-tab-0.5g",
            {"way": "same", "amount": "0.5"},
            kind=PRN,
            unit="g",
            prn=Prn("疼痛或发热", 360, 4),
        )


def _by(said: str) -> Iterator[tuple[str, str, str]]:
    for part, lines in BY_DIAGNOSIS:
        if part in said:
            yield from lines


def _unit(drug: Drug) -> str:
    return drug.strength_unit if drug.strength is not None else drug.unit


def _indication(said: str) -> str:
    return said.split("；", maxsplit=1)[0].split("、", maxsplit=1)[0]


def course(code: str, amount: str, days: str, **more: Any) -> OrderForm:
    """An order of some days."""
    return OrderForm(code, {"way": "same", "amount": amount}, unit=_unit(drugs()[code]), days=days, **more)
