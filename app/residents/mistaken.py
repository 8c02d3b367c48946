"""Whose name is easily taken for whose: it sounds the same, or one character of the given name sounds alike.

A shared given name marks half of a house in which every fifth woman is called 秀英, and what marks everybody warns of
nobody. 李桂兰 and 李贵兰 sound the same; 李秀英 and 李秀音 differ by what many speakers do not tell apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Protocol
from uuid import UUID

from app.residents.codes import surname_readings
from app.residents.rules import squeeze
from app.residents.search_text import syllables_of

_BLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
"""Beginnings that are not told apart: 平翘舌, 鼻边音."""
_NASAL = "ng"
"""Endings neither: 前后鼻音."""


class Called(Protocol):
    """Anybody with a name."""

    @property
    def rid(self) -> UUID: ...

    @property
    def name(self) -> str: ...


def similar(people: Iterable[Called]) -> frozenset[UUID]:
    """Those easily taken for somebody else here."""
    return frozenset(taken_for(people))


def taken_for(people: Iterable[Called]) -> dict[UUID, frozenset[UUID]]:
    """Of everybody easily taken for somebody else here: for whom."""
    seen: dict[Hashable, list[UUID]] = {}
    for one in people:
        for key in _keys(squeeze(one.name)):
            seen.setdefault(key, []).append(one.rid)
    found: dict[UUID, frozenset[UUID]] = {}
    for rids in seen.values():
        for rid in rids if len(rids) > 1 else ():
            found[rid] = found.get(rid, frozenset()) | (frozenset(rids) - {rid})
    return found


def _keys(name: str) -> Iterator[Hashable]:
    """What two names have in common when one is taken for the other."""
    sounds = syllables_of(name)
    if not sounds:
        return
    yield sounds
    if "·" in name:
        return
    surname = 2 if name[:2] in surname_readings() and len(name) > 2 else 1
    for place in range(surname, len(name)):
        yield (name[:place], blurred(sounds[place]), name[place + 1 :])


def blurred(syllable: str) -> str:
    """As those say and hear it who do not tell zh from z, n from l, ing from in."""
    for clear, blunt in _BLURRED:
        if syllable.startswith(clear):
            syllable = blunt + syllable[len(clear) :]
            break
    return syllable[:-1] if syllable.endswith(_NASAL) else syllable
