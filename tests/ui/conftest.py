"""The program's look for every screen test."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ui.style import look


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """Light, 100 %, whatever the test before chose."""
    if look.theme().dark or look.scale() != 1.0 or not qapp.styleSheet():
        look.apply(qapp)
