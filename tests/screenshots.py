"""`make screenshots`: the walked path and every place in every dress, into build/screens/<dress>.

Each dress is a process of its own, since the device ratio is fixed when Qt starts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import orjson

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Dress:
    """How the window is shown: logical size, theme, text size, device ratio."""

    name: str
    width: int = 1440
    height: int = 900
    dark: bool = False
    text: float = 1.0
    ratio: float = 1.0


DRESSES = (
    Dress("light"),
    Dress("dark", dark=True),
    Dress("small-1366", width=1366, height=768),
    Dress("ratio-150", width=1280, height=720, ratio=1.5),
    Dress("large-text-130", text=1.3),
)


def draw(dress: Dress, folder: Path) -> int:
    """Walk in one dress; the demo is built anew each time, so that the path is the same."""
    home = folder / "home"
    shutil.rmtree(folder, ignore_errors=True)
    home.mkdir(parents=True)
    (home / "ui.json").write_bytes(orjson.dumps({"dark": dress.dark, "scale": dress.text}))
    size = f"{dress.width}x{dress.height}"
    chosen = {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(dress.ratio),
        "CARESTATION_TOUR_SIZE": size,
    }
    around = {**os.environ, **chosen}
    walked = [
        subprocess.run([sys.executable, "-m", part, str(folder)], cwd=ROOT, env=around, check=False)
        for part in ("tests.tour", "tests.gallery")
    ]
    return max(part.returncode for part in walked)


def main() -> int:
    """Every dress, one after the other; pictures of the failed ones are there as far as they came."""
    failed = [dress.name for dress in DRESSES if draw(dress, ROOT / "build" / "screens" / dress.name)]
    sys.stdout.write(f"build/screens: {len(DRESSES) - len(failed)} of {len(DRESSES)} dresses{failed or ''}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
