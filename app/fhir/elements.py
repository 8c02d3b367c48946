"""Small elements made and read: extensions, identifiers, references, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core.errors import Refusal
from app.fhir.carrying import moment
from app.fhir.coding import words

_REF = re.compile(r"^([A-Za-z]+)/urn:uuid:([0-9a-f-]{36})$")


def filled(**elements: Any) -> dict[str, Any]:
    """The elements that have something in them: FHIR knows no empty text, list or null."""
    return {key: value for key, value in elements.items() if value not in (None, "", [], {})}


def extension(url: str, kind: str, value: Any) -> list[dict[str, Any]]:
    """One extension, or none where there is nothing to say; for joining lists."""
    return [] if value in (None, "") else [{"url": url, f"value{kind}": value}]


def extensions(body: dict[str, Any], url: str) -> Iterator[Any]:
    """The values under a url."""
    for one in body.get("extension") or []:
        if one.get("url") == url:
            yield next((value for key, value in one.items() if key.startswith("value")), None)


def said_in(body: dict[str, Any], url: str) -> Any:
    """The first value under a url; None if there is none."""
    return next(extensions(body, url), None)


def identifier(body: dict[str, Any], system: str) -> str:
    """The value of the identifier of a system; empty if there is none."""
    for one in body.get("identifier") or []:
        if one.get("system") == system and one.get("value"):
            return words(one["value"])
    return ""


def referred(reference: Any, kind: str) -> UUID | None:
    """The identity a local reference to a type names; None for a stranger's or none."""
    match = _REF.match(str(reference.get("reference", ""))) if isinstance(reference, dict) else None
    return UUID(match[2]) if match and match[1] == kind else None


def instant(value: Any, before: datetime | None = None) -> datetime | None:
    """A full dateTime; `before` for anything less, and for itself cut to the second as some servers cut it."""
    text = str(value or "")
    try:
        found = moment(text) if "T" in text else None
    except ValueError:
        return before
    if found is None or (before is not None and found == before.replace(microsecond=0)):
        return before
    return found


def day(value: Any, zone: ZoneInfo, title: str) -> date | None:
    """A FHIR date, or the institution's date of a dateTime; refuses half a date, which the station cannot keep."""
    if value in (None, ""):
        return None
    text = str(value)
    try:
        return date.fromisoformat(text) if len(text) <= 10 else moment(text).astimezone(zone).date()
    except ValueError:
        raise Refusal(f"区平台上的{title}“{words(text)}”不完整，请核对后在本站更正。") from None
