"""Kill -9 of a station in the middle of an upload, again and again: every record is there in the end, once.

The platform holds an answer back, so that each kill meets a request that was carried out and not answered, or one
that was never carried out; CARESTATION_KILLS=100 makes a long campaign of it.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.clock import SetClock, SystemClock
from tests.support.platform import COLUMNS, Behaviour, Fault, Platform
from tests.support.station import open_station
from tests.sync.joined import Joined

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX word")
ROOT = Path(__file__).resolve().parents[2]
KILLS = max(1, int(os.environ.get("CARESTATION_KILLS", "30")) // 30)
RESIDENTS = 60


def worker(home: Path, platform: Platform) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.faults.sync_worker", str(home), platform.address]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)


@pytest.mark.parametrize("column", COLUMNS)
def test_a_kill_in_the_middle_of_sync_loses_and_doubles_nothing(home: Path, column: str) -> None:
    chance = random.Random(f"{os.environ.get('CARESTATION_SEED', '20261124')} {column}")
    with Platform(Behaviour.named(column)) as platform:
        station = open_station(home)
        joined = Joined(station, platform)
        rids = joined.admit(*(f"老人{number}" for number in range(RESIDENTS)))
        station.close()
        for _ in range(KILLS):
            killed_at_work(home, platform, chance)
        station = open_station(home)
        assert isinstance(station.clock, SetClock)
        station.clock.put(
            SystemClock().now() + timedelta(minutes=2)
        )  # the killed ones lived by the true time
        joined = Joined(station, platform)
        assert joined.rounds_until_quiet(12).complete
        assert [len(joined.there(rid)) for rid in rids] == [1] * RESIDENTS
        assert all(joined.states(rid) == [(1, "acked")] for rid in rids)
        assert len(platform.resources("Practitioner")) == 7
        assert len(platform.resources("Organization")) == 1
        station.close()


def killed_at_work(home: Path, platform: Platform, chance: random.Random) -> None:
    """One worker, killed while it waits for the answer to a request that changes something."""
    never = threading.Event()
    fault = Fault.late(until=never, committed=chance.random() < 0.6)
    planned = platform.faults.next(
        fault, lambda request: request.method != "GET", passing=chance.randrange(7)
    )
    running = worker(home, platform)
    try:
        met = planned.met.wait(30)
        assert met or running.wait(30) == 0  # it may have had nothing left to send
    finally:
        running.kill()
        running.wait(30)
        assert running.stdout is not None
        running.stdout.close()
        planned.stop()
        if not fault.waits_first:
            never.set()
