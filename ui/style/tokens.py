"""The colours of the program by name: a light and a dark theme with the same tokens, and the tones that carry meaning.

Colour outside the brand teal only ever means something (level, state, risk) and is never the only carrier of it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum


class Tone(StrEnum):
    """What a colour says. `NEUTRAL` says nothing (counts, history)."""

    OK = "ok"
    INFO = "info"
    WARN = "warn"
    ORANGE = "orange"
    DANGER = "danger"
    VIOLET = "violet"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class ToneColours:
    """`text` goes on `tint` or on the surface; `solid` is for bars, rings and dots, never under text."""

    text: str
    tint: str
    solid: str


@dataclass(frozen=True)
class Theme:
    """One set of colours, as `#RRGGBB`."""

    name: str
    bg: str
    surface: str
    sunken: str
    hover: str
    border: str
    border2: str
    field: str
    text: str
    text2: str
    text3: str
    onprimary: str
    primary: str
    primary_h: str
    primary_p: str
    soft: str
    soft_h: str
    onsoft: str
    focus: str
    sel: str
    grid: str
    nav: str
    nav_text: str
    chart1: str
    chart2: str
    chart3: str
    scroll: str
    tip: str
    tip_text: str
    tones: dict[Tone, ToneColours]

    @property
    def dark(self) -> bool:
        return self.name == "dark"

    def hex(self, token: str) -> str:
        """Colour of a token: `text2`, or `danger.text`, `danger.tint`, `danger.solid` for a tone."""
        head, _, part = token.partition(".")
        if part:
            return str(getattr(self.tones[Tone(head)], part))
        return str(getattr(self, token))

    def all_tokens(self) -> dict[str, str]:
        """Every token with its colour."""
        plain = {f.name: str(getattr(self, f.name)) for f in fields(self) if f.name not in {"name", "tones"}}
        for tone, colours in self.tones.items():
            for part in ("text", "tint", "solid"):
                plain[f"{tone}.{part}"] = str(getattr(colours, part))
        return plain


LIGHT = Theme(
    name="light",
    bg="#F3F6F7",
    surface="#FFFFFF",
    sunken="#EDF2F3",
    hover="#F1F6F7",
    border="#DBE4E7",
    border2="#C6D3D8",
    field="#80939C",
    text="#13252B",
    text2="#43565F",
    text3="#5B6E77",
    onprimary="#FFFFFF",
    primary="#0B6B75",
    primary_h="#095A63",
    primary_p="#074951",
    soft="#DDEFF0",
    soft_h="#CFE7E9",
    onsoft="#084F57",
    focus="#0B7FD1",
    sel="#E3F1F2",
    grid="#E7EDEF",
    nav="#FFFFFF",
    nav_text="#3D515A",
    chart1="#0E7C86",
    chart2="#7A5AC8",
    chart3="#C2570C",
    scroll="#B4C2C8",
    tip="#13252B",
    tip_text="#F3F8F9",
    tones={
        Tone.OK: ToneColours("#1B6E3C", "#E2F3E8", "#3FA16B"),
        Tone.INFO: ToneColours("#1259A8", "#E3EEFB", "#4A8FD9"),
        Tone.WARN: ToneColours("#7D4E00", "#FDF0D0", "#E2A730"),
        Tone.ORANGE: ToneColours("#96380B", "#FDE6D9", "#E27A43"),
        Tone.DANGER: ToneColours("#A61B2B", "#FBE3E5", "#D4505F"),
        Tone.VIOLET: ToneColours("#5A3CA6", "#ECE7FA", "#8D72D6"),
        Tone.NEUTRAL: ToneColours("#4A5C65", "#E9EFF1", "#80939C"),
    },
)

DARK = Theme(
    name="dark",
    bg="#0F1A1E",
    surface="#17252A",
    sunken="#111E22",
    hover="#1D2E34",
    border="#2A3D44",
    border2="#3A5059",
    field="#6E868F",
    text="#E8F0F2",
    text2="#B9C8CD",
    text3="#98AAB1",
    onprimary="#04262A",
    primary="#4FC3CC",
    primary_h="#6BD0D8",
    primary_p="#3BAFB9",
    soft="#17393E",
    soft_h="#1D464C",
    onsoft="#A6E4E9",
    focus="#6CB8F5",
    sel="#1A373D",
    grid="#24353B",
    nav="#132025",
    nav_text="#B4C4CA",
    chart1="#4FC3CC",
    chart2="#B79DF5",
    chart3="#F0965A",
    scroll="#3F565F",
    tip="#E8F0F2",
    tip_text="#13252B",
    tones={
        Tone.OK: ToneColours("#7FD8A2", "#17382A", "#4FB57F"),
        Tone.INFO: ToneColours("#8EC2FA", "#17324F", "#5B9FE6"),
        Tone.WARN: ToneColours("#F2C568", "#3B3015", "#DCA63C"),
        Tone.ORANGE: ToneColours("#F7A77B", "#422819", "#E58A55"),
        Tone.DANGER: ToneColours("#FF9AA3", "#46202A", "#E5707C"),
        Tone.VIOLET: ToneColours("#C0ABF5", "#2E2750", "#9F87E0"),
        Tone.NEUTRAL: ToneColours("#B4C4CA", "#24343A", "#6E868F"),
    },
)
