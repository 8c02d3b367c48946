"""The worklist of due assessments for 1,140 residents and every instrument, beside the very statements it sends.

Everybody was assessed three times with every instrument: the most a house could have that keeps to all of them.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from app.assessments.due.queries import CountDue, DueList, DuesOf
from app.assessments.instruments import Instrument, shipped
from app.core.unit import Unit
from app.residents.importing import ImportRoster
from db.models import Assessment, Incident, Resident
from tests.bench.bench_residents import invented
from tests.bench.timing import beside_its_sql
from tests.support.acts import Act, Look
from tests.support.station import MORNING, found, open_station

BEDS, TIMES, ROUNDS = 1_140, 3, 9


def run() -> list[tuple[str, float, str]]:
    """Ratios: each question ÷ its own SQL by cursor."""
    with tempfile.TemporaryDirectory() as folder:
        station = open_station(found(Path(folder) / "template").copy(Path(folder) / "home"))
        try:
            station.desk.do_now(ImportRoster(invented(Path(folder) / "roster.csv", BEDS)))
            people: list[UUID] = station.desk.ask_now(
                Look(lambda reader: list(reader.session.scalars(select(Resident.rid))))
            )
            for instrument in shipped().values():
                station.desk.do_now(Act(partial(_assess, people=people, instrument=instrument)))
            station.desk.do_now(Act(partial(_fall, people=people)))
            return [
                beside_its_sql(station, f"due assessments of {BEDS} residents", DueList(), ROUNDS),
                beside_its_sql(station, "their number for the sidebar", CountDue(), ROUNDS),
                beside_its_sql(station, "what is due of one", DuesOf(people[7]), ROUNDS),
            ]
        finally:
            station.close()


def _assess(unit: Unit, people: list[UUID], instrument: Instrument) -> None:
    dice = random.Random(instrument.order)
    shown = {
        code: {
            "digit": item.options[0].digit,
            "score": item.options[0].score,
            "name": item.name,
            "text": item.options[0].text,
        }
        for code, item in instrument.items.items()
    }
    unit.session.execute(insert(Assessment), list(_rows(unit, people, instrument, shown, dice)))


def _rows(
    unit: Unit, people: list[UUID], instrument: Instrument, shown: dict[str, Any], dice: random.Random
) -> Iterator[dict[str, Any]]:
    for rid in people:
        for turn in range(TIMES):
            day = MORNING.date() - timedelta(days=dice.randrange(80) + turn * 90)
            yield {
                **unit.stamp(at=MORNING), "revision": 1, "current": True, "state": "signed", "resident": rid,
                "number": f"01-{dice.randrange(10**6):06d}", "instrument": instrument.code,
                "instrument_version": instrument.version, "assessed_on": day, "occasion": "定期评估",
                "answers": shown, "information": {}, "sub_scores": {}, "total": 40, "initial_level": 1, "level": 1,
                "why": ["总分40分"], "conclusion": "", "place": "", "due_on": _next(instrument, day),
                "finding": "中风险", "tone": "warn", "risks": {}, "undone": "",
            }  # fmt: skip


def _next(instrument: Instrument, day: date) -> date | None:
    return None if instrument.due.every is None else instrument.due.every.after(day)


def _fall(unit: Unit, people: list[UUID]) -> None:
    dice = random.Random(5)
    rows = []
    for place, rid in enumerate(people):
        for _ in range(dice.randrange(4)):
            at = MORNING - timedelta(days=dice.randrange(400))
            rows.append(
                {
                    **unit.stamp(at=at), "revision": 1, "current": True, "state": "signed", "resident": rid,
                    "number": f"{place}", "code": "fall", "happened": "床旁滑倒", "status": "closed", "place": "房间",
                    "harm": "none", "content": {},
                }
            )  # fmt: skip
    unit.session.execute(insert(Incident), rows)
