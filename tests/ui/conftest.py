"""The program's look for every screen test."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.style import look

_over = itertools.count(1)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """Light, 100 %, whatever the test before chose."""
    if look.theme().dark or look.scale() != 1.0 or not qapp.styleSheet():
        look.apply(qapp)


@pytest.fixture(autouse=True)
def tidied_here() -> Iterator[None]:
    """Garbage is collected on the screen's thread only.

    Cycles of a test that is over hold widgets and timers. Were they taken down on the writer's or a reader's thread,
    their timers would stay with the screen's and fire into nothing.
    """
    gc.disable()
    there_before = set(QApplication.topLevelWidgets())
    yield
    if not any(one.isVisible() for one in there_before):  # a window of several tests still needs what it made
        _forget(set(QApplication.topLevelWidgets()) - there_before)
    if next(_over) % 40 == 0:
        gc.unfreeze()  # what windows of the program froze, and is over by now
    gc.collect()
    gc.freeze()  # what is left stays: the next test need not look at it again
    gc.enable()


def _forget(left: set[QWidget]) -> None:
    """Delete what lost its window: each of them is dressed anew at every change of the look in the tests to come."""
    for one in left:
        alive = shiboken6.isValid(one)  # type: ignore[no-untyped-call]  # shiboken ships no types
        if alive and one.windowType() is Qt.WindowType.Window:  # a popup belongs to its field
            shiboken6.delete(one)  # type: ignore[no-untyped-call]  # shiboken ships no types
