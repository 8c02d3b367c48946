"""The audit chain: each line's HMAC covers the one before it, so nothing can be changed, cut out or cut off unseen.

HMAC-SHA-256 over length-prefixed fields under a key derived from the database key. Anchors (sequence, head) are kept
outside the database: a tail that was cut or an old file that was put back is noticed at the next start.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import AuditLine

START = bytes(32)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, repr=False)
class Seals:
    """Keys derived from the database key, one a purpose (HKDF-SHA-256, RFC 5869)."""

    audit: bytes
    signature: bytes
    proof: bytes
    sheet: bytes

    @classmethod
    def from_key(cls, key: bytes) -> Seals:
        derived = {name: derive(key, name) for name in ("audit", "signature", "proof", "sheet")}
        return cls(**derived)


def derive(key: bytes, purpose: str) -> bytes:
    """A 256-bit key for one purpose."""
    return HKDF(SHA256(), 32, salt=None, info=f"carestation {purpose}".encode()).derive(key)


def seal(key: bytes, fields: Iterable[Any]) -> bytes:
    """HMAC-SHA-256 over length-prefixed fields: no two lists of fields share one text."""
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for field in fields:
        data = _as_bytes(field)
        mac.update(len(data).to_bytes(8, "big"))
        mac.update(data)
    return mac.digest()


def _as_bytes(field: Any) -> bytes:
    match field:
        case None:
            return b"\x00"
        case bytes():
            return b"b" + field
        case UUID():
            return b"u" + field.bytes
        case datetime():
            return b"t" + str((field - _EPOCH) // timedelta(milliseconds=1)).encode()
        case _:
            return b"s" + str(field).encode()


def last(session: Session) -> tuple[int, bytes]:
    """(sequence, MAC) of the newest line; (0, zeros) of an empty chain."""
    row = session.execute(
        select(AuditLine.seq, AuditLine.mac).order_by(AuditLine.seq.desc()).limit(1)
    ).first()
    return (0, START) if row is None else (row[0], row[1])


def broken_at(session: Session, key: bytes, since: int = 0) -> Iterator[int]:
    """Sequence numbers whose line is missing or whose MAC is wrong, walking from after `since`."""
    before = START
    if since:
        kept = session.execute(select(AuditLine.mac).where(AuditLine.seq == since)).scalar()
        if kept is None:
            yield since
            return
        before = kept
    expected = since + 1
    # columns, not entities: the walk is done at every start; their order is that in which `seal` covers them
    statement = select(AuditLine.__table__).where(AuditLine.seq > since).order_by(AuditLine.seq)
    for seq, *fields, mac in session.execute(statement.execution_options(yield_per=2000)):
        if seq != expected or not hmac.compare_digest(mac, seal(key, (before, seq, *fields))):
            yield seq
        before, expected = mac, seq + 1
