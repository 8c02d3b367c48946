"""A line told from a pattern: `{kind}[，{texture}][，忌 {taboo}]`, a bracket left out where it says nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACE = re.compile(r"\{([a-z_*]+)\}")
_BRACKET = re.compile(r"\[([^\[\]]*)\]")


def places_in(pattern: str) -> tuple[str, ...]:
    """The names a pattern asks for, in their order."""
    return tuple(_PLACE.findall(pattern))


def tell(pattern: str, said: Mapping[str, str]) -> str:
    """The pattern with what is said in its places. Values are put in last: brackets in them stay as they are."""
    kept = _BRACKET.sub(
        lambda found: found[1] if all(said.get(name) for name in places_in(found[1])) else "", pattern
    )
    return _PLACE.sub(lambda found: said.get(found[1], ""), kept).strip(" ，；、")
