"""Opening the encrypted file: the key, the pragmas, one writer, three readers, and the guard against plain files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

PLAIN_HEADER = b"SQLite format 3\x00"
READERS = 3
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # NORMAL loses acknowledged rows in a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # else INSERT OR REPLACE would rewrite an audit line past its triggers
    "PRAGMA cache_size = -65536",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA temp_store = MEMORY",  # nothing of a query ever lies unencrypted on the disk
)


class FileDialect(SQLiteDialect_pysqlite):
    """Every engine of ours speaks alike: what was compiled for one is good for all, and nobody who signs in waits for
    the same statements to be compiled again.
    """

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.carestation", __name__, FileDialect.__name__)
_COMPILED: LRUCache[Any, Any] = LRUCache(2000)
"""Statements by their shape, compiled once for the writer and the readers of every desk."""


class PlainFile(Exception):
    """An unencrypted database lies where an encrypted one is expected."""


class WrongKey(Exception):
    """The file does not open with this key: wrong key or damaged first page."""


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """A bare DB-API connection with the raw 256-bit key set and proved; autocommit, the caller begins."""
    if _is_plain(path):
        raise PlainFile(str(path))
    if read_only:
        raw = sqlcipher.connect(
            path.as_uri() + "?mode=ro", uri=True, check_same_thread=False, isolation_level=None
        )
    else:
        raw = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None)
    try:
        # the raw form skips SQLCipher's own key stretching (0.05 ms instead of 100 ms a connection)
        raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        raw.execute("PRAGMA cipher_log_level = NONE")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in _PRAGMAS[2:] if read_only else _PRAGMAS:
            raw.execute(pragma)
    except sqlcipher.Error as error:
        raw.close()
        if "file is not a database" in str(error):
            raise WrongKey(str(path)) from error
        raise
    return raw


def _is_plain(path: Path) -> bool:
    if not path.exists():
        return False
    with path.open("rb") as file:
        return file.read(len(PLAIN_HEADER)) == PLAIN_HEADER


def writer_engine(path: Path, key: bytes) -> Engine:
    """The one connection that writes; each transaction begins IMMEDIATE, so it never fails half-way on a lock."""
    return _engine(lambda: connect(path, key), 1, "BEGIN IMMEDIATE")


def reader_engine(path: Path, key: bytes) -> Engine:
    """Three connections that can only read; WAL lets them go on beside the writer."""
    return _engine(lambda: connect(path, key, read_only=True), READERS, "BEGIN")


def _engine(creator: Callable[[], Any], connections: int, begin: str) -> Engine:
    engine = create_engine(
        "sqlite+carestation://",
        module=sqlcipher,
        creator=creator,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,  # an error in the log never tells a name
        execution_options={"compiled_cache": _COMPILED},
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine
