"""The loop of the program: asyncio inside Qt's, a log, a place for what nobody caught; ends when the window has."""

from __future__ import annotations

import faulthandler
import logging
import os
import threading
from typing import IO

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.core.home import Home
from ui.shell.window import Window

_log = logging.getLogger(__name__)
_TURN_MS = 10


def run(app: QApplication, window: Window) -> int:
    """Run until the window has ended. The sign-in takes keys while asyncio is still being imported."""
    _load_behind(app)
    import asyncio

    import qasync

    from app.core.log import close_log, keep_log
    from ui.shell.mishap import Mishaps
    from ui.shell.one_instance import OneInstance

    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    mishaps = Mishaps(window)
    mishaps.listen()
    loop.set_exception_handler(mishaps.note_context)
    window.ended.connect(loop.stop)
    window.begin()
    ear = OneInstance(window.start.home.root, window)
    ear.called.connect(window.come_forward)
    log = keep_log(window.start.home.log)
    crashes = _watch_crashes(window.start.home)
    # the loop itself says so: from this line on keys are heard, not only drawn
    loop.call_soon(_log.info, "window shown")
    try:
        with loop:
            loop.run_forever()
    finally:
        ear.close()
        close_log(log)
        if crashes is not None:
            faulthandler.disable()
            crashes.close()
    return 0


def _load_behind(app: QApplication) -> None:
    """Import what the loop needs on another thread while Qt alone turns."""
    thread = threading.Thread(target=_load, name="loading", daemon=True)
    wake = QTimer()
    wake.start(_TURN_MS)
    thread.start()
    while thread.is_alive():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _load() -> None:
    import qasync  # noqa: F401  # loaded for whoever imports it next

    import app.core.log  # noqa: F401  # the same


def _watch_crashes(home: Home) -> IO[str] | None:
    """Where the interpreter writes its last words if Qt takes it down."""
    try:
        file = (home.log / "crash.log").open("a", encoding="utf-8")
    except OSError:
        return None
    os.set_inheritable(file.fileno(), False)
    faulthandler.enable(file)
    return file
