"""What uploading costs: Patients, vital signs, assessments through outbox, mapping and receipts, against bare httpx.

The platform runs in a process of its own, so that it shares no interpreter with us. Both sides go out over the same
number of connections; the bare side posts the very bytes that were recorded while we uploaded.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select

from app.compose import Station
from app.core.unit import Unit
from app.fhir import House
from app.registry import MAPPERS
from app.sync.access import Access
from app.sync.line import Line
from app.sync.push.pace import Pace, Tempo
from app.sync.push.run import push
from app.sync.round import Rounds
from app.sync.wire import Answer, Wire
from db.models import Assessment, Resident, Vital
from tests.app.fhir.assessing import CASES, content
from tests.support.acts import Act
from tests.support.platform import Fault, Platform
from tests.support.station import found, open_station

PATIENTS, VITALS, ASSESSMENTS, RUNS = 1000, 5000, 1000, 5
ROUND = 280
"""The values of one round: seven of each of forty residents."""
LANES = 2
ROOT = Path(__file__).resolve().parents[2]


SERVERS = (
    ("the written platform", 0.0),
    ("a server of 1.6 ms a Patient", 0.08),  # the quickest real one that was measured, in bundles of 50
)


def run() -> list[tuple[str, float, str]]:
    """(what, our rate ÷ that of bare httpx, both in words)."""
    loads = (Load(f"{PATIENTS} Patients", PATIENTS, admit), Load(f"{VITALS} vital signs", VITALS, measure))
    found = [_compared(name, seconds, load) for load in loads for name, seconds in SERVERS]
    some = Load(f"one round of {ROUND} vital signs", ROUND, measure_a_round)
    many = Load(f"{ASSESSMENTS} assessments with their findings", ASSESSMENTS, assess)
    return [*found, _compared(*SERVERS[1], some), *(_compared(*one, many) for one in SERVERS)]


@dataclass(frozen=True)
class Load:
    """What is uploaded: so many records, written by an act."""

    words: str
    count: int
    write: Callable[[Unit], None]


def _compared(name: str, seconds: float, load: Load) -> tuple[str, float, str]:
    with tempfile.TemporaryDirectory() as folder, platform(seconds) as address:
        station = open_station(found(Path(folder) / "home").root)
        try:
            station.desk.do_now(Act(load.write))
            asyncio.run(Rounds(station.desk).run(Access(address)))  # pairing: the types' identities are known
            ours, bare = [], []
            for _ in range(RUNS):
                station.desk.do_now(Act(load.write))
                taken, bundles = asyncio.run(uploaded(station, address, load.count))
                ours.append(taken)
                bare.append(asyncio.run(posted(address, bundles)))
        finally:
            station.close()
    best, least = min(ours), min(bare)
    note = f"{load.count / best:.0f} a second against {load.count / least:.0f}, {len(bundles)} bundles"
    return f"upload {load.words} to {name} ÷ posting the same bundles", least / best, note


@contextmanager
def platform(seconds: float) -> Iterator[str]:
    """The address of a written platform in another process; it takes so many seconds for each bundle besides."""
    command = [sys.executable, "-m", "tests.bench.bench_sync", str(seconds)]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
    assert running.stdout is not None
    try:
        yield running.stdout.readline().strip()
    finally:
        running.communicate("", timeout=60)  # its standard input ends, and so does it


def serve(seconds: float) -> None:
    """Be that process, until standard input ends."""
    with Platform() as served:
        if seconds:
            served.faults.always(Fault.late(seconds), lambda request: request.method == "POST")
        print(served.address, flush=True)
        sys.stdin.read()


def admit(unit: Unit) -> None:
    """1,000 residents with what a roster says of them."""
    for number, human in enumerate(unit.next_numbers("resident", PATIENTS)):
        unit.session.add(
            Resident(
                **unit.stamp(), number=human, name=f"欧阳淑华{number}", sex="2", birth_date=date(1941, 3, 5),
                phone="13900000000", address="上海市静安区南京西路1266弄22号303室", care_level="partial",
            )
        )  # fmt: skip


def forty(unit: Unit) -> Sequence[UUID]:
    """Residents to write of, admitted if there are none."""
    some = select(Resident.rid).limit(40)
    if unit.session.scalar(some) is None:
        admit(unit)
        unit.session.flush()
    return unit.session.scalars(some).all()


def measure(unit: Unit, count: int = VITALS) -> None:
    """So many values of forty residents, in sets of seven."""
    residents = forty(unit)
    visit = unit.new_id()
    for number in range(count):
        code, value, second, how = SIGNS[number % len(SIGNS)]
        visit = unit.new_id() if number % len(SIGNS) == 0 else visit
        resident = residents[number // len(SIGNS) % len(residents)]
        unit.session.add(
            Vital(
                **unit.stamp(), revision=1, resident=resident, code=code, set_id=visit, value=value, second=second,
                how=dict(how),
            )
        )  # fmt: skip


def measure_a_round(unit: Unit) -> None:
    measure(unit, ROUND)


def assess(unit: Unit) -> None:
    """The worked cases of every instrument in turn, of forty residents."""
    residents = forty(unit)
    said = [content(instrument, case) for instrument, case in CASES]
    for place, number in enumerate(unit.next_numbers("assessment", ASSESSMENTS)):
        resident = residents[place % len(residents)]
        one = Assessment(
            **unit.stamp(), revision=1, resident=resident, number=number, **said[place % len(said)]
        )
        unit.session.add(one)


SIGNS: tuple[tuple[str, float, float | None, dict[str, str]], ...] = (
    ("temperature", 36.5, None, {"site": "腋下"}),
    ("pulse", 78.0, None, {}),
    ("respiration", 18.0, None, {}),
    ("blood_pressure", 136.0, 78.0, {"posture": "坐位"}),
    ("spo2", 96.0, None, {}),
    ("pain", 2.0, None, {}),
    ("glucose", 6.8, None, {"meal": "空腹"}),
)


class Recording(Wire):
    """Keeps the bundles it sends."""

    sent: list[bytes]

    async def send(
        self, method: str, path: str, body: Any, headers: Mapping[str, str] | None = None
    ) -> Answer:
        self.sent.append(body)
        return await super().send(method, path, body, headers)


async def uploaded(station: Station, address: str, count: int) -> tuple[float, list[bytes]]:
    """(seconds until everything is confirmed, the bundles that went out)."""
    wire = Recording(Access(address))
    wire.sent = []
    line = Line(station.desk, wire, House.of(station.settings), MAPPERS)
    begun = time.perf_counter()
    done = await push(line, Pace(), Tempo())
    seconds = time.perf_counter() - begun
    await wire.close()
    assert (done.sent, done.clean) == (count, True)
    return seconds, wire.sent


async def posted(address: str, bundles: list[bytes]) -> float:
    """Seconds the same bundles take, two at a time, with nothing else to do."""
    waiting = iter(bundles)
    headers = {"content-type": "application/fhir+json"}
    async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
        begun = time.perf_counter()

        async def lane() -> None:
            for bundle in waiting:
                answer = await client.post(address, content=bundle, headers=headers)
                assert answer.status_code == 200
                answer.json()

        await asyncio.gather(*(lane() for _ in range(LANES)))
        return time.perf_counter() - begun


if __name__ == "__main__":
    serve(float(sys.argv[1]))
