"""Units as they are written for people: in full and in Chinese where the letter is misread (U as a zero, µg as mg)."""

from __future__ import annotations

import re

IN_FULL = {"U": "单位", "IU": "国际单位", "µg": "微克"}
"""Units whose short form has killed: they are never shown bare."""
_BARE = re.compile(r"(?<=\d)\s*(IU|U|µg|ug|μg)(?![A-Za-z])")


def unit_words(unit: str) -> str:
    """`单位` for `U`; other units as they are."""
    return IN_FULL.get(unit, unit)


def in_full(text: str) -> str:
    """A text with amounts in it: `300U/3ml` as `300 单位/3 mL`, `07:30 12 U` as `07:30 12 单位`."""
    said = _BARE.sub(lambda found: f" {unit_words(_one(found[1]))}", text)
    return re.sub(r"(?<=\d)\s*ml\b", " mL", said)


def _one(unit: str) -> str:
    return "µg" if unit in ("ug", "μg") else unit
