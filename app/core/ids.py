"""Identities made here: UUIDv7 for records, UUIDv5 for things two stations must name alike."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Ids:
    """Makes UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then randomness. Never sort by them: clocks lie."""

    def __init__(self, randomness: Callable[[int], bytes] = os.urandom) -> None:
        self._randomness = randomness

    def new(self, moment: datetime) -> UUID:
        milliseconds = (moment - _EPOCH) // timedelta(milliseconds=1) & (1 << 48) - 1
        rest = int.from_bytes(self._randomness(10), "big")
        value = (
            milliseconds << 80 | 0x7 << 76 | (rest >> 68 & 0xFFF) << 64 | 0b10 << 62 | rest & (1 << 62) - 1
        )
        return UUID(int=value)


NAMED = 5
"""Version of a UUID made of a name (RFC 9562, section 5.5)."""


def named(space: UUID, *parts: str) -> UUID:
    """The same parts in the same space give the same id at every station (UUIDv5)."""
    return uuid5(space, "\x1f".join(parts))
