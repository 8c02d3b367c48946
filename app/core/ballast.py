"""Two megabytes kept in reserve: given back when the disk is full, so that the last work can still be saved."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

SIZE = 2 * 1024 * 1024
SCARCE = 4 * SIZE
"""With less room than this the ballast is not laid anew, and people are told at sign-in."""
FULL = 512 * 1024
"""With less room than this SQLite cannot even open the file (it needs a log and its index)."""
_log = logging.getLogger(__name__)


def room(path: Path) -> int:
    """Free bytes on the disk where the ballast lies."""
    return shutil.disk_usage(path.parent).free


def lay(path: Path) -> bool:
    """Put the ballast there if it is missing and there is room; returns whether there is room enough to work."""
    try:
        if room(path) < SCARCE:
            return False
        if not path.exists() or path.stat().st_size != SIZE:
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
