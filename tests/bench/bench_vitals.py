"""Vital signs beside the very statements they send: a list of 1,140 beds, a chart of ninety days, a round's grid."""

from __future__ import annotations

import random
import statistics
import tempfile
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import event, insert, select

from app.compose import Station
from app.core.orders import Question
from app.core.unit import Unit
from app.residents.importing import ImportRoster
from app.residents.queries import BedBoard
from app.vitals.queries import LatestVitals, RoundGrid, Series
from db.models import Resident, Vital
from tests.bench.bench_residents import invented
from tests.bench.timing import seconds, send
from tests.support.acts import Act, Look
from tests.support.station import MORNING, found, open_station

BEDS, DAYS, ROUNDS = 1_140, 90, 15
USUAL = {"temperature": 36.5, "pulse": 74.0, "respiration": 18.0, "spo2": 97.0, "weight": 58.0}
CODES = (*USUAL, "blood_pressure")


def run() -> list[tuple[str, float, str]]:
    """Ratios: each question ÷ its own SQL by cursor, everybody measured daily for ninety days."""
    with tempfile.TemporaryDirectory() as folder:
        station = open_station(found(Path(folder) / "template").copy(Path(folder) / "home"))
        try:
            station.desk.do_now(ImportRoster(invented(Path(folder) / "roster.csv", BEDS)))
            people: list[UUID] = station.desk.ask_now(
                Look(lambda reader: list(reader.session.scalars(select(Resident.rid))))
            )
            for start in range(0, DAYS, 30):
                station.desk.do_now(Act(partial(_measure, people=people, days=range(start, start + 30))))
            floors = station.desk.ask_now(BedBoard()).floors
            morning, since = MORNING - timedelta(hours=4), MORNING - timedelta(days=DAYS)
            return [
                _ratio(station, f"latest vitals of {BEDS} beds", lambda _n: LatestVitals()),
                _ratio(
                    station,
                    f"chart of {DAYS} days and {len(CODES)} signs",
                    lambda n: Series(people[n], CODES, since, MORNING),
                ),
                _ratio(
                    station,
                    "grid of a round, a floor of 200 beds",
                    lambda n: RoundGrid(floors[n % len(floors)].rid, morning),
                ),
            ]
        finally:
            station.close()


def _measure(unit: Unit, people: list[UUID], days: range) -> None:
    dice = random.Random(days.start)
    rows = []
    for day in days:
        at = MORNING - timedelta(days=day, minutes=30)
        for rid in people:
            common: dict[str, Any] = {
                "revision": 1, "current": True, "state": "signed", "resident": rid, "set_id": unit.new_id(),
                "words": "", "how": {}, "absent": "", "note": "",
            }  # fmt: skip
            for code, usual in USUAL.items():
                value = round(usual * dice.uniform(0.98, 1.02), 1)
                rows.append({**unit.stamp(at=at), **common, "code": code, "value": value, "second": None})
            rows.append(
                {**unit.stamp(at=at), **common, "code": "blood_pressure", "value": 132.0, "second": 78.0}
            )
    unit.session.execute(insert(Vital), rows)


def _ratio(station: Station, what: str, ask: Callable[[int], Question[Any]]) -> tuple[str, float, str]:
    ours, bare = [], []
    reader = station.desk._reader
    with reader.connect() as connection:
        cursor = connection.connection.cursor()
        for number in range(ROUNDS):
            sent: list[tuple[str, Any]] = []

            def note(_c: Any, _cursor: Any, sql: str, values: Any, *_: Any, sent: Any = sent) -> None:
                if sql.startswith("SELECT"):
                    sent.append((sql, values))

            event.listen(reader, "before_cursor_execute", note)
            station.desk.ask_now(ask(number))
            event.remove(reader, "before_cursor_execute", note)
            send(cursor, sent)  # so that both find the pages read already
            bare.append(seconds(partial(send, cursor, sent)))
            ours.append(seconds(partial(station.desk.ask_now, ask(number))))
    one, other = statistics.median(ours), statistics.median(bare)
    words = f"{one * 1000:.1f} ms against {other * 1000:.1f} ms, worst {max(ours) * 1000:.1f} ms"
    return (f"{what} ÷ its own SQL by cursor", one / other, words)
