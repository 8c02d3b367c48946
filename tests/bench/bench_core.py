"""What the floor costs: one order against a bare durable commit, 120 rows through a question against the bare SELECT.

Both sides work on the same kind of encrypted file with the same pragmas, by turns, so that a busy disk hits both.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from app.compose import Station
from app.core.drafts import KeepDraft
from app.core.orders import Question, answers
from app.core.unit import Reader
from db.engine import connect
from db.models import Resident
from tests.support.acts import Admit
from tests.support.station import found, open_station

ROUNDS, TIMES = 5, 200
RESIDENTS = 120
WORDS = {str(item): {"score": 3, "text": "可以自己完成，不需要别人帮助"} for item in range(26)}
INSERT = "INSERT INTO audit VALUES (?, ?, 'nurse', 0, NULL, '01', 'save', 'draft', ?, 1, NULL, ?)"


@dataclass(frozen=True)
class NameRow:
    """One line of a list."""

    rid: UUID
    number: str
    name: str
    sex: str
    care_level: str


@dataclass(frozen=True)
class Names(Question[tuple[NameRow, ...]]):
    """Everybody, by number."""


@answers(Names)
def names(reader: Reader, _question: Names) -> tuple[NameRow, ...]:
    columns = (Resident.rid, Resident.number, Resident.name, Resident.sex, Resident.care_level)
    return tuple(NameRow(*row) for row in reader.session.execute(select(*columns).order_by(Resident.number)))


def run() -> list[tuple[str, float, str]]:
    """(what, ratio to the bare means, the medians in words)."""
    with tempfile.TemporaryDirectory() as folder:
        home = found(Path(folder) / "home").root
        station = open_station(home)
        try:
            gc.collect()
            gc.freeze()  # as the application does after sign-in
            return [question(station), *orders(station, Path(folder) / "bare.db")]
        finally:
            gc.unfreeze()
            station.close()


def orders(station: Station, path: Path) -> list[tuple[str, float, str]]:
    """A saved draft and a new record, each against one INSERT committed durably."""
    subject = station.desk.do_now(Admit("王秀英"))
    bare = connect(path, bytes(range(32)))
    bare.execute("CREATE TABLE audit (seq INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h, i, j, mac)")
    numbers = iter(range(1, 1_000_000))

    def commit() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute(INSERT, (next(numbers), bytes(16), bytes(16), bytes(32)))
        bare.execute("COMMIT")

    def save() -> None:
        content = {**WORDS, "at": next(numbers)}
        station.desk.do_now(KeepDraft("assessment", subject, content))

    def admit() -> None:
        station.desk.do_now(Admit("李桂兰"))

    found = [
        compared("one draft saved / bare durable commit", save, commit),
        compared("one new record (version, outbox, audit) / bare durable commit", admit, commit),
    ]
    bare.close()
    return found


def question(station: Station) -> tuple[str, float, str]:
    """Rows through the desk against the same SELECT on a bare read-only connection."""
    have = len(station.desk.ask_now(Names()))
    for number in range(have, RESIDENTS):
        station.desk.do_now(Admit(f"老人{number}"))
    bare = connect(station.home.database, station.keyring._key, read_only=True)
    sql = "SELECT rid, number, name, sex, care_level FROM resident ORDER BY number"

    def raw() -> None:
        bare.execute(sql).fetchall()

    def ask() -> None:
        station.desk.ask_now(Names())

    rows = len(station.desk.ask_now(Names()))
    found = compared(f"{rows} rows asked / bare SELECT", ask, raw)
    bare.close()
    return found


def compared(what: str, ours: Callable[[], None], bare: Callable[[], None]) -> tuple[str, float, str]:
    """Median of rounds by turns; within a round the median of many."""
    pairs = [(timed(ours), timed(bare)) for _ in range(ROUNDS)]
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    mine, theirs = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    return what, ratio, f"{mine:.3f} ms / {theirs:.3f} ms"


def timed(work: Callable[[], None]) -> float:
    """Median seconds of one run."""
    seconds = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


if __name__ == "__main__":
    for what, ratio, words in run():
        sys.stdout.write(f"{ratio:6.2f} ×  {what}: {words}\n")
