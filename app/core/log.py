"""The program's log: a file in the home folder that turns over, without names of residents or values of records."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE = "carestation.log"
BYTES = 1_000_000
KEPT = 5


def keep_log(folder: Path, level: int = logging.INFO) -> logging.Handler | None:
    """Write the log into a folder from now on; None if the folder cannot be written (work goes on without a log)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / FILE, maxBytes=BYTES, backupCount=KEPT, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.setLevel(level)
    root.addHandler(handler)
    return handler


def close_log(handler: logging.Handler | None) -> None:
    """Stop writing; the file is complete afterwards."""
    if handler is not None:
        logging.getLogger().removeHandler(handler)
        handler.close()
