"""Files of a document: their bytes are a Binary, and the document names it by its identity (FHIR R4 Attachment)."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.ids import named
from app.fhir.carrying import stamp
from app.fhir.identity import House

BINARY = "Binary"


@dataclass(frozen=True)
class File:
    """A file a resource names. `rid`: of its Binary, made of what it holds: the same bytes are sent once.

    `sha256`: its name among the blobs, in hex; `media`: its content type.
    """

    rid: UUID
    sha256: str
    media: str


def file_of(house: House, sha256: str, media: str) -> File:
    """The file kept under a name; every station of the institution gives it the same identity."""
    return File(named(house.institution, "file", sha256), sha256, media)


def attachment(house: House, file: File, content: bytes, title: str, created: datetime) -> dict[str, Any]:
    """An Attachment: where the bytes are (`url`, put right while sending), how many, and their SHA-1 in base64."""
    return {
        "contentType": file.media,
        "language": "zh-CN",
        "url": f"{BINARY}/urn:uuid:{file.rid}",
        "size": len(content),
        "hash": sha1(content),
        "title": title,
        "creation": stamp(house, created),
    }


def sha1(content: bytes) -> str:
    """As an Attachment has it: SHA-1 in base64; says whether bytes arrived whole, protects against nobody."""
    return base64.b64encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()
