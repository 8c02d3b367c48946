"""Watching long work from another thread: how far it is, and stopping it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.core.errors import Cancelled

Report = Callable[[int, int, str], None]


class Watch:
    """Handed along with an order or a print run. The work reports and checks; the person reads and cancels.

    `on_report` is called on the working thread with (done, total, words).
    """

    def __init__(self, on_report: Report | None = None) -> None:
        self._on_report = on_report
        self._cancel = threading.Event()

    def report(self, done: int, total: int, words: str = "") -> None:
        """Say how far the work is, and stop here if a person has cancelled it."""
        self.check()
        if self._on_report is not None:
            self._on_report(done, total, words)

    def cancel(self) -> None:
        self._cancel.set()

    @property
    def cancelled(self) -> bool:
        return self._cancel.is_set()

    def check(self) -> None:
        if self._cancel.is_set():
            raise Cancelled
