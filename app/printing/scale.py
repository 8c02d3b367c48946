"""The level scale: zones side by side, a marker over the value, the value's zone dark."""

from __future__ import annotations

from app.printing import shapes
from app.printing.drawing import Drawing
from app.printing.sheet import Ink, Scale, Words
from app.printing.text import Block, set_words, text_width

_TOP = 24.0  # room for caption and marker
_HIGH = 15.0
_NARROWEST = 0.08  # share of the width: a zone of one point must still hold its name
_GRAYS = (0.80, 0.86, 0.91, 0.95, 1.0)
_DARK = 0.33
_CAPTION = 10.5


def zone_widths(scale: Scale, width: float) -> list[float]:
    """Widths of the zones: by their share of the points, none too narrow for its name; they fill the width."""
    spans = [1.0 if zone.ends else zone.high - zone.low + 1 for zone in scale.zones]
    raw = [max(span / sum(spans), _NARROWEST) for span in spans]
    surplus = sum(raw) - 1
    wide = sum(share for share in raw if share > _NARROWEST)
    return [width * (share - surplus * share / wide if share > _NARROWEST else share) for share in raw]


def marker_place(scale: Scale, widths: list[float]) -> tuple[int, float] | None:
    """Zone index and distance from the left end of the scale's value; None without a value or outside."""
    left = 0.0
    for at, (zone, wide) in enumerate(zip(scale.zones, widths, strict=True)):
        if scale.value is not None and zone.low <= scale.value <= zone.high:
            edge = (
                (zone.high - zone.low) * 0.05 or 1.0 if zone.ends else 1.0
            )  # so that no marker stands on an end
            return at, left + wide * (scale.value - zone.low + edge / 2) / (zone.high - zone.low + edge)
        left += wide
    return None


def _nudge(mark: Scale, place: float, width: float) -> float:
    """How far the caption must leave its marker so as not to stand out beside the scale."""
    half = text_width(mark.caption, "heavy") * _CAPTION / 2000
    return max(half - place, 0) - max(place + half - width, 0)


def set_scale(mark: Scale, width: float) -> Block:
    """Sets a level scale in a width."""
    drawing, left = Drawing(), 0.0
    widths = zone_widths(mark, width)
    place = marker_place(mark, widths)
    for at, (zone, wide) in enumerate(zip(mark.zones, widths, strict=True)):
        here = place is not None and place[0] == at
        gray = _DARK if here else _GRAYS[min(at, len(_GRAYS) - 1)]
        drawing.ops.append(f"q {gray} g 0.35 G 0.6 w {shapes.rectangle(left, _TOP, wide, _HIGH)} B Q")
        ink = Ink("heavy", 9.5, 5.5, gray=1) if here else Ink("hei", 9.5, 5.5, gray=0.1)
        name = set_words(Words(zone.text, ink, "center", lines=1), wide - 2)
        drawing.put(name, left + 1, _TOP + (_HIGH - name.height) / 2)
        points = f"{zone.low}～{zone.high}分" if zone.low != zone.high else f"{zone.low}分"
        ends = zone.ends or points
        limits = set_words(Words(ends, Ink("song", 8.5, 6, gray=0.3), "center", lines=1), wide)
        drawing.put(limits, left, _TOP + _HIGH + 2)
        left += wide
    if place:
        caption = set_words(Words(mark.caption, Ink("heavy", _CAPTION), "center", lines=1), 80)
        drawing.put(caption, place[1] - 40 + _nudge(mark, place[1], width), 1)
        drawing.ops.append(shapes.triangle_down(place[1], _TOP - 1, 3.8))
    return drawing.block(width, _TOP + _HIGH + 14)
