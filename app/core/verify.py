"""Is the file whole, and is nothing missing from its story: pages, structure, audit chain, anchors outside."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit
from db.models import AuditLine

KEPT = 200
WALKED = 5000
"""How many of the newest lines are checked at every start (19 ms); older ones when the whole chain is verified."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Anchor:
    """A head of the audit chain, kept outside the database."""

    seq: int
    mac: bytes


class AnchorFile:
    """The heads of the audit chain as they were after each commit, one a line.

    Written only after the commit is durable, so an anchor is never ahead of an honest file; a power cut may lose the
    newest ones. Nothing is synced to the disk here: an act must not pay for it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> list[Anchor]:
        """The latest anchors that can be read, oldest first."""
        if not self._path.exists():
            return []
        found = []
        for line in self._path.read_bytes().splitlines()[-WALKED:]:
            try:
                stored = orjson.loads(line)
                found.append(Anchor(int(stored["seq"]), bytes.fromhex(stored["mac"])))
            except (ValueError, KeyError, TypeError):
                continue
        return found

    def keep(self, seq: int, mac: bytes) -> None:
        """Add a head. A disk that refuses it costs the anchor, never the act."""
        try:
            with self._path.open("ab", buffering=0) as file:
                # begun with a line end of its own: half a line a power cut left spoils no other
                file.write(b"\n" + orjson.dumps({"seq": seq, "mac": mac.hex()}))
        except OSError as error:
            _log.warning("no anchor was kept: %s", error)

    def trim(self) -> None:
        """Keep the latest few hundred; only done when all of them agreed with the chain."""
        try:
            lines = self._path.read_bytes().splitlines()
            if len(lines) > 2 * KEPT:
                fresh = self._path.with_suffix(".new")
                fresh.write_bytes(b"\n".join(lines[-KEPT:]))
                fresh.replace(self._path)
        except OSError as error:
            _log.warning("the anchors were not trimmed: %s", error)


def anchor(path: Path, session: Session) -> None:
    """Add the chain's present head to the anchor file."""
    seq, mac = audit.last(session)
    kept = last_anchor(path)
    if seq and (kept is None or kept.seq != seq):
        AnchorFile(path).keep(seq, mac)


def last_anchor(path: Path) -> Anchor | None:
    """The newest anchor that can be read; None if there is none."""
    kept = AnchorFile(path).read()
    return kept[-1] if kept else None


def chain_problems(session: Session, key: bytes, anchors: Path, *, whole: bool = False) -> list[str]:
    """What is wrong with the audit chain: its newest lines (at every start), or from its beginning.

    Every anchor that is kept must agree: a problem that was told once is told again until it is dealt with.
    """
    head, _ = audit.last(session)
    kept = AnchorFile(anchors).read()
    problems = _against_anchors(session, kept, head)
    if not kept and _somebody_came(session):
        problems.append("审计记录的外部锚点不见了，无法确认数据文件是不是最新的。")
    since = 0 if whole else max(0, head - WALKED)
    problems += [f"审计记录第 {seq} 条不完整或被改动。" for seq in audit.broken_at(session, key, since)]
    return problems[:20]


def _against_anchors(session: Session, kept: list[Anchor], head: int) -> list[str]:
    if not kept:
        return []
    first = min(anchor.seq for anchor in kept)
    statement = select(AuditLine.seq, AuditLine.mac).where(AuditLine.seq >= first)
    macs = {row.seq: row.mac for row in session.execute(statement)}
    if any(anchor.seq > head for anchor in kept):
        return ["审计记录的末尾缺失，数据文件可能被换成了旧的。"]
    if any(macs.get(anchor.seq) != anchor.mac for anchor in kept):
        return ["审计记录与外部锚点不一致，数据文件可能被改动过。"]
    return []


def _somebody_came(session: Session) -> bool:
    return session.scalar(select(AuditLine.seq).where(AuditLine.act == "sign_in").limit(1)) is not None


def file_problems(raw: Any) -> list[str]:
    """What is wrong with the file itself; `raw` is a bare connection (`db.engine.connect`)."""
    problems = [f"数据页损坏：{row[0]}" for row in _told(raw, "cipher_integrity_check")]
    problems += [f"数据结构损坏：{row[0]}" for row in _told(raw, "integrity_check") if row[0] != "ok"]
    problems += [f"关联断开：{row[0]} 第 {row[1]} 行" for row in _told(raw, "foreign_key_check")]
    return problems[:50]


def _told(raw: Any, check: str) -> list[tuple[Any, ...]]:
    """What one of SQLite's checks finds; on a broken page it stops half-way, which is a finding too."""
    found: list[tuple[Any, ...]] = []
    try:
        found.extend(raw.execute(f"PRAGMA {check}"))
    except sqlcipher.DatabaseError as error:
        found.append((str(error), 0))
    return found
