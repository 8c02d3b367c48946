"""How well what somebody typed fits an entry of a list: by its words, by their sound, by its code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

THE_SAME, BEGINS, SOUNDS, CONTAINS = range(4)
"""How near an entry is; the nearest first."""


@dataclass(frozen=True)
class Spoken:
    """What an entry is found by, in plain form: lower case, half width, no spaces.

    `names`: its words, the shown ones first; `sounds`: their pinyin and initials; `code`: its code, empty if none.
    """

    names: tuple[str, ...]
    sounds: tuple[str, ...] = ()
    code: str = ""


def likeness(typed: str, entry: Spoken) -> int | None:
    """How near an entry is to what was typed (in plain form); None where it does not fit at all."""
    if not typed:
        return None
    if typed == entry.code or typed in entry.names:
        return THE_SAME
    if (entry.code and entry.code.startswith(typed)) or any(name.startswith(typed) for name in entry.names):
        return BEGINS
    if typed.isascii() and any(sound.startswith(typed) for sound in entry.sounds):
        return SOUNDS
    found = [*entry.names, *(entry.sounds if typed.isascii() and len(typed) > 1 else ())]
    return CONTAINS if any(typed in one for one in found) else None


def nearest(typed: str, entries: Sequence[Spoken], most: int) -> tuple[int, ...]:
    """The places of the entries that fit, the nearest first, equally near ones with the shorter words first."""
    fitting = [
        (near, len(entry.names[0]), place)
        for place, entry in enumerate(entries)
        if (near := likeness(typed, entry)) is not None
    ]
    return tuple(place for _near, _length, place in sorted(fitting)[:most])
