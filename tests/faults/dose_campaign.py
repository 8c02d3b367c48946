"""Kills a nurse's station between key and answer, again and again: no dose is lost, none is doubled.

python -m tests.faults.dose_campaign HOME KILLS SEED    prints one JSON object: kills, acknowledged, problems
Each worker gives the slots of a two-hourly order one after the other, and after each kill the next one begins with the
slot the last had in its hand: the key pressed again. Then the slots are counted.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import orjson
from sqlalchemy.orm import configure_mappers

from app.access.queries import ActorByNumber
from app.compose import Station
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.core.roles import Role
from app.medication.giving import Give, GiveAll
from app.medication.giving.writing import SlotKey
from app.medication.queries import RoundBoard
from db import upgrade
from tests.app.care.house import furnished
from tests.app.medication.house import DAY, Ward, at
from tests.faults.campaign import LONGEST, ask, forked, kill_within, last_look, opened
from tests.support.acts import rows
from tests.support.station import PASSWORD, PEOPLE

TIMES = tuple(f"{hour:02d}:00" for hour in range(2, 25, 2))
DOSES = """
    select d.service_date, d.slot, d.outcome, d.revision,
      (select count(*) from outbox o where o.kind = 'dose' and o.record = d.rid),
      (select count(*) from audit a where a.kind = 'dose' and a.record = d.rid)
    from dose d where d.current = 1
"""


def ordered(home: Path, pipe: int) -> None:
    """A resident who gets a medicine every two hours; the id of the order is said."""
    station, _ = opened(home, [PASSWORD])
    station.desk.actor = station.ask_as_nobody(ActorByNumber(PEOPLE[Role.HEAD_NURSE].number))
    for house in furnished(station):
        issued = Ward(house).order("乳果糖", "15", "q2h", unit="mL")
        os.write(pipe, f"{issued.rid}\n".encode())
    station.close()


def slot(number: int) -> tuple[date, str]:
    """The service date and nominal time of a dose, counted from the first of the day after the order."""
    return DAY + timedelta(days=1 + number // len(TIMES)), TIMES[number % len(TIMES)]


def work(home: Path, order: UUID, first: int, pipe: int) -> None:
    """Give one slot after the other from `first` on: with one key, or one by one. What is there already is refused."""
    station, _ = opened(home, [PASSWORD])
    actor = station.ask_as_nobody(ActorByNumber(PEOPLE[Role.NURSE].number))
    station.desk.actor = actor
    put(station, *slot(first))
    station.desk.ask_now(RoundBoard())  # the round is open before the first key: what it reads once is read
    for number in range(first, 100_000):
        day, name = slot(number)
        put(station, day, name)
        key: SlotKey = (order, day, name)
        os.write(pipe, f"try {number}\n".encode())
        try:
            if number % 2:
                station.desk.do_now(GiveAll((key,)))
            else:
                station.desk.do_now(Give(key))
        except Refusal as refusal:
            if "已由林晓燕" not in refusal.text:
                raise
        os.write(pipe, f"done {number}\n".encode())


def put(station: Station, day: date, name: str) -> None:
    """The clock, some minutes after a nominal time of a service date."""
    assert isinstance(station.clock, SetClock)
    station.clock.put(at(0, day=day) + timedelta(hours=int(name[:2]), minutes=3))


def look(home: Path, tried: int, done: set[int], pipe: int) -> None:
    """Every acknowledged dose is there once, none twice, none that nobody tried; each with its audit line."""
    station, _ = opened(home, [PASSWORD])
    found = rows(station, DOSES)
    station.close()
    counted = Counter((str(row[0]), str(row[1])) for row in found)
    known = {(slot(number)[0].isoformat(), slot(number)[1]) for number in done}
    possible = {(slot(number)[0].isoformat(), slot(number)[1]) for number in range(tried + 1)}
    problems = [f"doubled {key}" for key, count in counted.items() if count > 1]
    problems += [f"lost {key}" for key in known - set(counted)]
    problems += [f"out of nowhere {key}" for key in set(counted) - possible]
    problems += [f"lines of {tuple(row)}" for row in found if tuple(row[2:4]) != ("given", 1) or row[5] != 1]
    for problem in problems:
        os.write(pipe, f"problem {problem}\n".encode())


def campaign(home: Path, kills: int, seed: int) -> dict[str, object]:
    """Kill a giving station again and again; the same home all along."""
    chance = random.Random(seed)
    order = UUID(ask(partial(ordered, home))[0])
    done, problems, first = set[int](), list[str](), 0
    for kill in range(kills):
        child, reading = forked(partial(work, home, order, first))
        after = b"done" if kill % 4 > 1 else b""
        heard = kill_within(child, reading, chance.uniform(0, LONGEST), at_work=kill % 4 > 0, after=after)
        problems += [line for line in heard if line.startswith("problem")]
        done |= {int(line.removeprefix("done ")) for line in heard if line.startswith("done ")}
        tried = [int(line.removeprefix("try ")) for line in heard if line.startswith("try ")]
        first = max([first, *tried])
        problems += ask(partial(look, home, first, done))
    problems += ask(partial(last_look, home, [PASSWORD]))
    return {"kills": kills, "acknowledged": len(done), "problems": problems[:20]}


def main(arguments: list[str]) -> None:
    home, kills, seed = arguments
    configure_mappers()  # once here instead of in every fork
    upgrade.head()
    sys.stdout.write(orjson.dumps(campaign(Path(home), int(kills), int(seed))).decode() + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
