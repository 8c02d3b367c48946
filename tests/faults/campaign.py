"""A program that kills others: forks a working station, kills it at a random moment, and looks at what is left.

python -m tests.faults.campaign work|found FOLDER KILLS SEED    prints one JSON object: kills, problems, …
One process imports everything once; each worker and each look is a fork of it, so a kill costs a tenth of a second.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from uuid import UUID

import orjson
from sqlalchemy.orm import configure_mappers

from app.access.service import ChangeOwnPassword
from app.compose import Phase, Station, compose
from app.core import verify
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.core.unit import Unit
from db import upgrade
from db.engine import connect
from db.models import Resident
from tests.support.acts import Act, Admit, Look, NoteAllergy, rows
from tests.support.station import CHEAP, MORNING, PASSWORD, set_up_form

LONGEST = 0.25
"""Seconds within which a worker is killed: one in four after its start, the others after their first act began."""


FOUND = """
    select r.name, r.revision,
      (select count(*) from allergy a where a.resident = r.rid and a.current = 1),
      (select count(*) from outbox o where o.kind = 'resident' and o.record = r.rid),
      (select count(*) from audit u where u.record = r.rid and u.kind = 'resident')
    from resident r where r.name glob :mine
"""


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """A child that works with the writing end of a pipe; returns (process, reading end)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)
    with ExitStack() as ending:
        ending.callback(os._exit, 0)  # a fork of the campaign ends here, whatever happened
        ending.push(lambda kind, error, _trace: tell(writing, kind, error))
        work(writing)
    raise AssertionError("a fork went on")


def tell(pipe: int, kind: object, error: BaseException | None) -> None:
    """Say what stopped a fork."""
    if kind is not None and error is not None:
        words = "".join(traceback.format_exception(error)).replace("\n", " | ")
        os.write(pipe, f"problem {words}\n".encode())


def lines(reading: int, said: bytes = b"") -> list[str]:
    """Everything a child wrote before it died, after what was read already; a last half line was never acknowledged."""
    with os.fdopen(reading, "rb") as pipe:
        return [line.decode() for line in (said + pipe.read()).split(b"\n")[:-1]]


