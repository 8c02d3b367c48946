"""Makes the scripts of packaging/ importable by their plain names, as they import each other."""

from __future__ import annotations

import sys
from pathlib import Path

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"

for folder in (PACKAGING, PACKAGING / "smoke"):
    sys.path.append(str(folder))  # behind everything: a script's name must not hide a library's
