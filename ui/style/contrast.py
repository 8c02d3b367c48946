"""How far two colours stand apart (WCAG 2.1, 1.4.3 and 1.4.11), and the pairs the program uses."""

from __future__ import annotations

from ui.style.tokens import Theme, Tone

TEXT = 4.5
"""Least contrast of text."""
PART = 3.0
"""Least contrast of an edge or sign that carries meaning."""

_ON_SURFACES = ("surface", "bg", "sunken", "hover", "sel")


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 to 1."""

    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pairs() -> list[tuple[str, str, float]]:
    """Every pair of tokens that meets on a screen: (front, back, least ratio)."""
    found = [(front, back, TEXT) for front in ("text", "text2", "text3") for back in _ON_SURFACES]
    found += [("onprimary", back, TEXT) for back in ("primary", "primary_h", "primary_p")]
    found += [("onsoft", back, TEXT) for back in ("soft", "soft_h")]
    found += [("primary", back, TEXT) for back in ("surface", "bg", "sel")]
    found += [("nav_text", "nav", TEXT), ("tip_text", "tip", TEXT), ("text2", "soft", TEXT)]
    for tone in Tone:
        found += [(f"{tone}.text", f"{tone}.tint", TEXT), (f"{tone}.text", "surface", TEXT)]
        found.append((f"{tone}.text", "sunken", TEXT))
    found += [("field", "surface", PART), ("focus", "surface", PART), ("focus", "bg", PART)]
    found += [(f"chart{n}", "surface", PART) for n in (1, 2, 3)]
    return found


def failures(theme: Theme) -> list[str]:
    """The pairs of a theme that are too close, in words."""
    return [
        f"{front} on {back}: {seen:.2f} < {least}"
        for front, back, least in pairs()
        if (seen := ratio(theme.hex(front), theme.hex(back))) < least
    ]
