"""Which files the documents that came name: noted in the act that takes the document, fetched behind it."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import replace
from typing import Any
from urllib.parse import unquote_to_bytes
from uuid import UUID

from sqlalchemy import select

from app.core.blobs import MOST_FILE, PDF, PICTURES, keep_received, media_of
from app.core.unit import Unit
from app.fhir.attached import BINARY, Named, attachments, id_in, named_files, url_of
from app.sync.push.filed import KIND
from db.models import Remote, RemoteFile

Body = dict[str, Any]
TAKEN = frozenset({PDF, *PICTURES, "image/jpg", "application/octet-stream", ""})
"""Media types that may be what we show; what a file is, its bytes say."""
INLINE = "urn:sha256:"
"""The url of a file that stood in the document itself: its content is kept as a file, and named instead of it."""
NO_FILE = "文件不是 PDF、JPEG 或 PNG，没有采用。"


def name_files(unit: Unit, body: Body, resident: UUID) -> None:
    """Of a document of our own kinds; where it is a file of ours its Binary is known from now on."""
    for one in named_files(body):
        there = id_in(one.url)
        if one.rid is not None and there is not None:
            _know(unit, one.rid, there)
            _note(unit, replace(one, url=url_of(one.rid)), resident)
        else:
            _note(unit, one, resident)


def name_foreign(unit: Unit, body: Body, resident: UUID) -> Body:
    """Of a document of another program; returns it with its inline files kept as files and named instead."""
    if body.get("resourceType") != "DocumentReference":
        return body
    content = [
        {**one, "attachment": _outside(unit, one["attachment"], resident)}
        if isinstance(one, dict) and isinstance(one.get("attachment"), dict)
        else one
        for one in body.get("content") or []
    ]
    outside = {**body, "content": content}
    for one in named_files(outside):
        if not one.url.startswith(INLINE):
            _note(unit, replace(one, rid=None), resident)
    return outside


def _know(unit: Unit, rid: UUID, server_id: str) -> None:
    """A file of ours stands there: whoever sends what names it need not send it."""
    known = select(Remote.rid).where(
        Remote.type == BINARY, (Remote.rid == rid) | (Remote.server_id == server_id)
    )
    if unit.session.scalar(known.limit(1)) is None:
        row = Remote(
            type=BINARY, rid=rid, kind=KIND, record=rid, revision=0, station="", server_id=server_id, body={},
            received_at=unit.now,
        )  # fmt: skip
        unit.session.add(row)
        unit.session.flush()


def _note(unit: Unit, one: Named, resident: UUID) -> None:
    row = unit.session.get(RemoteFile, one.url)
    if row is None:
        row = RemoteFile(url=one.url, resident=resident, media=one.media, title=one.title)
        unit.session.add(row)
    elif row.sha256 is not None and (one.rid is not None or (one.hash and one.hash == row.hash)):
        return  # what it holds is known, and it is here
    row.media, row.title, row.size, row.hash = one.media, one.title, one.size, one.hash
    row.tries, row.words, row.received_at = 0, None, None
    if one.media not in TAKEN:
        row.words, row.received_at = f"这种文件（{one.media[:40]}）本站不取。", unit.now
    elif one.size is not None and one.size > MOST_FILE:
        row.words, row.received_at = f"文件太大（{one.size / 1_000_000:.1f} MB），没有取。", unit.now


def _unfolded(attached: Body) -> Body:
    """An attachment whose url holds the file itself (RFC 2397) has it as data instead."""
    url = attached.get("url")
    if not isinstance(url, str) or url[:5].lower() != "data:":
        return attached
    said, _, data = url[5:].partition(",")
    media = said.removesuffix(";base64")
    content = unquote_to_bytes(data)
    content = base64.b64encode(content) if media == said else b"".join(content.split())
    inside = {"contentType": media, "data": content.decode("ascii", "replace"), **attached}
    return {key: value for key, value in inside.items() if key != "url"}


def _outside(unit: Unit, attached: Body, resident: UUID) -> Body:
    """An attachment without its data, which is kept as a file if it is one; text stays where it is."""
    attached = _unfolded(attached)
    data, media = (
        attached.get("data"),
        str(attached.get("contentType") or "").partition(";")[0].strip().lower(),
    )
    if not isinstance(data, str) or media not in TAKEN:
        return attached
    url = INLINE + hashlib.sha256(data.encode()).hexdigest()
    row = unit.session.get(RemoteFile, url)
    if row is None:
        row = RemoteFile(url=url, resident=resident, media=media)
        unit.session.add(row)
    row.title, row.received_at = str(attached.get("title") or "")[:80], unit.now
    row.sha256, row.words = _kept(unit, data)
    return {**{key: value for key, value in attached.items() if key != "data"}, "url": url}


def _kept(unit: Unit, data: str) -> tuple[str | None, str | None]:
    """The name of what some base64 holds, or why it is not kept."""
    try:
        content = base64.b64decode(data, validate=True)
    except binascii.Error:
        return None, "文件读不出来，没有采用。"
    if len(content) > MOST_FILE:
        return None, f"文件太大（{len(content) / 1_000_000:.1f} MB），没有采用。"
    if not media_of(content):
        return None, NO_FILE
    return keep_received(unit, content), None


def is_document(body: Body) -> bool:
    """Whether it may name files."""
    return body.get("resourceType") == "DocumentReference" and any(True for _ in attachments(body))
