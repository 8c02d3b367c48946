"""The levels of a house of 1,140 by floor and who stands there, beside their own SQL."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from app.assessments.instruments import shipped
from app.assessments.trends.house import HouseLevels
from app.assessments.trends.people import PeopleAt
from app.compose import Station
from app.core.unit import Unit
from app.residents.importing import ImportRoster
from db.models import Assessment, Resident
from tests.bench.bench_residents import invented
from tests.bench.bench_today import ratio
from tests.bench.bench_vitals import BEDS
from tests.support.acts import Act, Look
from tests.support.station import found, open_station

CODES = ("gbt42195-2022", "morse", "braden", "tcm33")
TIMES = 6
"""Assessments of each resident by each instrument."""


def run() -> list[tuple[str, float, str]]:
    """Ratios: the question ÷ its own SQL by cursor."""
    with tempfile.TemporaryDirectory() as folder:
        station = open_station(found(Path(folder) / "template").copy(Path(folder) / "home"))
        try:
            station.desk.do_now(ImportRoster(invented(Path(folder) / "roster.csv", BEDS)))
            people = _look(station, select(Resident.rid))
            station.desk.do_now(Act(partial(_assess, people=people)))
            return [
                ratio(station, f"levels of {BEDS} residents by floor", partial(HouseLevels, "morse")),
                ratio(station, f"the {BEDS} residents behind them", partial(PeopleAt, "morse")),
            ]
        finally:
            station.close()


def _look(station: Station, statement: Any) -> list[UUID]:
    return station.desk.ask_now(Look(lambda reader: list(reader.session.scalars(statement))))


def _assess(unit: Unit, people: Iterable[UUID]) -> None:
    dice = random.Random(42)
    for code in CODES:
        rows = [_row(unit, dice, code, resident, back) for resident in people for back in range(TIMES)]
        unit.session.execute(insert(Assessment), rows)


def _row(unit: Unit, dice: random.Random, code: str, resident: UUID, back: int) -> dict[str, Any]:
    instrument = shipped()[code]
    chosen = {item: dice.choice(one.options) for item, one in instrument.items.items()}
    level = dice.choice(instrument.levels) if instrument.levels else None
    return {
        **unit.stamp(), "revision": 1, "current": True, "state": "signed", "resident": resident,
        "number": "01-000001", "instrument": code, "instrument_version": instrument.version,
        "assessed_on": unit.today - timedelta(days=60 * back), "occasion": "常规评估",
        "answers": {
            item: {"digit": one.digit, "score": one.score, "name": instrument.items[item].name, "text": one.text}
            for item, one in chosen.items()
        },
        "information": {}, "sub_scores": {}, "total": sum(one.score for one in chosen.values()) if level else None,
        "initial_level": level.number if level else None, "level": level.number if level else None, "why": [],
        "conclusion": "", "place": "", "due_on": None, "finding": level.short if level else "气虚质 是",
        "tone": level.tone if level else "warn", "risks": {}, "undone": "",
    }  # fmt: skip
