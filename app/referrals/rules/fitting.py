"""Texts that fit: names shortened at a border, lists that say how many are left off, sentences up to a limit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_BORDERS = "，；。、,;（("
_ENDS = "。；，、 "


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters: cut at the last border of its second half, with …"""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    head = text[: most - 1]
    border = max(head.rfind(one) for one in _BORDERS)
    return (head[:border] if border >= most // 2 else head).rstrip(_ENDS) + "…"


def joined(parts: Sequence[str], between: str, most: int, what: str) -> str:
    """As many as fit; of those left off how many: 高血压、糖尿病等 11 项诊断. The first one is never left off."""
    known = [one for one in parts if one]
    whole = between.join(known)
    if len(whole) <= most or not known:
        return whole
    tail = f" 等 {len(known)} {what}"
    kept = 1
    while kept < len(known) and len(between.join(known[: kept + 1])) + len(tail) <= most:
        kept += 1
    said = between.join(known[:kept])
    return shortened(said, most - len(tail)) + tail


def fitted(parts: Iterable[str], between: str, most: int) -> str:
    """Sentences in their order while they fit; the last one that does not is shortened, the rest left off."""
    said = ""
    for part in (one.strip().rstrip(_ENDS) for one in parts):
        if not part:
            continue
        begin = f"{said}{between}" if said else ""
        room = most - len(begin) - 1
        if len(part) > room:
            return begin + shortened(part, room) if room >= 20 else said
        said = begin + part
    return said + "。" if said else ""
