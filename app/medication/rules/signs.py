"""How people sign in a small cell: by surname; who shares one with another signer is told apart by more of the name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from uuid import UUID

ELSEWHERE = "外"
"""The sign of somebody this station does not know by name."""
_RINGED = "①②③④⑤⑥⑦⑧⑨"


def signs_of(people: Mapping[UUID, str], surname: Callable[[str], str]) -> dict[UUID, str]:
    """A sign for each, no two alike: 周; 周敏 and 周慧; the whole name where that does not do; then 周敏①."""
    found = {rid: surname(name) if name else ELSEWHERE for rid, name in people.items()}
    for longer in (_with_given, _whole):
        found |= {rid: longer(people[rid], found[rid]) for rid in _alike(found)}
    for place, rid in enumerate(sorted(_alike(found), key=str)):
        found[rid] += _RINGED[place % len(_RINGED)]
    return found


def _alike(signs: Mapping[UUID, str]) -> list[UUID]:
    often = Counter(signs.values())
    return [rid for rid, sign in signs.items() if often[sign] > 1 and sign != ELSEWHERE]


def _with_given(name: str, sign: str) -> str:
    """The surname and the last character: given names of two characters differ there more often."""
    return sign + name[-1] if len(name) > len(sign) else name


def _whole(name: str, _sign: str) -> str:
    return name
