"""What a backup says of itself: whose it is, of when, what is in it; sealed under a key derived from the database's."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from app.core.audit import seal
from app.core.errors import Refusal

FORMAT = 1
PURPOSE = "backup"
"""What the manifest's key is derived for (HKDF-SHA-256)."""
NEWER = "这个备份是更新版本的程序做的，请先安装新版本。"
NO_BACKUP = "这不是本程序的备份文件。"


@dataclass(frozen=True)
class Part:
    """One file in the archive: its length in bytes and its SHA-256, as hex."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """No person stands in it but the staff number of who made it. `head`: sequence and MAC of the last audit line."""

    program: str
    schema: str
    institution: str
    institution_code: str
    station: str
    database: UUID
    made_at: datetime
    made_by: str
    counts: dict[str, int]
    head: tuple[int, bytes]
    parts: dict[str, Part]
    mac: bytes = b""

    def sealed(self, key: bytes) -> Manifest:
        return replace(self, mac=self._mac(key))

    def genuine(self, key: bytes) -> bool:
        return hmac.compare_digest(self.mac, self._mac(key))

    def as_stored(self) -> bytes:
        return orjson.dumps({**self._fields(), "mac": self.mac.hex()}, option=orjson.OPT_INDENT_2)

    def _mac(self, key: bytes) -> bytes:
        return seal(key, [orjson.dumps(self._fields(), option=orjson.OPT_SORT_KEYS)])

    def _fields(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "program": self.program,
            "schema": self.schema,
            "institution": self.institution,
            "institution_code": self.institution_code,
            "station": self.station,
            "database": str(self.database),
            "made_at": self.made_at.isoformat(),
            "made_by": self.made_by,
            "counts": self.counts,
            "head": {"seq": self.head[0], "mac": self.head[1].hex()},
            "parts": {name: {"size": part.size, "sha256": part.sha256} for name, part in self.parts.items()},
        }


def read(stored: bytes) -> Manifest:
    """Refuses another format, a newer one first of all: its fields may mean anything."""
    try:
        fields = orjson.loads(stored)
        number = fields["format"]
        if isinstance(number, int) and number > FORMAT:
            raise Refusal(NEWER)
        if number != FORMAT:
            raise Refusal(NO_BACKUP)
        return _manifest(fields)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refusal(NO_BACKUP) from error


def _manifest(fields: dict[str, Any]) -> Manifest:
    made_at = datetime.fromisoformat(fields["made_at"])
    if made_at.tzinfo is None:
        raise ValueError("an instant without a zone")
    parts = {
        str(name): Part(int(part["size"]), str(part["sha256"])) for name, part in fields["parts"].items()
    }
    return Manifest(
        program=str(fields["program"]),
        schema=str(fields["schema"]),
        institution=str(fields["institution"]),
        institution_code=str(fields["institution_code"]),
        station=str(fields["station"]),
        database=UUID(fields["database"]),
        made_at=made_at,
        made_by=str(fields["made_by"]),
        counts={str(name): int(count) for name, count in fields["counts"].items()},
        head=(int(fields["head"]["seq"]), bytes.fromhex(fields["head"]["mac"])),
        parts=parts,
        mac=bytes.fromhex(fields["mac"]),
    )
