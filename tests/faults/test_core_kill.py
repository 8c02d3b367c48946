"""Kill -9 at random moments: what was acknowledged is there, once; set-up leaves nothing or a whole station.

CARESTATION_KILLS=1000 makes a long campaign of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the campaign forks")
ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("CARESTATION_KILLS", "20"))


def run(what: str, folder: Path, kills: int) -> dict[str, Any]:
    """The campaign's findings; it is a process of its own, since a fork wants a program without threads."""
    seed = os.environ.get("CARESTATION_SEED", "20261124")
    command = [sys.executable, "-m", "tests.faults.campaign", what, str(folder), str(kills), seed]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = orjson.loads(done.stdout)
    return found


def test_every_acknowledged_act_survives_a_kill(home: Path) -> None:
    found = run("work", home, KILLS)
    assert found["problems"] == []
    assert found["kills"] == KILLS
    assert found["acknowledged"] > KILLS / 2


def test_a_kill_during_set_up_leaves_nothing_or_a_whole_station(tmp_path: Path) -> None:
    found = run("found", tmp_path, max(8, KILLS // 4))
    assert found["problems"] == []
    assert found["empty"] + found["whole"] == found["kills"]
    assert found["empty"]
