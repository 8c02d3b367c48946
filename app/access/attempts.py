"""Sign-in attempts, kept outside the encrypted file since it is closed then: slot and time, no names."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import orjson

from app.access.rules import delay_after

KEEP = 400
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Attempt:
    """One try to open a slot."""

    slot: UUID
    at: datetime
    right: bool

    def line(self) -> bytes:
        return orjson.dumps({"slot": str(self.slot), "at": self.at.isoformat(), "right": self.right})


def read(path: Path) -> list[Attempt]:
    """All attempts on record, oldest first; lines that cannot be read are passed over."""
    if not path.exists():
        return []
    found = []
    for line in path.read_bytes().splitlines():
        try:
            stored = orjson.loads(line)
            at = datetime.fromisoformat(stored["at"])
            if at.tzinfo is not None:
                found.append(Attempt(UUID(stored["slot"]), at, bool(stored["right"])))
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return found


def note(path: Path, attempt: Attempt) -> None:
    """Add an attempt; the file keeps the latest few hundred. A disk that refuses it keeps nobody out."""
    try:
        with path.open("ab", buffering=0) as file:
            # begun with a line end of its own: half a line a power cut left spoils no other
            file.write(b"\n" + attempt.line())
        if path.stat().st_size > KEEP * 2 * len(attempt.line()):
            _replace(path, read(path)[-KEEP:])
    except OSError as error:
        _log.warning("an attempt was not noted: %s", error)


def failures(attempts: list[Attempt], slot: UUID) -> list[Attempt]:
    """The wrong tries of a slot since it was last opened."""
    wrong: list[Attempt] = []
    for attempt in attempts:
        if attempt.slot == slot:
            wrong = [] if attempt.right else [*wrong, attempt]
    return wrong


def wait_until(attempts: list[Attempt], slot: UUID) -> datetime | None:
    """Until when the slot takes no further try; None if it does now."""
    wrong = failures(attempts, slot)
    delay = delay_after(len(wrong))
    return wrong[-1].at + timedelta(seconds=delay) if delay else None


def follow_clock(path: Path, now: datetime) -> None:
    """After the clock was put back: a try of the future counts as one of now, so its whole delay begins anew.

    Neither does turning the clock shorten a delay, nor does a clock that ran ahead lock anybody out for years.
    """
    known = read(path)
    if any(attempt.at > now for attempt in known):
        moved = [Attempt(attempt.slot, min(attempt.at, now), attempt.right) for attempt in known]
        try:
            _replace(path, moved)
        except OSError as error:
            _log.warning("the attempts were not brought to the clock: %s", error)


def _replace(path: Path, attempts: list[Attempt]) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_bytes(b"\n".join(attempt.line() for attempt in attempts))
    fresh.replace(path)
