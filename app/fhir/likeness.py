"""Whether an element still says what we sent, whatever a server does to spaces, numbers and milliseconds."""

from __future__ import annotations

from typing import Any

from app.fhir.elements import instant


def alike(ours: Any, theirs: Any) -> bool:
    """Everything of ours stands there; what a server or another program has put beside it does not matter."""
    match ours:
        case dict():
            return isinstance(theirs, dict) and all(alike(one, theirs.get(key)) for key, one in ours.items())
        case list():
            pairs = isinstance(theirs, list) and len(theirs) == len(ours)
            return pairs and all(map(alike, ours, theirs))
        case str():
            return isinstance(theirs, str) and (ours.strip() == theirs.strip() or _same_time(ours, theirs))
        case _:
            return bool(ours == theirs)


def _same_time(ours: str, theirs: str) -> bool:
    one, other = instant(ours), instant(theirs)
    return (
        one is not None and other is not None and one.replace(microsecond=0) == other.replace(microsecond=0)
    )
