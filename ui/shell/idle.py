"""Notices that nobody is at the screen: no key, no mouse for as long as the station's settings say."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from app.core.clock import Clock

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)
_LOOK_MS = 5_000  # at most this late when the limit is made shorter, or the PC wakes from sleep


class IdleWatch(QObject):
    """`idle` once when `limit()` seconds have passed without a sign of life. Watches while started."""

    idle = Signal()

    def __init__(self, clock: Clock, limit: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock, self._limit = clock, limit
        self._last: tuple[float, datetime] = (time.monotonic(), clock.now())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Watch from now on."""
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._note()
        self._wait()

    def stop(self) -> None:
        """Watch no longer: nobody is signed in, or the screen is locked already."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # the class first: every event of the program comes by here, and a type costs Python an enum
        if isinstance(event, QInputEvent | QInputMethodEvent) and event.type() in _SIGNS_OF_LIFE:
            self._note()
        return False

    def idle_seconds(self) -> float:
        """Seconds since the last sign of life; the wall clock counts too, since a sleeping PC stops the other one."""
        passed = time.monotonic() - self._last[0]
        return max(passed, (self._clock.now() - self._last[1]).total_seconds())

    def _note(self) -> None:
        self._last = (time.monotonic(), self._clock.now())

    def _look(self) -> None:
        if self.idle_seconds() >= self._limit():
            self.idle.emit()
        else:
            self._wait()

    def _wait(self) -> None:
        left = (self._limit() - self.idle_seconds()) * 1000
        self._timer.start(int(min(max(left, 1), _LOOK_MS)))