def kill_within(child: int, reading: int, seconds: float, *, at_work: bool, after: bytes = b"") -> list[str]:
    """Kill a child some time after its start, or after its first word, or once it has said `after`; returns what it
    had said. On a busy machine the first act of a new process takes longer than it lives."""
    said = b""
    if at_work or after:
        select.select([reading], [], [], 30)
    while after and after not in said and select.select([reading], [], [], 30)[0]:
        said += os.read(reading, 65536)
    select.select([], [], [], seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return lines(reading, said)


def opened(home: Path, passwords: list[str]) -> tuple[Station, str]:
    """The station opened by the nurse, and which of the passwords was right."""
    said = "nothing"
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    for password in passwords:
        try:
            came = station.sign_in("0412", password)
        except Refusal as refusal:
            said = refusal.text
            continue
        if came.warnings:
            raise AssertionError(f"warned: {came.warnings}")
        return station, password
    raise AssertionError(f"locked out; last: {said}")


def work(home: Path, kill: int, passwords: list[str], pipe: int) -> None:
    """Admit, rename, note, change the password; say each act before it is handed over and after it is done."""

    def said(words: str) -> None:
        os.write(pipe, words.encode() + b"\n")

    station, _ = opened(home, passwords)
    for number in range(1_000_000):
        name = f"{kill}-{number}"
        said(f"try {name}")
        rid: UUID = station.desk.do_now(Admit(name))
        said(f"done {name}")
        if number % 3 == 0:
            station.desk.do_now(Act(partial(rename, rid)))
            said(f"renamed {name}")
        if number % 5 == 0:
            station.desk.do_now(NoteAllergy(rid, name))
            said(f"noted {name}")
        if number % 8 == 0:
            fresh = f"Pass-{name}-x"
            slot = station.keyring.wrap(("0412", "林晓燕"), fresh)
            said(f"trypass {fresh}")
            station.desk.do_now(ChangeOwnPassword(slot))
            said(f"pass {fresh}")


def rename(rid: UUID, unit: Unit) -> None:
    unit.session.get_one(Resident, rid).phone = "13800000000"


def look(home: Path, kill: int, passwords: list[str], heard: list[str], pipe: int) -> None:
    """Sign in and compare what is there with what was acknowledged."""
    station, password = opened(home, passwords)
    os.write(pipe, f"opened {password}\n".encode())
    found = rows(station, FOUND, mine=f"{kill}-*")
    station.close()
    names = [str(row[0]) for row in found]
    tried = {line.removeprefix("try ") for line in heard if line.startswith("try ")}
    done = {line.removeprefix("done ") for line in heard if line.startswith("done ")}
    renamed = {line.removeprefix("renamed ") for line in heard if line.startswith("renamed ")}
    noted = {line.removeprefix("noted ") for line in heard if line.startswith("noted ")}
    problems = []
    if len(names) != len(set(names)):
        problems.append("doubled")
    if not done <= set(names) <= tried:
        problems.append(f"lost {sorted(done - set(names))}, out of nowhere {sorted(set(names) - tried)}")
    if missing := renamed - {str(row[0]) for row in found if row[1] == 2}:
        problems.append(f"edits lost {sorted(missing)}")
    if missing := noted - {str(row[0]) for row in found if row[2] == 1}:
        problems.append(f"allergies lost {sorted(missing)}")
    problems += [f"lines of {row[0]}: {row}" for row in found if row[3] != 1 or row[4] != row[1]]
    for problem in problems:
        os.write(pipe, f"problem kill {kill}: {problem}\n".encode())


def last_look(home: Path, passwords: list[str], pipe: int) -> None:
    """The whole chain and the whole file."""
    station, _ = opened(home, passwords)
    key, seals = station.keyring._key, station.desk.surroundings.seals
    problems = station.desk.ask_now(
        Look(
            lambda reader: verify.chain_problems(
                reader.session, seals.audit, home / "anchors.jsonl", whole=True
            )
        )
    )
    station.close()
    raw = connect(home / "station" / "station.db", key, read_only=True)
    problems += verify.file_problems(raw)
    raw.close()
    for problem in problems:
        os.write(pipe, f"problem at the end: {problem}\n".encode())


def ask(work: Callable[[int], None]) -> list[str]:
    """What a child that is left alone says."""
    child, reading = forked(work)
    said = lines(reading)
    os.waitpid(child, 0)
    return said


def campaign(home: Path, kills: int, seed: int) -> dict[str, object]:
    """Kill a working station again and again; the same home all along."""
    chance = random.Random(seed)
    passwords, acknowledged, problems = [PASSWORD], 0, list[str]()
    for kill in range(kills):
        child, reading = forked(partial(work, home, kill, passwords))
        heard = kill_within(child, reading, chance.uniform(0, LONGEST), at_work=kill % 4 > 0)
        problems += [line for line in heard if line.startswith("problem")]
        changes = [line.split(" ", 1) for line in heard if line.startswith(("pass ", "trypass "))]
        for verb, password in changes:
            passwords = [password] if verb == "pass" else [*passwords, password]
        acknowledged += sum(line.startswith(("done", "renamed", "noted", "pass")) for line in heard)
        said = ask(partial(look, home, kill, passwords, heard))
        problems += [line for line in said if line.startswith("problem")]
        # of the passwords a kill left in doubt, one is right from now on; five wrong tries would bring the delay
        passwords = [line.removeprefix("opened ") for line in said if line.startswith("opened ")] or passwords
    problems += ask(partial(last_look, home, passwords))
    return {"kills": kills, "acknowledged": acknowledged, "problems": problems[:20]}


def found(home: Path, pipe: int) -> None:
    compose(home, clock=SetClock(MORNING), cost=CHEAP).set_up(set_up_form())
    os.write(pipe, b"founded\n")


def look_at_founded(home: Path, heard: list[str], pipe: int) -> None:
    """Either nothing, and set-up can begin anew; or a whole station, in which the first people come in."""
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    was = station.phase
    if was is Phase.EMPTY:
        if heard:
            os.write(pipe, b"problem: acknowledged, but nothing is there\n")
        station.set_up(set_up_form())
    for number in ("0001", "0317"):
        if station.sign_in(number, PASSWORD).warnings:
            os.write(pipe, b"problem: warned\n")
    station.close()
    os.write(pipe, f"{was}\n".encode())


def foundings(folder: Path, kills: int, seed: int) -> dict[str, object]:
    """Kill set-up again and again, each in a home of its own."""
    chance = random.Random(seed)
    said = list[str]()
    for kill in range(kills):
        home = folder / str(kill)
        child, reading = forked(partial(found, home))
        heard = kill_within(child, reading, chance.uniform(0, LONGEST / 2), at_work=False)
        said += ask(partial(look_at_founded, home, heard))
    problems = [line for line in said if line.startswith("problem")]
    return {"kills": kills, "empty": said.count("empty"), "whole": said.count("closed"), "problems": problems}


def main(arguments: list[str]) -> None:
    what, folder, kills, seed = arguments
    run = campaign if what == "work" else foundings
    configure_mappers()  # once here instead of in every fork
    upgrade.head()
    sys.stdout.write(orjson.dumps(run(Path(folder), int(kills), int(seed))).decode() + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
