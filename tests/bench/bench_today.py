"""The workbench of a house of 1,140: everybody measured this morning, eight care tasks each."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import event, insert, select

from app.care.queries.due import CareDue
from app.compose import Station
from app.core.orders import Question
from app.core.unit import Unit
from app.residents.importing import ImportRoster
from app.today.board import Today
from db.models import CareTask, Resident
from tests.bench.bench_residents import invented
from tests.bench.bench_vitals import BEDS, _measure
from tests.bench.timing import seconds, send
from tests.support.acts import Act, Look
from tests.support.station import found, open_station

ROUNDS = 7
TASKS = ("晨间护理", "口腔护理", "协助进食", "喂水", "翻身", "更衣", "下床活动", "安全巡视")


def run() -> list[tuple[str, float, str]]:
    """Ratios: the question ÷ its own SQL by cursor."""
    with tempfile.TemporaryDirectory() as folder:
        station = open_station(found(Path(folder) / "template").copy(Path(folder) / "home"))
        try:
            station.desk.do_now(ImportRoster(invented(Path(folder) / "roster.csv", BEDS)))
            people: list[UUID] = station.desk.ask_now(
                Look(lambda reader: list(reader.session.scalars(select(Resident.rid))))
            )
            station.desk.do_now(Act(partial(_measure, people=people, days=range(1))))
            station.desk.do_now(Act(partial(_plan, people=people)))
            return [
                ratio(station, f"workbench of {BEDS} residents", Today),
                ratio(station, f"care due of {BEDS} residents, {len(TASKS)} tasks each", CareDue),
            ]
        finally:
            station.close()


def _plan(unit: Unit, people: Iterable[UUID]) -> None:
    rows: list[dict[str, Any]] = [
        {
            **unit.stamp(), "revision": 1, "current": True, "state": "signed", "resident": rid, "code": "other",
            "words": words, "problem": "", "goal": "", "role": "caregiver", "times": ["07:00", "11:00", "17:00"],
            "weekdays": [], "begins": unit.today, "ends": None, "origin": "", "note": "",
        }
        for rid in people
        for words in TASKS
    ]  # fmt: skip
    unit.session.execute(insert(CareTask), rows)


def ratio(station: Station, label: str, question: Callable[[], Question[Any]]) -> tuple[str, float, str]:
    """A question beside the statements it sends, by turns."""
    sent: list[tuple[str, Any]] = []
    engine = station.desk._reader

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_rest: Any) -> None:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            sent.append((sql, values))

    event.listen(engine, "before_cursor_execute", note)
    station.desk.ask_now(question())
    event.remove(engine, "before_cursor_execute", note)
    with engine.connect() as connection:
        cursor: Any = connection.connection.cursor()
        asked, bare = [], []
        for _ in range(ROUNDS):
            bare.append(seconds(partial(send, cursor, sent)))
            asked.append(seconds(lambda: station.desk.ask_now(question())))
    mine, raw = statistics.median(asked), statistics.median(bare)
    return label, mine / raw, f"{mine * 1000:.0f} ms against {raw * 1000:.0f} ms, {len(sent)} statements"
