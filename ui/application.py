"""The program with a window: paints the sign-in first, loads what is heavy behind it, one copy a home folder."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.core.clock import SystemClock
from app.core.home import Home, HomeLock
from ui.shell.preferences import Preferences
from ui.shell.start import Start, composed, lock_of
from ui.shell.window import Window
from ui.style import look


def open_window(home: Path) -> int:
    """Open the station of a home folder; returns the exit code. A second copy calls the first and ends with 0."""
    app = dressed_application(home)
    place = Home(home)
    lock = lock_of(place)
    if lock is None and _first_copy_answers(home):
        return 0
    lock = lock or HomeLock(place)
    window = Window(Start(place, SystemClock(), lambda: composed(place, lock)))
    window.show()
    app.processEvents()  # the sign-in is on the screen before anything heavy is loaded
    from ui.shell.running import run

    return run(app, window)


def dressed_application(home: Path) -> QApplication:
    """The QApplication in our look and language."""
    QApplication.setApplicationName("CareStation")
    QApplication.setDesktopFileName("carestation")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("a QCoreApplication without screens is already there")
    app.setQuitOnLastWindowClosed(False)
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)
    preferences = Preferences.read(Home(home).ui)
    look.apply(app, dark=preferences.dark, scale=preferences.scale)
    return app


def _first_copy_answers(home: Path) -> bool:
    """Somebody holds the home's lock: our own first copy comes forward, a command at work does not answer."""
    from ui.shell.one_instance import ask_first

    return ask_first(home)
