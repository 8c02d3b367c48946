"""Starts the program with its window, offscreen, and waits for the line of its log that says it is shown."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from report import Broken

SHOWN = "window shown"
PATIENCE = 60.0  # seconds for a slow disk
LOOK = 0.005  # seconds between looks
CACHES = Path("/proc/sys/vm/drop_caches")
Start = Callable[[], "subprocess.Popen[str]"]


def started(start: Start, log: Path) -> tuple[subprocess.Popen[str], float]:
    """A running program and the seconds until its window was there; it must be ended by whoever asked."""
    before = _times_shown(log)
    begun = time.monotonic()
    process = start()
    while _times_shown(log) == before:
        if process.poll() is not None or time.monotonic() - begun > PATIENCE:
            process.kill()
            raise Broken(f"no window: {process.stderr.read()[-2000:] if process.stderr else ''}")
        time.sleep(LOOK)
    return process, time.monotonic() - begun


def end(process: subprocess.Popen[str]) -> None:
    """End a program we started, as a session that is logged out does."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stderr is not None:
        process.stderr.close()


def measured(start: Start, log: Path, times: int = 5) -> str:
    """Medians of several starts: with nothing of the program in memory where that may be arranged, and as usual."""
    cold = [_once(start, log) for _ in range(times) if _forget()]
    warm = [_once(start, log) for _ in range(times)]
    words = f"from the command to a window that takes keys: {statistics.median(warm):.2f} s"
    return f"{words}, {statistics.median(cold):.2f} s with cold disk caches" if cold else words


def _once(start: Start, log: Path) -> float:
    process, seconds = started(start, log)
    end(process)
    return seconds


def _forget() -> bool:
    """Ask the kernel to forget what it has read of the disk; whether it did."""
    try:
        CACHES.write_text("3\n", encoding="ascii")
    except OSError:
        return False
    return True


def _times_shown(log: Path) -> int:
    return log.read_text(encoding="utf-8").count(SHOWN) if log.exists() else 0
