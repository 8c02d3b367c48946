"""Lives the package's life in a clean system: install, start, print, upgrade under a window, remove, purge.

    python packaging/smoke/smoke.py [FILE.deb]       (without a file: the newest in dist/)

Stops at the first thing that is not as it should be. Where no clean system can be made it says so, unpacks the
package instead, looks for missing libraries and starts the program from there.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import clean_root
import installed
import unpacked
from report import Broken, say

ROOT = Path(__file__).resolve().parents[2]


def newest() -> Path:
    """The package built last."""
    found = sorted((ROOT / "dist").glob("carestation_*.deb"), key=lambda file: file.stat().st_mtime)
    if not found:
        raise Broken("dist/ holds no package: run make package first")
    return found[-1]


def main(arguments: list[str]) -> int:
    """0 when the package lives its life without a mishap."""
    begun = time.monotonic()
    try:
        deb = Path(arguments[0]).absolute() if arguments else newest()
        say(f"{deb.name}: {deb.stat().st_size / 1e6:.1f} MB")
        with tempfile.TemporaryDirectory(prefix="carestation-smoke-") as folder:
            try:
                root = clean_root.make(Path(folder) / "root")
            except clean_root.NoRoot as why:
                say(f"no clean system: {why}. Unpacked with dpkg-deb, libraries looked up with ldd:")
                unpacked.live(deb, Path(folder))
            else:
                say(f"a clean system made by {root.made_by}")
                try:
                    installed.live(deb, root)
                finally:
                    root.close()
    except Broken as problem:
        say(f"BROKEN: {problem}")
        return 1
    say(f"all as it should be, {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
