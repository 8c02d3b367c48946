"""Sign-in attempts, kept outside the encrypted file since it is closed then: slot and time, no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import orjson

from app.access.rules import delay_after

KEEP = 400


@dataclass(frozen=True)
class Attempt:
    """One try to open a slot."""

    slot: UUID
    at: datetime
    right: bool


def read(path: Path) -> list[Attempt]:
    """All attempts on record, oldest first; lines that cannot be read are passed over."""
    if not path.exists():
        return []
    found = []
    for line in path.read_bytes().splitlines():
        try:
            stored = orjson.loads(line)
            found.append(
                Attempt(UUID(stored["slot"]), datetime.fromisoformat(stored["at"]), bool(stored["right"]))
            )
        except (ValueError, KeyError, TypeError):
            continue
    return found


def note(path: Path, attempt: Attempt) -> None:
    """Add an attempt; the file keeps the latest few hundred."""
    lines = path.read_bytes().splitlines()[-KEEP:] if path.exists() else []
    lines.append(
        orjson.dumps({"slot": str(attempt.slot), "at": attempt.at.isoformat(), "right": attempt.right})
    )
    path.write_bytes(b"\n".join(lines) + b"\n")


def failures(attempts: list[Attempt], slot: UUID) -> list[Attempt]:
    """The wrong tries of a slot since it was last opened."""
    wrong: list[Attempt] = []
    for attempt in attempts:
        if attempt.slot == slot:
            wrong = [] if attempt.right else [*wrong, attempt]
    return wrong


def wait_until(attempts: list[Attempt], slot: UUID) -> datetime | None:
    """Until when the slot takes no further try; None if it does now. A clock put back only lengthens it."""
    wrong = failures(attempts, slot)
    delay = delay_after(len(wrong))
    return wrong[-1].at + timedelta(seconds=delay) if delay else None
