"""Collects Python's garbage on the screen's thread alone: a widget that died on the writer's would take us with it.

Python's collector runs on whatever thread happens to allocate. A view in a reference cycle (every lambda on a signal
makes one) could so be destroyed on the writer's or a reader's thread, which Qt answers with a crash.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

TURN_MS = 500
YOUNG, MIDDLE, OLD = 5_000, 10, 10
"""New objects until the young are looked at; turns of the young until the middle ones are, and so on."""


class Collector(QObject):
    """Takes the collector over while it is started."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settled = False
        self._timer = QTimer(self)
        self._timer.setInterval(TURN_MS)
        self._timer.timeout.connect(self._turn)

    def start(self) -> None:
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give it back, with nothing of ours left in it."""
        self._timer.stop()
        gc.collect()
        gc.enable()

    def settle(self) -> None:
        """What is loaded by the first sign-in stays: it need not be looked at again at every turn."""
        if not self._settled:
            self._settled = True
            gc.collect()
            gc.freeze()

    def _turn(self) -> None:
        young, middle, old = gc.get_count()
        if old > OLD:
            gc.collect(2)
        elif middle > MIDDLE:
            gc.collect(1)
        elif young > YOUNG:
            gc.collect(0)
