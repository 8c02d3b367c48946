"""A stopwatch: runs while the screen is locked or shows something else, tells its time ten times a second."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

_TENTH_MS = 100


class Stopwatch(QObject):
    """Started, then stopped or dropped; the time is that of a clock nobody sets."""

    ticked = Signal(float)
    """Seconds so far."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = QElapsedTimer()
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TENTH_MS)
        self._ticks.timeout.connect(lambda: self.ticked.emit(self.seconds))

    @property
    def running(self) -> bool:
        return self._clock.isValid()

    @property
    def seconds(self) -> float:
        """How long it has run; 0 while it does not."""
        return self._clock.elapsed() / 1000 if self.running else 0.0

    def start(self) -> None:
        self._clock.start()
        self._ticks.start()
        self.ticked.emit(0.0)

    def stop(self) -> float:
        """Seconds from the start to now."""
        seconds = self.seconds
        self.drop()
        return seconds

    def drop(self) -> None:
        """As if it had not been started."""
        self._clock.invalidate()
        self._ticks.stop()
