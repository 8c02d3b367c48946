"""The envelope on the wire: which revision a resource stands for, of which station, by whom, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.fhir.identity import House

REVISION = "urn:carestation:revision"


@dataclass(frozen=True)
class Envelope:
    """The part of a record's envelope that travels; `author` is None where it is not known.

    `goes_on`: a later revision that says what came next, and corrects nothing.
    """

    revision: int
    station: str
    author: UUID | None
    author_role: str
    at: datetime
    recorded_at: datetime
    source: str
    reason: str | None
    goes_on: bool = False


def revised(house: House, envelope: Envelope) -> dict[str, Any]:
    """The extension that carries it. The author stands as a logical reference (by identifier), so that two people
    who wrote each other's records never wait for one another; clinical types name the author in their own element too.
    """
    inner: list[dict[str, Any]] = [
        {"url": "number", "valueInteger": envelope.revision},
        {"url": "station", "valueString": envelope.station},
        {"url": "role", "valueString": envelope.author_role},
        {"url": "at", "valueDateTime": stamp(house, envelope.at)},
        {"url": "recorded", "valueInstant": stamp(house, envelope.recorded_at)},
        {"url": "source", "valueCode": envelope.source},
    ]
    if envelope.author is not None:
        who = {"system": house.system, "value": str(envelope.author)}
        inner.append({"url": "author", "valueReference": {"type": "Practitioner", "identifier": who}})
    if envelope.reason:
        inner.append({"url": "reason", "valueString": envelope.reason})
    if envelope.goes_on:
        inner.append({"url": "goes-on", "valueBoolean": True})
    return {"url": REVISION, "extension": inner}


def envelope_of(body: dict[str, Any]) -> Envelope | None:
    """The envelope a resource carries; None if it has none or it cannot be read."""
    for one in body.get("extension") or []:
        if one.get("url") == REVISION:
            try:
                return _read(one)
            except (KeyError, TypeError, ValueError):
                return None
    return None


def _read(extension: dict[str, Any]) -> Envelope:
    said: dict[str, Any] = {}
    for inner in extension["extension"]:
        said[inner["url"]] = next(value for key, value in inner.items() if key.startswith("value"))
    author = said.get("author")
    return Envelope(
        revision=int(said["number"]),
        station=str(said["station"]),
        author=UUID(author["identifier"]["value"]) if author else None,
        author_role=str(said["role"]),
        at=moment(said["at"]),
        recorded_at=moment(said["recorded"]),
        source=str(said["source"]),
        reason=said.get("reason"),
        goes_on=said.get("goes-on") is True,
    )


def stamp(house: House, instant: datetime) -> str:
    """A FHIR instant in the institution's zone: 2026-11-24T08:30:00.125+08:00."""
    return instant.astimezone(house.zone).isoformat(timespec="milliseconds")


def moment(text: str) -> datetime:
    """A FHIR instant or full dateTime as an aware instant; refuses one without a zone."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"no zone: {text}")
    return found
