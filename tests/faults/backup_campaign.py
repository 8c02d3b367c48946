"""A program that kills backups and restores at random moments and looks at what is left.

python -m tests.faults.backup_campaign FOLDER KILLS SEED    prints one JSON object: kills, problems, …
Half of the kills hit a backup, half a restore over a station; the same home all along.
"""

from __future__ import annotations

import os
import random
import sys
from functools import partial
from pathlib import Path

import orjson
from sqlalchemy.orm import configure_mappers

from app.backup.opened import Secret, open_backup
from app.backup.restoring import Ground, restore
from app.compose import compose
from app.core.clock import SetClock
from app.core.home import Home, HomeLock
from app.core.verify import file_problems
from app.core.watch import Watch
from db import upgrade
from tests.faults.campaign import ask, forked, kill_within
from tests.support.acts import Admit, count
from tests.support.station import CHEAP, MORNING, PASSWORD

SECRET = Secret(PASSWORD, "0317")
LONGEST = 0.12
"""Seconds after its first word within which a worker is killed."""


def backing_up(home: Path, pipe: int) -> None:
    """Sign in and make one backup after the other."""
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    station.sign_in("0317", PASSWORD)
    os.write(pipe, b"open\n")
    while True:
        station.desk.do_now(Admit("老人"))
        made = station.backups.by_hand(Watch())
        os.write(pipe, f"made {made.file.name}\n".encode())


def bringing_back(home: Path, file: Path, pipe: int) -> None:
    """Restore over the station that is there."""
    place = Home(home)
    compose(home, cost=CHEAP)
    if not HomeLock(place).take():
        raise AssertionError("the home is held")
    os.write(pipe, b"open\n")
    restore(Ground(place, SetClock(MORNING), CHEAP), file, SECRET, Watch(), replacing=True)
    os.write(pipe, b"restored\n")


def look(home: Path, heard: list[str], pipe: int) -> None:
    """The station opens, is whole, and every backup in its folder is; those told of are there unless thinned out."""
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    came = station.sign_in("0317", PASSWORD)
    problems = [*came.warnings, *station.verify()]
    restored = count(station, "sync_mark") == 1
    raw = station.keyring.connect(station.home.database)
    problems += file_problems(raw)
    raw.close()
    kept = [one.file for one in station.backups.kept()]
    for file in kept:
        open_backup(file, SECRET, Watch())
    told = [line.removeprefix("made ") for line in heard if line.startswith("made ")]
    if told and max(told) > max(file.name for file in kept):
        problems.append(f"{max(told)} was told of and is gone")
    if "restored" in heard and not restored:
        problems.append("restored, but the old station is there")
    for problem in problems:
        os.write(pipe, f"problem {problem}\n".encode())
    os.write(pipe, f"{'new' if restored else 'old'}\nkept {len(kept)}\n".encode())
    # a backup clears what killed ones left
    station.backups.by_hand(Watch())
    left = [path.name for path in station.home.backups.iterdir() if ".part" in path.name]
    os.write(pipe, f"problem leftovers {left}\n".encode() if left else b"clean\n")
    station.close()


def campaign(home: Path, kills: int, seed: int) -> dict[str, object]:
    """Kill, look, and go on from what is left."""
    chance = random.Random(seed)
    said, interrupted = list[str](), 0
    ask(partial(look, home, []))
    for kill in range(kills):
        files = sorted((home / "backups").glob("*.csb"))
        restoring = kill % 2 == 1
        work = partial(bringing_back, home, files[0]) if restoring else partial(backing_up, home)
        child, reading = forked(work)
        heard = kill_within(child, reading, chance.uniform(0, LONGEST), at_work=True)
        said += [line for line in heard if line.startswith("problem")]
        interrupted += (home / "restore.json").exists() or (home / "station.restore").exists()
        said += ask(partial(look, home, heard))
    problems = [line for line in said if line.startswith("problem")]
    return {"kills": kills, "new": said.count("new"), "interrupted": interrupted, "problems": problems[:20]}


def main(arguments: list[str]) -> None:
    folder, kills, seed = arguments
    configure_mappers()
    upgrade.head()
    sys.stdout.write(orjson.dumps(campaign(Path(folder), int(kills), int(seed))).decode() + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
