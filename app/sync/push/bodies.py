"""The resource to send, and whether the platform holds it already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import orjson

from app.fhir import House, Part, Ref, merged, resolved
from app.fhir.carrying import REVISION
from app.fhir.merging import SERVERS_OWN
from app.sync.push.rows import Item, Known, Parcel

SUPERSEDED = ":superseded"
"""Ending of the system under which the losing one of two twins keeps its identity."""


def parcel(item: Item, part: Part, known: Known | None, id_of: Callable[[Ref], str | None]) -> Parcel:
    """One resource put into what is known to be there; every reference must be known."""
    base, server_id = (known.body, known.server_id) if known else (None, None)
    body = resolved(merged(part, base, server_id), id_of)
    return Parcel(item, part, body, text_of(body), known)


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
    meta = sent.body.get("meta") or {}
    tag = {"system": house.rid_tag, "code": str(sent.part.rid)}
    if tag in (meta.get("tag") or []):
        return sent
    body = {**sent.body, "meta": {**meta, "tag": [*(meta.get("tag") or []), tag]}}
    return replace(sent, body=body, text=text_of(body))


def digest(parts: Sequence[Part]) -> bytes:
    """What a revision says, without its number: the same content has the same digest."""
    ordered = sorted(parts, key=lambda part: part.ref)
    return hashlib.sha256(b"\n".join(text_of(_content(part.body)) for part in ordered)).digest()


def _content(body: dict[str, Any]) -> dict[str, Any]:
    extensions = [one for one in body.get("extension") or [] if one.get("url") != REVISION]
    return {**body, "extension": extensions}
