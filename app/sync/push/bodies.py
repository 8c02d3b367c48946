"""The resource to send, and whether the platform holds it already."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson

from app.fhir import House, Part, Ref, merged, resolved
from app.fhir.merging import SERVERS_OWN
from app.sync.push.rows import Item, Known, Parcel, Piece

_LOCAL = re.compile(rb'"(reference|url)":"([A-Za-z]+)/urn:uuid:([0-9a-f-]{36})"')
"""A local reference, or the url of a file, in JSON as orjson writes it; inside a text the quotes would be escaped."""
SUPERSEDED = ":superseded"
"""Ending of the system under which the losing one of two twins keeps its identity."""


def piece(part: Part) -> Piece:
    """A resource as text with what it refers to: found in the text, ten times as fast as walking the body."""
    text = text_of(part.body)
    needs = frozenset(Ref(kind.decode(), UUID(rid.decode())) for _, kind, rid in _LOCAL.findall(text))
    return Piece(part, text, needs - {part.ref})


def parcel(item: Item, one: Piece, known: Known | None, id_of: Callable[[Ref], str | None]) -> Parcel:
    """One resource put into what is known to be there; every reference must be known."""
    if known is not None:
        body = resolved(merged(one.part, known.body, known.server_id), id_of)
        return Parcel(item, one.part, text_of(body), known)

    def there(found: re.Match[bytes]) -> bytes:
        key, kind, rid = found[1].decode(), found[2].decode(), UUID(found[3].decode())
        return f'"{key}":"{kind}/{id_of(Ref(kind, rid))}"'.encode()

    return Parcel(item, one.part, _LOCAL.sub(there, one.text))


def text_of(body: Any) -> bytes:
    """JSON with sorted keys: equal bodies are equal texts."""
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two bodies say the same, whatever the server wrote about versions and times."""
    return _said(one) == _said(other)


def _said(body: dict[str, Any]) -> dict[str, Any]:
    said = {key: value for key, value in body.items() if key not in ("id", "meta")}
    meta = {key: value for key, value in (body.get("meta") or {}).items() if key not in SERVERS_OWN}
    if "tag" in meta:  # some servers keep tags as a set
        meta["tag"] = sorted((str(one.get("system")), str(one.get("code"))) for one in meta["tag"])
    return {**said, "meta": meta}


def ours_over(part: Part, body: dict[str, Any], id_of: Callable[[Ref], str | None]) -> dict[str, Any] | None:
    """What a body there would be with a revision of ours over it; None if it refers to what is not known yet."""
    try:
        found: dict[str, Any] = resolved(merged(part, body, body.get("id")), id_of)
    except KeyError:
        return None
    return found


def holds(sent: Parcel, body: dict[str, Any], id_of: Callable[[Ref], str | None]) -> bool:
    """Whether a body there already says everything this parcel would."""
    return same(resolved(merged(sent.part, body, body.get("id")), id_of), body)


def untouched(sent: Parcel, body: dict[str, Any]) -> bool:
    """Whether a body there differs from the last one known only in what is not ours."""
    base = sent.known.body if sent.known else {}
    before = {key: value for key, value in base.items() if key in sent.part.owned}
    if tags := (base.get("meta") or {}).get("tag"):
        before["meta"] = {"tag": tags}
    return same(merged(replace(sent.part, body=before), body, body.get("id")), body)


def tagged_too(house: House, sent: Parcel) -> Parcel:
    """The same with its identity as a tag as well, where a type's search by identifier cannot be relied on."""
    whole = sent.body
    meta = whole.get("meta") or {}
    tag = {"system": house.rid_tag, "code": str(sent.part.rid)}
    if tag in (meta.get("tag") or []):
        return sent
    body = {**whole, "meta": {**meta, "tag": [*(meta.get("tag") or []), tag]}}
    return replace(sent, text=text_of(body))


def digest(pieces: Sequence[Piece]) -> bytes:
    """What a revision says: equal content has an equal digest."""
    ordered = sorted(pieces, key=lambda piece: piece.ref)
    return hashlib.sha256(b"\n".join(piece.text for piece in ordered)).digest()
