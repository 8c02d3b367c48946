"""`make bench`: runs every measurement and prints one table of ratios.

python -m tests.bench [NAME …]      only the measurements whose file name contains one of these words
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys

import tests.bench

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def names(wanted: list[str]) -> list[str]:
    """The modules to run: `bench_*`, all of them or those asked for."""
    found = [module.name for module in pkgutil.iter_modules(tests.bench.__path__)]
    benches = [name for name in found if name.startswith("bench_")]
    return [name for name in benches if not wanted or any(word in name for word in wanted)]


def main(wanted: list[str]) -> int:
    """Print a line as soon as each figure is known."""
    benches = names(wanted)
    if not benches:
        print(f"no measurement is called {' or '.join(wanted) or 'bench_*.py'}")
        return 2
    print(f"{'ratio':>8}  what")
    for name in benches:
        for label, ratio, note in importlib.import_module(f"tests.bench.{name}").run():
            print(f"{ratio:8.2f}  {label}" + (f"  ({note})" if note else ""), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
