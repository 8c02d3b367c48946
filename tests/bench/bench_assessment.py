"""What one answer costs: the draft of an assessment saved durably, against a bare durable commit of the same text.

By turns on two encrypted files with the same pragmas, so that a busy disk hits both.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from app.assessments.content import Content
from app.assessments.instruments import shipped
from app.assessments.service import SaveDraft
from app.compose import Station
from app.residents.service import CreateResident
from db.engine import connect
from tests.app.residents.test_chart import OUYANG
from tests.bench.timing import seconds
from tests.support.station import MORNING, found, open_station

GB = shipped()["gbt42195-2022"]
ROUNDS = 200


def run() -> list[tuple[str, float, str]]:
    """One line for `make bench`."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        found(home)
        station = open_station(home)
        resident = station.desk.do_now(CreateResident(OUYANG))
        raw = connect(Path(folder) / "bare.db", bytes(32))
        raw.execute("CREATE TABLE draft (rid BLOB PRIMARY KEY, content TEXT)")
        ours, bare = [], []
        try:
            for turn in range(ROUNDS):
                content = _content(turn)
                ours.append(seconds(lambda content=content: _save(station, resident, content)))  # type: ignore[misc]  # bound now
                bare.append(seconds(lambda content=content: _commit(raw, resident, content)))  # type: ignore[misc]  # bound now
        finally:
            raw.close()
            station.close()
    one, other = statistics.median(ours), statistics.median(bare)
    return [
        (
            "one answer saved / bare durable commit",
            one / other,
            f"{one * 1000:.2f} ms / {other * 1000:.2f} ms",
        )
    ]


def _content(turn: int) -> Content:
    digits = {code: item.options[turn % len(item.options)].digit for code, item in GB.items.items()}
    return Content(answers=digits, assessed_on=MORNING.date(), occasion="首次评估")


def _save(station: Station, resident: UUID, content: Content) -> None:
    station.desk.do_now(SaveDraft(resident, GB.code, content))


def _commit(raw: Any, resident: UUID, content: Content) -> None:
    raw.execute("BEGIN IMMEDIATE")
    text = orjson.dumps(content.as_stored()).decode()
    raw.execute("INSERT OR REPLACE INTO draft VALUES (?, ?)", (resident.bytes, text))
    raw.execute("COMMIT")
