"""Kill -9 between key and answer: a dose that was acknowledged is there, and the key pressed again gives none twice.

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
KILLS = int(os.environ.get("CARESTATION_KILLS", "12"))


def test_no_dose_is_lost_or_doubled_by_a_kill(home: Path) -> None:
    seed = os.environ.get("CARESTATION_SEED", "20261127")
    command = [sys.executable, "-m", "tests.faults.dose_campaign", str(home), str(KILLS), seed]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = orjson.loads(done.stdout)
    assert found["problems"] == []
    assert found["kills"] == KILLS
    assert found["acknowledged"] >= KILLS / 4
