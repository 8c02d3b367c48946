"""A real frame over the rehab house, for the tests and pictures of its screens."""

from __future__ import annotations

from tests.ui.care.floor import back, press, sheet
from tests.ui.medication.room import shown, standing_at
from tests.ui.residents.stage import Stage, until

__all__ = ["Stage", "back", "press", "sheet", "shown", "standing_at", "until"]
