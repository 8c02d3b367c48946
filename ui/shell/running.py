"""The loop of the program: asyncio inside Qt's, a log, a place for what nobody caught; ends when the window has."""

from __future__ import annotations

import asyncio
import faulthandler
import os
from typing import IO

import qasync
from PySide6.QtWidgets import QApplication

from app.core.home import Home
from app.core.log import close_log, keep_log
from ui.shell.mishap import Mishaps
from ui.shell.window import Window


def run(app: QApplication, window: Window) -> int:
    """Run until the window has ended."""
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    mishaps = Mishaps(window)
    mishaps.listen()
    loop.set_exception_handler(mishaps.note_context)
    window.ended.connect(loop.stop)
    window.begin()
    log = keep_log(window.start.home.log)
    crashes = _watch_crashes(window.start.home)
    try:
        with loop:
            loop.run_forever()
    finally:
        close_log(log)
        if crashes is not None:
            faulthandler.disable()
            crashes.close()
    return 0


def _watch_crashes(home: Home) -> IO[str] | None:
    """Where the interpreter writes its last words if Qt takes it down."""
    try:
        file = (home.log / "crash.log").open("a", encoding="utf-8")
    except OSError:
        return None
    os.set_inheritable(file.fileno(), False)
    faulthandler.enable(file)
    return file
