"""The written platform has a thread of its own: what earlier tests left of Qt must not end there."""

from __future__ import annotations

import gc

import pytest


@pytest.fixture(autouse=True, scope="module")
def swept() -> None:
    """Garbage is collected on whichever thread allocates next; Qt objects may end on the screen's thread only."""
    gc.collect()
