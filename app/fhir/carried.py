"""Which hand a body comes from: a newer revision of a station, another program's edit, or something older."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from app.core.roles import PLATFORM
from app.core.unit import Unit
from app.fhir.carrying import Envelope, envelope_of
from app.fhir.part import Arrival

ELSEWHERE = "00"
"""The station named for an edit made by another program: the same at every station, so that all of them agree."""


class Hand(Enum):
    """Who wrote what an arrival says, seen from the revision that stands here."""

    NEWER = "a later revision by one of our stations"
    SIBLING = "the same revision by another station"
    FOREIGN = "another program: the envelope is gone, or the one we know"
    OLDER = "less than the platform already had"


@dataclass(frozen=True)
class Whence:
    """Envelope columns of the row an arrival becomes."""

    rid: UUID
    revision: int
    station: str
    author: UUID
    author_role: str
    at: datetime
    recorded_at: datetime
    source: str
    reason: str | None

    @property
    def ours(self) -> bool:
        """Whether one of our stations wrote it, and has checked it."""
        return self.station != ELSEWHERE

    def columns(self) -> dict[str, Any]:
        return {**vars(self), "clock_offset_ms": None}


def hand_of(arrival: Arrival, here: tuple[int, str] | None) -> Hand:
    """Compare the envelope that came with the one last known there and the revision that stands here."""
    said = envelope_of(arrival.body)
    if said is None:
        return Hand.FOREIGN
    known = envelope_of(arrival.base) if arrival.base else None
    if known is not None and said.revision < known.revision:
        return Hand.OLDER
    if here is None or said.revision > here[0]:
        return Hand.NEWER
    if said.revision == here[0] and said.station != here[1]:
        return Hand.SIBLING
    return Hand.FOREIGN


def whence(unit: Unit, arrival: Arrival, hand: Hand, before: tuple[int, datetime] | None) -> Whence:
    """The envelope to keep: the one that came, or, for another program's edit, the next revision by the platform.

    `before`: revision and clinical time that stand here.
    """
    said = envelope_of(arrival.body)
    if said is not None and hand in (Hand.NEWER, Hand.SIBLING):
        return _of(arrival.rid, said)
    seen = arrival.updated_at or unit.now
    revision, at = (before[0] + 1, before[1]) if before else (1, seen)
    reason = "区平台更正" if before else None
    by = (PLATFORM.rid, PLATFORM.role_code)
    return Whence(arrival.rid, revision, ELSEWHERE, *by, at, seen, "platform", reason)


def _of(rid: UUID, said: Envelope) -> Whence:
    values = {**vars(said), "author": said.author or PLATFORM.rid}
    del values["goes_on"]
    return Whence(rid=rid, **values)


def state_of(body: dict[str, Any], by: Whence, *, retracted: bool) -> str:
    """The state of a revision that came: a later one corrects what was before, unless it says that it went on."""
    said = envelope_of(body)
    if retracted:
        return "retracted"
    goes_on = said is not None and by.ours and said.goes_on
    return "signed" if goes_on or by.revision == 1 else "corrected"


def differing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What an arrival says otherwise; a server that trims a text or turns 4 into 4.0 has said nothing new."""
    return {key: value for key, value in after.items() if _plain(before.get(key)) != _plain(value)}


def _plain(value: Any) -> Any:
    match value:
        case str():
            return value.replace("\r\n", "\n").strip()
        case dict():
            return {key: _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return value
