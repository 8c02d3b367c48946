"""Files of a document: their bytes are a Binary, and the document names it by its identity (FHIR R4 Attachment)."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.ids import named
from app.fhir.carrying import stamp
from app.fhir.identity import House

BINARY = "Binary"
OURS = f"{BINARY}/urn:uuid:"
"""How the url of a file begins that is known by its identity."""
_HERE = re.compile(rf"^{BINARY}/urn:uuid:([0-9a-f-]{{36}})$")
_THERE = re.compile(rf"^{BINARY}/([A-Za-z0-9.-]{{1,64}})(?:/_history/.+)?$")


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
    """An Attachment: where the bytes are (`url`, put right while sending), how many, and their SHA-1 in base64.

    Its `id` (Element.id) is the file's identity: whoever reads it knows the Binary for ours, whatever its id there.
    """
    return {
        "id": str(file.rid),
        "contentType": file.media,
        "language": "zh-CN",
        "url": url_of(file.rid),
        "size": len(content),
        "hash": sha1(content),
        "title": title,
        "creation": stamp(house, created),
    }


def sha1(content: bytes) -> str:
    """As an Attachment has it: SHA-1 in base64; says whether bytes arrived whole, protects against nobody."""
    return base64.b64encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()


@dataclass(frozen=True)
class Named:
    """A file a document names. `rid`: its identity where the attachment says one of ours; the rest as it is said."""

    url: str
    rid: UUID | None
    media: str
    title: str
    size: int | None
    hash: str | None


def url_of(rid: UUID) -> str:
    """How a file's Binary is named here."""
    return f"{OURS}{rid}"


def rid_in(url: str) -> UUID | None:
    """The identity a url of here names."""
    match = _HERE.match(url)
    return UUID(match[1]) if match else None


def id_in(url: str) -> str | None:
    """The id at the platform a relative url names."""
    match = _THERE.match(url)
    return match[1] if match else None


def attachments(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The attachments of a DocumentReference."""
    for one in body.get("content") or []:
        attached = one.get("attachment") if isinstance(one, dict) else None
        if isinstance(attached, dict):
            yield attached


def named_files(body: dict[str, Any]) -> Iterator[Named]:
    """The files a DocumentReference names by url; text is read where it stands."""
    for one in attachments(body):
        url, media = one.get("url"), str(one.get("contentType") or "").partition(";")[0].strip().lower()
        if not isinstance(url, str) or not url or media == "text/plain":
            continue
        size, said = one.get("size"), one.get("hash")
        yield Named(
            url,
            rid_in(url) or _identity(one),
            media,
            str(one.get("title") or "")[:80],
            size if isinstance(size, int) and not isinstance(size, bool) else None,
            said if isinstance(said, str) and said else None,
        )


def carried(body: dict[str, Any]) -> Iterator[tuple[UUID, str]]:
    """(identity, id at the platform) of the files of ours a body from there names."""
    for one in named_files(body) if body.get("resourceType") == "DocumentReference" else ():
        there = id_in(one.url)
        if one.rid is not None and there is not None:
            yield one.rid, there


def _identity(attached: dict[str, Any]) -> UUID | None:
    try:
        return UUID(str(attached.get("id")))
    except ValueError:
        return None
