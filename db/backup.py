"""A copy of an encrypted file that is being worked in: page by page, out of one held moment of it.

Without the held read transaction every commit beside it would make the copying begin anew, and at a busy station it
would never end. A reader blocks no writer (WAL); what the writer feels is the disk, so the steps are small.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from db.engine import connect

PAGES = 128
"""Pages copied at a time: half a megabyte, one or two milliseconds."""
BREATH = 0.001
"""Seconds of rest between two steps, for whoever writes meanwhile."""

Step = Callable[[int, int], None]
"""Told (pages done, pages in all) after each step; what it raises ends the copying."""


@contextmanager
def held(source: Any) -> Iterator[Any]:
    """Inside, a bare connection sees one moment of its file, whatever is committed beside it."""
    source.execute("BEGIN")
    try:
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # only a read takes the moment
        yield source
    finally:
        source.execute("ROLLBACK")


def copy_pages(source: Any, target: Any, step: Step) -> None:
    """Copy what `source` sees into the empty file of `target`. Both are bare connections with their keys set."""

    def told(_status: int, remaining: int, total: int) -> None:
        step(total - remaining, total)
        if remaining:
            time.sleep(BREATH)

    # half a copy is thrown away, so it needs no journal; whoever keeps the file makes it durable
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -4096"):
        target.execute(f"PRAGMA {pragma}").fetchall()
    source.backup(target, pages=PAGES, progress=told)


def settle(path: Path, key: bytes) -> None:
    """Make a copy one file that needs no log beside it (it says WAL, as its source does)."""
    raw = connect(path, key)
    try:
        raw.execute("PRAGMA journal_mode = DELETE").fetchall()
    finally:
        raw.close()


def counts(raw: Any) -> dict[str, int]:
    """Rows in every table, by its name."""
    listed = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    names = [str(row[0]) for row in listed if not str(row[0]).startswith("sqlite_")]
    found = {}
    for name in names:
        found[name] = int(raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608  # from the schema itself
    return found


def audit_head(raw: Any) -> tuple[int, bytes]:
    """(sequence, MAC) of the newest audit line; (0, nothing) of an empty chain."""
    row = raw.execute("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return (0, b"") if row is None else (int(row[0]), bytes(row[1]))


def account_slots(raw: Any) -> frozenset[bytes]:
    """The key slots that open an account, as the file names them."""
    return frozenset(bytes(row[0]) for row in raw.execute("SELECT slot FROM account"))


def schema_revision(raw: Any) -> str:
    """The migration the file has reached."""
    return str(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])
