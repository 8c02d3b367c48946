"""Two megabytes kept in reserve: given back when the disk is full, so that the last work can still be saved."""

from __future__ import annotations

import logging
import os
from pathlib import Path

SIZE = 2 * 1024 * 1024
_log = logging.getLogger(__name__)


def lay(path: Path) -> bool:
    """Put the ballast there if it is missing; returns whether it lies there now (False: the disk is all but full)."""
    try:
        if path.exists() and path.stat().st_size == SIZE:
            return True
        path.write_bytes(os.urandom(SIZE))  # zeros might take no room on a compressing disk
    except OSError as error:
        _log.warning("no room for the ballast: %s", error)
        lift(path)
        return False
    return True


def lift(path: Path) -> bool:
    """Give the room back; returns whether there was any to give."""
    try:
        path.unlink()
    except OSError:
        return False
    _log.warning("the disk is full, the ballast was given back")
    return True
