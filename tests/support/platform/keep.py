"""Keeps a platform's store in a file, so that `make platform` remembers what was sent before."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

import orjson

from tests.support.platform.store import Store, Version

TABLE = """CREATE TABLE IF NOT EXISTS version (
    sequence INTEGER PRIMARY KEY, type TEXT, id TEXT, number TEXT, at TEXT, method TEXT, resource BLOB
)"""


class Kept:
    """One SQLite file with every version; each one is written as it comes into being."""

    def __init__(self, file: Path) -> None:
        # The platform's thread writes, the one that opened it reads before that thread starts.
        self._file = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = NORMAL")
        self._file.execute(TABLE)

    def fill(self, store: Store) -> None:
        """Put what was kept into an empty store, and keep from now on what is written to it."""
        for row in self._file.execute(
            "SELECT type, id, number, at, sequence, method, resource FROM version ORDER BY sequence"
        ):
            type_, id_, number, at, sequence, method, body = row
            resource = orjson.loads(body) if body is not None else None
            version = Version(type_, id_, number, datetime.fromisoformat(at), sequence, method, resource)
            store.keep(version)
            store.show_now(version)
        store.on_write = self._write

    def empty(self) -> None:
        """Forget everything."""
        self._file.execute("DELETE FROM version")

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def _write(self, version: Version) -> None:
        body = None if version.resource is None else orjson.dumps(version.resource)
        row = (
            version.sequence,
            version.type,
            version.id,
            version.number,
            version.at.isoformat(),
            version.method,
            body,
        )
        self._file.execute("INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?)", row)
