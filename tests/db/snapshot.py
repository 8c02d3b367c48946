"""The schema of a file as text, one statement a line in a fixed order; run it to renew the kept snapshot.

python -m tests.db.snapshot
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from db import upgrade
from db.engine import connect, writer_engine

KEPT = Path(__file__).resolve().parents[2] / "db" / "schemas"
KEY = bytes(range(32))


def schema_of(raw: Any) -> str:
    """Every table, index and trigger of a bare connection, white space made even."""
    found = raw.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    order = {"table": 0, "index": 1, "view": 2, "trigger": 3}
    lines = [even(sql) for _, _, sql in sorted(found, key=lambda row: (order[row[0]], row[1]))]
    return "".join(f"{line};\n" for line in lines)


def even(sql: str) -> str:
    """One statement with single spaces."""
    return re.sub(r"\s+", " ", sql).replace("( ", "(").replace(" )", ")").strip()


def migrated(folder: Path, to: str = "head") -> str:
    """The schema that the migrations make in a new file."""
    path = folder / "migrated.db"
    engine = writer_engine(path, KEY)
    upgrade.upgrade(engine, to)
    engine.dispose()
    raw = connect(path, KEY)
    try:
        return schema_of(raw)
    finally:
        raw.close()


def main() -> None:
    """Write the snapshot of the newest step."""
    with tempfile.TemporaryDirectory() as folder:
        text = f"-- The schema of a station's file after step {upgrade.head()}; renewed by tests/db/snapshot.py.\n"
        (KEPT / f"{upgrade.head()}.sql").write_text(text + migrated(Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
