"""The trees of all files are a million small things that stay: the collector need not walk them again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def left_alone() -> Iterator[None]:
    """No collection while files are parsed, and what was parsed is never looked at again."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()
