"""A station that only syncs, as a process of its own: made to be killed.

python -m tests.faults.sync_worker HOME ADDRESS    runs rounds until nothing waits; says so with a line
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from app.compose import compose
from app.core.clock import SystemClock
from app.sync.access import Access
from app.sync.push.pace import Pace
from app.sync.round import Rounds
from tests.support.station import CHEAP, PASSWORD
from tests.sync.joined import QUICK


def main(home: str, address: str) -> None:
    """Signs in as the head nurse; bundles are small, so that a kill meets many different moments."""
    station = compose(Path(home), clock=SystemClock(), cost=CHEAP)
    station.sign_in("0317", PASSWORD)
    rounds = Rounds(station.desk, pace=Pace(size=10), tempo=QUICK)
    while True:
        done = asyncio.run(rounds.run(Access(address)))
        if not done.waiting:
            break
    station.close()
    sys.stdout.write("quiet\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
