"""Is a copy whole: every page, the structure, the links, the counts, the audit chain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.orm import Session

from app.core import audit
from app.core.errors import Trouble
from app.core.verify import file_problems
from app.core.watch import Watch
from db import backup
from db.engine import PlainFile, WrongKey, reader_engine

KEPT = "这个备份不能用，请换一个。"


@dataclass(frozen=True)
class Facts:
    """What a file holds: rows of each table, head of the audit chain, the migration it has reached."""

    counts: dict[str, int]
    head: tuple[int, bytes]
    schema: str


def facts(raw: Any) -> Facts:
    """Of a bare connection's file, at the moment it sees."""
    return Facts(backup.counts(raw), backup.audit_head(raw), backup.schema_revision(raw))


@contextmanager
def readable() -> Iterator[None]:
    """Inside, a file that cannot be read is a Trouble: damaged, or another key's."""
    try:
        yield
    except (sqlcipher.DatabaseError, WrongKey, PlainFile) as error:
        raise Trouble("备份里的数据文件有损坏，打不开。", remedy=KEPT) from error


def prove(raw: Any, expected: Facts, watch: Watch) -> None:
    """Refuses (Trouble) a copy with a broken page or link, or with other contents than expected."""
    watch.report(0, 0, "正在核验每一页")
    with readable():
        problems = file_problems(raw)
        watch.check()
        found = facts(raw) if not problems else expected
    if problems:
        raise Trouble(f"备份里的数据文件有损坏：{problems[0]}。", remedy=KEPT)
    if found.head != expected.head:
        raise Trouble("备份里的审计记录和清单不一致。", remedy=KEPT)
    if found != expected:
        raise Trouble("备份里的记录数和清单不一致。", remedy=KEPT)


def prove_chain(database: Path, key: bytes, watch: Watch) -> None:
    """Walk the audit chain from its beginning; refuses (Trouble) a broken one."""
    watch.report(0, 0, "正在核验审计记录")
    engine = reader_engine(database, key)
    try:
        with readable(), Session(engine) as session:
            broken = next(audit.broken_at(session, audit.derive(key, "audit")), None)
    finally:
        engine.dispose()
    if broken is not None:
        raise Trouble(f"备份里审计记录第 {broken} 条不完整或被改动。", remedy=KEPT)
