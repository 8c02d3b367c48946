"""The campaigns of kills and full disks work on a real disk: what is durable is what they ask."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder where temporary files lie, not in memory (`tests/conftest.py`)."""
    with tempfile.TemporaryDirectory(prefix="carestation-") as folder:
        yield Path(folder)
