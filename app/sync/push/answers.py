"""What a bundle's answer, or that of one resource, says: status, id, version. Servers differ in all three."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from app.sync.push.rows import Known, Parcel, Receipt
from app.sync.wire import Answer

_PLACE = re.compile(r"(?:^|/)([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history/([^/]+))?/?$")
_TAG = re.compile(r'^(?:W/)?"?([^"]+)"?$')


@dataclass(frozen=True)
class Entry:
    """One entry of an answer. `type` and `server_id` are empty where the server did not name them."""

    status: int
    type: str = ""
    server_id: str = ""
    version: str | None = None
    updated_at: datetime | None = None
    outcome: dict[str, Any] | None = None


def entries(answer: Answer, sent: Sequence[Parcel]) -> list[Entry | None]:
    """One for each entry sent, in their order; None where the answer does not speak of it.

    What names another type, or another resource than the one addressed, is the answer to something else.
    """
    body = answer.body or {}
    found = body.get("entry") if body.get("resourceType") == "Bundle" else None
    listed = found if isinstance(found, list) else []
    read = [_entry(one) for one in listed[: len(sent)]]
    every = read + [None] * (len(sent) - len(read))
    return [
        entry if entry and _speaks_of(one, entry) else None for one, entry in zip(sent, every, strict=True)
    ]


def _speaks_of(sent: Parcel, entry: Entry) -> bool:
    wanted = sent.known.server_id if sent.known else entry.server_id
    return entry.type in ("", sent.type) and entry.server_id in ("", wanted)


def _entry(entry: Any) -> Entry | None:
    response = entry.get("response") if isinstance(entry, dict) else None
    status = str((response or {}).get("status", ""))[:3]
    if response is None or not status.isdigit():
        return None
    resource = entry.get("resource") or {}
    outcome = response.get("outcome")
    if outcome is None and resource.get("resourceType") == "OperationOutcome":
        outcome, resource = resource, {}
    return _read(int(status), response.get("location", ""), response.get("etag"), resource, outcome)


def single(answer: Answer) -> Entry:
    """The answer to one resource that was sent alone."""
    body = answer.body or {}
    is_outcome = body.get("resourceType") == "OperationOutcome"
    resource, outcome = ({}, body) if is_outcome else (body, None)
    return _read(answer.status, answer.location, answer.etag, resource, outcome)


def _read(status: int, location: str, etag: str | None, resource: dict[str, Any], outcome: Any) -> Entry:
    place = _PLACE.search(location.partition("?")[0])
    meta = resource.get("meta") or {}
    version = tag_version(etag) or (place[3] if place else None) or meta.get("versionId")
    server_id = resource.get("id") or (place[2] if place else "")
    kind = resource.get("resourceType") or (place[1] if place else "")
    return Entry(status, str(kind), str(server_id), version, written_at(resource), outcome)


def tag_version(etag: str | None) -> str | None:
    """The version an ETag names: `W/"3"` → 3."""
    found = _TAG.match(etag or "")
    return found[1] if found else None


def version_of(resource: dict[str, Any]) -> str | None:
    """`meta.versionId`; None where the server does not say."""
    found = (resource.get("meta") or {}).get("versionId")
    return None if found is None else str(found)


def written_at(resource: dict[str, Any]) -> datetime | None:
    """`meta.lastUpdated`; None where it is missing or cannot be read."""
    try:
        found = datetime.fromisoformat((resource.get("meta") or {})["lastUpdated"])
    except (KeyError, TypeError, ValueError):
        return None
    return found if found.tzinfo else None


def known(resource: dict[str, Any]) -> Known:
    """A resource as it was just read."""
    return Known(str(resource["id"]), version_of(resource), resource)


def receipt(sent: Parcel, entry: Entry) -> Receipt:
    """What the server confirmed of a parcel. Its id is the one we addressed, or the one it gave."""
    server_id = sent.known.server_id if sent.known else entry.server_id
    asked = sent.item.row.asked
    return Receipt(sent.ref, asked, server_id, entry.version, entry.updated_at, sent.text)


def found(sent: Parcel, resource: dict[str, Any]) -> Receipt:
    """What a search or reading found of a parcel."""
    asked, text = sent.item.row.asked, orjson.dumps(resource, option=orjson.OPT_SORT_KEYS)
    return Receipt(sent.ref, asked, str(resource["id"]), version_of(resource), written_at(resource), text)
