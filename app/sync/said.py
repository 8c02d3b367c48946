"""What an answer's bytes say: a JSON object, a server's date; a page instead of JSON is no FHIR server."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import orjson

from app.sync.patience import Lost, Stopped

_SIGNED = re.compile(rb'"url":\s*"https?://[^"?]*/([0-9a-f-]{36})/[0-9a-f-]{36}\?[^"]*Signature=[^"]*"')
"""Medplum answers an attachment's url as a signed address of its storage, another one each time: <Binary>/<version>."""


def body_of(response: httpx.Response, *, reading: bool) -> dict[str, Any] | None:
    """The JSON object of an answer. A page instead of JSON is no FHIR server; half an answer is as good as none."""
    content = response.content
    if not content.strip():
        return None
    try:
        found = orjson.loads(_plain(content))
    except orjson.JSONDecodeError as error:
        status = response.status_code
        if status == 413 or status >= 500:
            return None  # a gateway's own page
        is_json = "json" in response.headers.get("content-type", "")
        if is_json and 200 <= status < 300:
            raise Lost("区平台的回答只到了一半。") from error
        words = "那里回答的不是 FHIR 数据（多半是网页或上网登录页），请核对地址和网络。"
        raise Stopped("strange", words, unsure=not reading and status < 400) from error
    return found if isinstance(found, dict) else None


def object_of(response: httpx.Response) -> dict[str, Any] | None:
    """The JSON object of an answer; None for anything else, a file too."""
    if "json" not in response.headers.get("content-type", ""):
        return None
    try:
        found = orjson.loads(response.content)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None


def _plain(content: bytes) -> bytes:
    """With signed addresses of files as plain references: in each answer they are others."""
    return _SIGNED.sub(rb'"url":"Binary/\1"', content) if b"Signature=" in content else content


def date_of(response: httpx.Response) -> datetime | None:
    try:
        return parsedate_to_datetime(response.headers["date"]).astimezone(UTC)
    except (KeyError, ValueError, TypeError):
        return None
