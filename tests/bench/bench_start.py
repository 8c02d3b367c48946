"""Cold start to a sign-in that takes keys, against a bare PySide6 window; each start in a process of its own."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support.station import found

ROUNDS = 9
ROOT = Path(__file__).resolve().parents[2]

BARE = """
import sys, time, os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1280, 800)
window.show()
app.processEvents()
def ready():
    print(time.monotonic(), flush=True)
    os._exit(0)
QTimer.singleShot(0, ready)
app.exec()
"""

OURS = """
import sys, time, os
from PySide6.QtCore import QTimer
def ready():
    print(time.monotonic(), flush=True)
    os._exit(0)
import ui.shell.window
show = ui.shell.window.Window.show
def shown(window):
    show(window)
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, ready))
ui.shell.window.Window.show = shown
from app.__main__ import main
main(["--home", sys.argv[1]])
"""


def run() -> list[tuple[str, float, str]]:
    """Medians of interleaved starts, warm file cache."""
    with tempfile.TemporaryDirectory() as folder:
        home = found(Path(folder) / "home").root
        bare, ours = [], []
        for _ in range(ROUNDS + 1):
            bare.append(_start(BARE))
            ours.append(_start(OURS, str(home)))
    middle = statistics.median(bare[1:]), statistics.median(ours[1:])
    note = f"{middle[1] * 1000:.0f} ms against {middle[0] * 1000:.0f} ms, aim 1.5"
    return [("cold start to sign-in / bare window", middle[1] / middle[0], note)]


def _start(code: str, *arguments: str) -> float:
    """Seconds from starting the process to its first free turn of the loop."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1]) - begun
