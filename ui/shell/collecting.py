"""Collects garbage on the screen's thread only.

Python's collector runs on whichever thread happens to allocate. On the writer's or a reader's thread it would take
down Qt objects that belong to the screen (a timer, say), and Qt ends the program for that. So it is switched off, and
a timer of the screen does its work in moments too short to notice.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 2_000
YOUNG = 20_000
"""New containers since the last look from which a quick collection pays."""
WHOLE_EVERY = 60
"""Looks between two whole collections: two minutes."""


class Collecting(QObject):
    """Lives as long as the window; gives the collector back when it goes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._looks = 0
        self._settled = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """A quick collection where much is new, a whole one now and then."""
        self._looks += 1
        if self._looks % WHOLE_EVERY == 0:
            gc.collect()
        elif gc.get_count()[0] > YOUNG:
            gc.collect(1)

    def settle(self) -> None:
        """After a sign-in: what is loaded now stays, and is not walked through again until the next one."""
        if self._settled:  # the one before has gone
            gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._settled = True

    def end(self) -> None:
        """Back to Python's own ways: the window has gone."""
        self._timer.stop()
        gc.enable()
