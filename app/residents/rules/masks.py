"""Personal numbers shown only as far as the work needs them (Personal Information Protection Law, art. 6)."""

from __future__ import annotations


def mask_id(number: str | None) -> str:
    """`310199********0029`: the district and the last four; shorter papers keep first and last two."""
    if not number:
        return ""
    head, tail = (6, 4) if len(number) >= 15 else (2, 2)
    return _masked(number, head, tail)


def mask_phone(number: str) -> str:
    """`199****0000`: enough to tell two contacts apart."""
    return _masked(number, 3, 4) if len(number) >= 8 else number


def mask_name(name: str) -> str:
    """`杨*桂`, `李*`: for lists that leave the house."""
    if len(name) <= 2:
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def _masked(text: str, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    return text if hidden <= 0 else text[:head] + "*" * hidden + text[-tail:]
