"""Is the file whole, and is nothing missing from its story: pages, structure, audit chain, anchors outside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit
from db.models import AuditLine


@dataclass(frozen=True)
class Anchor:
    """A head of the audit chain, kept outside the database."""

    seq: int
    mac: bytes


def anchor(path: Path, session: Session) -> None:
    """Add the chain's present head to the anchor file."""
    seq, mac = audit.last(session)
    kept = last_anchor(path)
    if seq and (kept is None or kept.seq != seq):
        with path.open("ab") as file:
            file.write(orjson.dumps({"seq": seq, "mac": mac.hex()}) + b"\n")


def last_anchor(path: Path) -> Anchor | None:
    """The newest anchor that can be read; None if there is none."""
    if not path.exists():
        return None
    for line in reversed(path.read_bytes().splitlines()):
        try:
            stored = orjson.loads(line)
            return Anchor(int(stored["seq"]), bytes.fromhex(stored["mac"]))
        except (ValueError, KeyError, TypeError):
            continue
    return None


def chain_problems(session: Session, key: bytes, anchors: Path, *, whole: bool = False) -> list[str]:
    """What is wrong with the audit chain: since the last anchor (at every start), or from its beginning."""
    kept = last_anchor(anchors)
    if kept is not None:
        found = session.scalar(select(AuditLine.mac).where(AuditLine.seq == kept.seq))
        if found is None:
            return ["审计记录的末尾缺失，数据文件可能被换成了旧的。"]
        if found != kept.mac:
            return ["审计记录与外部锚点不一致，数据文件可能被改动过。"]
    since = 0 if whole or kept is None else kept.seq
    return [f"审计记录第 {seq} 条不完整或被改动。" for seq in audit.broken_at(session, key, since)][:20]


def file_problems(raw: Any) -> list[str]:
    """What is wrong with the file itself; `raw` is a bare connection (`db.engine.connect`)."""
    problems = [f"数据页损坏：{row[0]}" for row in raw.execute("PRAGMA cipher_integrity_check")]
    problems += [f"数据结构损坏：{row[0]}" for row in raw.execute("PRAGMA integrity_check") if row[0] != "ok"]
    problems += [f"关联断开：{row[0]} 第 {row[1]} 行" for row in raw.execute("PRAGMA foreign_key_check")]
    return problems[:50]
