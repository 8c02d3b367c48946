"""What a backup costs: seconds per GB against the bare backup API, and how long a commit beside it ever waits.

The file is filled with random blobs; both sides copy the same encrypted file, by turns.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import threading
import time
from pathlib import Path

from app.backup.opened import Secret
from app.backup.restoring import Ground, restore
from app.compose import Station
from app.core.clock import SetClock
from app.core.home import Home
from app.core.watch import Watch
from tests.bench.bench_core import timed
from tests.support.acts import Admit
from tests.support.station import CHEAP, MORNING, PASSWORD, found, open_station

MEGABYTES = int(os.environ.get("CARESTATION_BENCH_MB", "300"))
GB = 1e9
BETWEEN = 0.02
"""Seconds between two saves."""


def run() -> list[tuple[str, float, str]]:
    """(what, ratio, in words)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = found(folder / "home").root
        station = open_station(home)
        fill(station)
        size = station.home.database.stat().st_size
        try:
            quiet = timed(lambda: admit(station))
            bare = min(bare_copy(station, folder / f"bare{turn}.db") for turn in range(2))
            made, waits = beside_work(station, folder / "to")
        finally:
            station.close()
        begun = time.perf_counter()
        ground = Ground(Home(folder / "new"), SetClock(MORNING), CHEAP)
        ground.home.prepare()
        restore(ground, made[0], Secret(PASSWORD, "0317"), Watch())
        back = time.perf_counter() - begun
    per_gb, bare_gb = made[1] / size * GB, bare / size * GB
    longest, median = max(waits) * 1000, statistics.median(waits) * 1000
    return [
        ("a backup, proved twice, beside work / bare backup API in one step", per_gb / bare_gb,
         f"{size / 1e6:.0f} MB: {per_gb:.1f} s/GB / {bare_gb:.1f} s/GB"),
        ("a restore / the same", back / size * GB / bare_gb, f"{back / size * GB:.1f} s/GB"),
        ("one commit beside a backup / without one", median / (quiet * 1000),
         f"median {median:.1f} ms, longest of {len(waits)} {longest:.0f} ms; alone {quiet * 1000:.1f} ms"),
    ]  # fmt: skip


def admit(station: Station) -> None:
    station.desk.do_now(Admit("王秀英"))


def fill(station: Station) -> None:
    """Random blobs in a table of their own, until the file is large."""
    raw = station.keyring.begin(station.home.database)
    raw.execute("CREATE TABLE ballast (id INTEGER PRIMARY KEY, body BLOB)")
    for _ in range(0, MEGABYTES, 50):
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany("INSERT INTO ballast (body) VALUES (?)", ((os.urandom(1 << 20),) for _ in range(50)))
        raw.execute("COMMIT")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    raw.close()


def bare_copy(station: Station, to: Path) -> float:
    """Seconds of the backup API in one step, made durable, nothing proved."""
    source, target = station.keyring.connect(station.home.database), station.keyring.begin(to)
    begun = time.perf_counter()
    source.backup(target)
    target.close()
    with to.open("rb+") as file:
        os.fsync(file.fileno())
    source.close()
    return time.perf_counter() - begun


def beside_work(station: Station, to: Path) -> tuple[tuple[Path, float], list[float]]:
    """A backup while a nurse saves again and again: its file and seconds, and what each save took."""
    made: list[tuple[Path, float]] = []

    def work() -> None:
        done = station.backups.by_hand(Watch(), to)
        made.append((done.file, done.seconds))

    thread = threading.Thread(target=work)
    waits = list[float]()
    thread.start()
    while thread.is_alive():
        begun = time.perf_counter()
        admit(station)
        waits.append(time.perf_counter() - begun)
        thread.join(BETWEEN)
    return made[0], waits
