"""The program's look for every screen test."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ui.style import look


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
    yield
    gc.collect()
    gc.enable()
