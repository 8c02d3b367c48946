"""A real frame over the desk of referrals, for the tests and pictures of its screens."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.care.floor import back, press, sheet
from tests.ui.medication.room import shown, standing_at
from tests.ui.residents.stage import Stage, until

__all__ = ["Stage", "back", "hit", "press", "sheet", "shown", "standing_at", "until"]


def hit(stage: Stage, view: QWidget, *keys: Qt.Key | str) -> None:
    """Keys as from a keyboard: each to wherever the focus is then."""
    for key in keys:
        press(stage.focus(view), key)
