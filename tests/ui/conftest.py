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
def collected_here() -> Iterator[None]:
    """Widgets in reference cycles die on this thread, not on whichever thread a later test happens to collect on."""
    yield
    gc.collect()
    gc.freeze()  # what is left stays: the next test need not look at it again
