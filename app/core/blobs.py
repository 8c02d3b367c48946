"""Photos and drawn signatures in the encrypted file: kept once each, named by their sha256, never beside the file."""

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

MEDIA = ("image/jpeg", "image/png")
NEW_PHOTO = "data:"
"""How a picture begins that a form holds and the file does not yet."""


_BEGINS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


def media_of(content: bytes) -> str:
    """What kind of picture the bytes are, by how they begin; empty for anything else."""
    return next((media for begin, media in _BEGINS.items() if content.startswith(begin)), "")


def keep_blob(unit: Unit, content: bytes, media: str) -> str:
    """Keep a picture within the act that refers to it; returns its name. Refuses what is too large or no picture."""
    if media not in MEDIA:
        raise Refusal("只能保存 JPEG 或 PNG 图片。", field="photo")
    if len(content) > MOST:
        raise Refusal(f"图片太大，最多 {MOST // 1000} kB。", field="photo")
    name = hashlib.sha256(content).hexdigest()
    if unit.session.get(Blob, name) is None:
        unit.session.add(Blob(sha256=name, media=media, content=content))
    return name


def keep_photo(unit: Unit, picture: str, field: str) -> str:
    """The name of a picture of a form (`app.core.form.Value`), kept now if it is a new one; refuses beside `field`."""
    if not picture.startswith(NEW_PHOTO):
        return picture
    head, _, body = picture.partition(",")
    media = head.removeprefix(NEW_PHOTO).partition(";")[0]
    try:
        return keep_blob(unit, base64.b64decode(body, validate=True), media)
    except binascii.Error:
        raise Refusal("照片读不出来，请重新添加。", field=field) from None
    except Refusal as refusal:
        raise Refusal(refusal.text, field=field) from None


@dataclass(frozen=True)
class BlobOf(Question[bytes | None]):
    """The bytes of a picture by its name; None where it is not here (it does not travel with its record)."""

    sha256: str


@answers(BlobOf)
def blob_of(reader: Reader, question: BlobOf) -> bytes | None:
    row = reader.session.get(Blob, question.sha256)
    return None if row is None else row.content
