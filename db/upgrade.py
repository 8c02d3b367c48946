"""Bringing a file to this program's shape: a dated copy first, one transaction, newer files refused."""

from __future__ import annotations

import shutil
from datetime import datetime
from functools import cache
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from db.engine import connect


class NewerFile(Exception):
    """The file was written by a newer program."""


class NoStation(Exception):
    """The file opens but holds no station: cut to nothing, or another program's."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def head() -> str:
    """The revision this program writes."""
    return _head_of(_config().get_main_option("script_location") or "")


@cache
def _head_of(_location: str) -> str:
    """Read once: the steps are compiled anew each time, which takes half of opening a small file."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    if found is None:
        raise LookupError("no migrations")
    return found


def revisions() -> frozenset[str]:
    """Every revision this program knows, its own and all before it."""
    return frozenset(step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions())


def revision_of(path: Path, key: bytes) -> str | None:
    """The revision a file has; None for a file without tables."""
    raw = connect(path, key, read_only=True)
    try:
        row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlcipher.OperationalError:
        return None
    finally:
        raw.close()
    return None if row is None else str(row[0])


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run the missing steps. Foreign keys are off meanwhile (a batch step with them on deletes children silently)."""
    _run(engine, command.upgrade, to)


def downgrade(engine: Engine, to: str) -> None:
    """Walk back; used by tests to prove that each step can be undone."""
    _run(engine, command.downgrade, to)


def _run(engine: Engine, action: object, to: str) -> None:
    config = _config()
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if driver is None:
            raise ConnectionError("no connection")
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                action(config, to)  # type: ignore[operator]  # alembic's commands share this signature
                broken = connection.execute(text("PRAGMA foreign_key_check")).first()
                if broken is not None:
                    raise ValueError(f"a foreign key is broken after the upgrade: {broken}")
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def bring_up(engine: Engine, path: Path, key: bytes, moment: datetime) -> bool:
    """Upgrade an existing file if it is older; returns whether it was. Keeps a dated copy beside it."""
    if not path.exists() or not path.stat().st_size:
        raise NoStation(str(path))
    found = revision_of(path, key)
    if found is None:
        raise NoStation(str(path))
    if found == head():
        return False
    if found not in revisions():
        raise NewerFile(found)
    _keep_copy(engine, path, path.with_name(f"{path.stem}-{moment:%Y%m%d-%H%M%S}-{found}{path.suffix}"))
    upgrade(engine)
    return True


def _keep_copy(engine: Engine, path: Path, copy: Path) -> None:
    """Copy the file with everything committed; half a copy never bears the name of a whole one."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if driver is None:
            raise ConnectionError("no connection")
        # what a crash left in the write-ahead log belongs to the copy
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    part = copy.with_suffix(".part")
    try:
        shutil.copy2(path, part)
        part.replace(copy)
    finally:
        part.unlink(missing_ok=True)
