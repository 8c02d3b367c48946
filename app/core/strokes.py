"""A signature drawn by hand: lines of points, however large the screen was it was drawn on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.core.errors import Refusal

WIDE, HIGH = 1000, 300
MOST_STROKES, MOST_POINTS = 80, 6000

Strokes = tuple[tuple[tuple[int, int], ...], ...]
"""Points in 0…1000 × 0…300, line by line."""


def kept_strokes(drawn: Strokes) -> dict[str, Any]:
    """A drawn signature as it is kept; nothing drawn is nothing kept."""
    return {"strokes": [[list(point) for point in stroke] for stroke in drawn]} if drawn else {}


def strokes_of(kept: Mapping[str, Any]) -> Strokes:
    """A kept signature as points again."""
    return tuple(tuple((x, y) for x, y in stroke) for stroke in kept.get("strokes", ()))


def check_drawn(drawn: Strokes) -> None:
    """Refuses what is too much for a signature, or lies outside its frame."""
    points = [point for stroke in drawn for point in stroke]
    if len(drawn) > MOST_STROKES or len(points) > MOST_POINTS:
        raise Refusal("签名的笔画太多，请清除后重新签。", field="drawn")
    if any(not (0 <= x <= WIDE and 0 <= y <= HIGH) for x, y in points):
        raise Refusal("签名画到了框外，请清除后重新签。", field="drawn")
