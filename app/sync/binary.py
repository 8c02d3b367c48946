"""One file and the platform: put there raw or as JSON, and read back as whatever the server gives it."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

import orjson

from app.core.blobs import MOST_FILE
from app.fhir.attached import BINARY
from app.sync.wire import FHIR_JSON, Answer, Content, TooLong, Wire

MOST_ANSWER = MOST_FILE * 4 // 3 + 100_000
"""Bytes of an answer that holds a file of the largest size as base64."""


@dataclass(frozen=True)
class Upload:
    """A file on its way. `about`: the resource whose readers may read it (`Patient/<id>`); `meta` goes with JSON."""

    server_id: str
    content: bytes
    media: str
    about: str
    meta: dict[str, Any]

    @property
    def body(self) -> dict[str, Any]:
        """The Binary without its content."""
        body: dict[str, Any] = {"resourceType": BINARY, "meta": self.meta, "contentType": self.media}
        return {**body, "securityContext": {"reference": self.about}} if self.about else body


@dataclass(frozen=True)
class Loaded:
    """What stands there; `content` is None where it could not be had, `status` then says why."""

    status: int
    content: bytes | None = None
    is_long: bool = False
    to: str = ""


async def put_raw(wire: Wire, file: Upload) -> Answer:
    """The content as it is; 415 from a server that knows only FHIR's own media types."""
    headers = {"content-type": file.media}
    if file.about:
        headers["x-security-context"] = file.about
    return await wire.put(f"{BINARY}/{file.server_id}", file.content, headers)


async def put_json(wire: Wire, file: Upload) -> Answer:
    """The same within a resource."""
    data = base64.b64encode(file.content).decode()
    body = {**file.body, "id": file.server_id, "data": data}
    return await wire.put(f"{BINARY}/{file.server_id}", orjson.dumps(body), {"content-type": FHIR_JSON})


async def load(wire: Wire, server_id: str) -> Loaded:
    """What stands there, raw or out of a resource, as the server likes. Raises Lost and Stopped as the wire does."""
    path = f"{BINARY}/{server_id}"
    try:
        said = await wire.content(path, "*/*", MOST_ANSWER)
        if said.status == 406:
            said = await wire.content(path, FHIR_JSON, MOST_ANSWER)
        if (inner := _resource(said)) is None:
            return _loaded(said, said.content)
        if "data" not in inner and inner.get("contentType"):  # kept beside the resource
            said = await wire.content(path, str(inner["contentType"]), MOST_ANSWER)
            return _loaded(said, said.content)
        return _loaded(said, _decoded(inner.get("data")))
    except TooLong:
        return Loaded(200, is_long=True)


async def is_there(wire: Wire, server_id: str) -> bool | None:
    """Whether a file stands there, without reading it; None where the server does not say."""
    try:
        said = await wire.content(f"{BINARY}/{server_id}", "*/*", 0)
    except TooLong:
        return True
    if said.status in (404, 410):
        return False
    return True if said.status == 200 else None


def _loaded(said: Content, content: bytes | None) -> Loaded:
    if said.status != 200 or content is None:
        return Loaded(said.status, to=said.to)
    if len(content) > MOST_FILE:
        return Loaded(200, is_long=True)
    return Loaded(200, content)


def _resource(said: Content) -> dict[str, Any] | None:
    """The Binary as JSON, where that is what came."""
    if said.status != 200 or "json" not in said.media:
        return None
    try:
        found = orjson.loads(said.content)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) and found.get("resourceType") == BINARY else None


def _decoded(data: Any) -> bytes | None:
    try:
        return base64.b64decode(data, validate=True) if isinstance(data, str) else None
    except binascii.Error:
        return None
