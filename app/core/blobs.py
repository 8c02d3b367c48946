"""Photos, drawn signatures and documents in the encrypted file: kept once each, named by their sha256."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.unit import Reader, Unit
from db.models import Blob

MOST = 300_000
"""Bytes a picture may have; screens scale before they give it."""
MOST_FILE = 8_000_000
"""Bytes of a document, and of whatever comes from the platform: a photo taken elsewhere is kept as it came."""
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
PICTURES = (JPEG, PNG)
LIMITS = {JPEG: MOST, PNG: MOST, PDF: MOST_FILE}
"""Bytes a file may have that is added here, by what it is."""
NEW_PHOTO = "data:"
"""How a picture begins that a form holds and the file does not yet."""
_BEGINS = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG, b"%PDF-": PDF}


def media_of(content: bytes) -> str:
    """What the bytes are, by how they begin: a picture or a PDF; empty for anything else."""
    return next((media for begin, media in _BEGINS.items() if content.startswith(begin)), "")


def keep_blob(unit: Unit, content: bytes, media: str) -> str:
    """Keep a picture within the act that refers to it; returns its name. Refuses what is too large or no picture."""
    if media not in PICTURES:
        raise Refusal("只能保存 JPEG 或 PNG 图片。", field="photo")
    if len(content) > LIMITS[media]:
        raise Refusal(f"图片太大，最多 {LIMITS[media] // 1000} kB。", field="photo")
    return _keep(unit, content, media)


def keep_file(unit: Unit, content: bytes, field: str) -> str:
    """As `keep_blob`, a PDF too; what it is, its bytes say themselves. Refuses beside `field`."""
    media = media_of(content)
    if not media:
        raise Refusal("只能添加 PDF 文件，或 JPEG、PNG 图片。", field=field)
    most = LIMITS[media]
    if len(content) > most:
        said = (
            f"PDF 文件太大，最多 {most // 1_000_000} MB。"
            if media == PDF
            else f"图片太大，最多 {most // 1000} kB。"
        )
        raise Refusal(said, field=field)
    return _keep(unit, content, media)


def keep_received(unit: Unit, content: bytes) -> str:
    """Keep what came from the platform, as it came; returns its name. Whoever asks has looked at what it is."""
    return _keep(unit, content, media_of(content))


def _keep(unit: Unit, content: bytes, media: str) -> str:
    name = hashlib.sha256(content).hexdigest()
    added = any(isinstance(one, Blob) and one.sha256 == name for one in unit.session.new)
    if not added and unit.session.get(Blob, name) is None:
        unit.session.add(Blob(sha256=name, media=media, content=content))
    return name


def keep_photo(unit: Unit, picture: str, field: str) -> str:
    """The name of a picture of a form (`app.core.form.Value`), kept now if it is a new one; refuses beside `field`."""
    if not picture.startswith(NEW_PHOTO):
        return picture
    media = picture.partition(",")[0].removeprefix(NEW_PHOTO).partition(";")[0]
    try:
        return keep_blob(unit, decoded(picture, field), media)
    except Refusal as refusal:
        raise Refusal(refusal.text, field=field) from None


def keep_scan(unit: Unit, scan: str, field: str) -> str:
    """As `keep_photo`, a PDF too."""
    return keep_file(unit, decoded(scan, field), field) if scan.startswith(NEW_PHOTO) else scan


def decoded(file: str, field: str) -> bytes:
    """The bytes of a new file of a form."""
    try:
        return base64.b64decode(file.partition(",")[2], validate=True)
    except binascii.Error:
        raise Refusal("文件读不出来，请重新添加。", field=field) from None


@dataclass(frozen=True)
class BlobOf(Question[bytes | None]):
    """The bytes of a file by its name; None where it is not here (yet)."""

    sha256: str


@answers(BlobOf)
def blob_of(reader: Reader, question: BlobOf) -> bytes | None:
    row = reader.session.get(Blob, question.sha256)
    return None if row is None else row.content
