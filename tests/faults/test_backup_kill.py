"""Kill -9 during backups and restores: the old backups stay whole, there is always one station, and it opens.

CARESTATION_KILLS=1000 makes a long campaign of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the campaign forks")
ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("CARESTATION_KILLS", "30"))


def test_a_kill_at_any_moment_leaves_a_station_and_whole_backups(home: Path) -> None:
    seed = os.environ.get("CARESTATION_SEED", "20261124")
    command = [sys.executable, "-m", "tests.faults.backup_campaign", str(home), str(KILLS), seed]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = orjson.loads(done.stdout)
    assert found["problems"] == []
    assert found["kills"] == KILLS
    assert found["interrupted"], "no restore was hit in the middle"
