"""The bed board of a house of 1,140 beds beside the very statements it sends."""

from __future__ import annotations

import random
import statistics
import tempfile
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event, insert, select

from app.assessments.instruments import shipped
from app.compose import Station
from app.core.unit import Unit
from app.residents.importing import ImportRoster
from app.residents.queries import BedBoard
from db.models import Assessment, Resident
from tests.bench.bench_residents import invented
from tests.bench.timing import seconds, send
from tests.support.acts import Act
from tests.support.station import found, open_station

BEDS = 1_140
ROUNDS = 15


def run() -> list[tuple[str, float, str]]:
    """Ratio: the board's question ÷ its own SQL by cursor, a floor of 200 beds, everybody assessed twice."""
    with tempfile.TemporaryDirectory() as folder:
        station = open_station(found(Path(folder) / "template").copy(Path(folder) / "home"))
        try:
            station.desk.do_now(ImportRoster(invented(Path(folder) / "roster.csv", BEDS)))
            station.desk.do_now(Act(_assess))
            return [_board(station)]
        finally:
            station.close()


def _assess(unit: Unit) -> None:
    rng = random.Random(4)
    version = shipped()["gbt42195-2022"].version
    rows = []
    for rid in unit.session.scalars(select(Resident.rid)):
        for days in (400, 100):
            content = {
                "resident": rid,
                "instrument": "gbt42195-2022",
                "instrument_version": version,
                "assessed_on": date(2026, 11, 24) - timedelta(days=days),
                "occasion": "常规评估",
                "answers": {},
                "information": {},
                "sub_scores": {},
                "total": 50,
                "initial_level": 2,
                "level": rng.randrange(5),
                "why": [],
            }
            stamp = {**unit.stamp(), "revision": 1, "current": True, "state": "signed"}
            rows.append({**stamp, "number": unit.next_number("assessment"), **content})
    unit.session.execute(insert(Assessment), rows)


def _board(station: Station) -> tuple[str, float, str]:
    floors = station.desk.ask_now(BedBoard()).floors
    ours, bare = [], []
    reader = station.desk._reader
    with reader.connect() as connection:
        cursor = connection.connection.cursor()
        for number in range(ROUNDS):
            question = BedBoard(floors[number % len(floors)].rid)
            sent: list[tuple[str, Any]] = []

            def note(_c: Any, _cursor: Any, sql: str, values: Any, *_: Any, sent: Any = sent) -> None:
                if sql.startswith("SELECT"):
                    sent.append((sql, values))

            event.listen(reader, "before_cursor_execute", note)
            station.desk.ask_now(question)
            event.remove(reader, "before_cursor_execute", note)
            bare.append(seconds(partial(send, cursor, sent)))
            ours.append(seconds(partial(station.desk.ask_now, question)))
    one, other = statistics.median(ours), statistics.median(bare)
    words = f"{one * 1000:.1f} ms against {other * 1000:.1f} ms, worst {max(ours) * 1000:.1f} ms"
    return (f"bed board at {BEDS} beds ÷ its own SQL by cursor", one / other, words)
