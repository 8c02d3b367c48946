"""Words become lines of text operators: wrap, shrink to a floor, then go on with the next line.

What comes out is PDF text relative to the block's top left corner, y upwards, and the list of glyphs used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from app.printing.breaking import break_lines
from app.printing.faces import Glyph, clean, glyph
from app.printing.sheet import Ink, Words

# A Han character's box reaches 0.88 above and 0.12 below the base line in every face of the chains.
ASCENT = 0.88
_MIDDLE = 0.38  # the middle of a Han character above the base line, in sizes
_PASSING = re.compile(r"/Passing BMC.*?EMC", re.DOTALL)
_STEP = 0.5  # points taken off the size at each try to make text fit

Lines = tuple[tuple[tuple[str, ...], bool], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Something drawn: its size in points, its operators, the glyphs they use, the bytes of its photos."""

    width: float
    height: float
    ops: str
    glyphs: frozenset[Glyph] = frozenset()
    pictures: frozenset[bytes] = frozenset()


@lru_cache(maxsize=32768)
def text_width(text: str, chain: str) -> float:
    """Width of a text in thousandths of the size."""
    return sum(glyph(char, chain).width for char in text)


@lru_cache(maxsize=8192)
def fit(words: Words, width: float) -> tuple[Ink, Lines]:
    """The ink (maybe shrunk) and the lines of a text in a width (points)."""
    ink, text = words.ink, clean(words.text)
    while True:
        lines = _broken(text, width * 1000 / ink.size, ink.chain)
        if not words.lines or len(lines) <= words.lines or ink.size <= ink.floor:
            return ink, lines
        ink = replace(ink, size=max(ink.floor, ink.size - _STEP))


def _broken(text: str, limit: float, chain: str) -> Lines:
    if "\n" not in text and text_width(text, chain) <= limit:
        return (((text,), True),)  # most cells: one line, no need to look for units
    return tuple(break_lines(text, limit + 0.01, lambda part: text_width(part, chain)))


def show(glyphs: Iterable[Glyph], gaps: dict[int, int] | None = None) -> str:
    """The operator that shows these glyphs of one face; `gaps` widens after the n-th, in thousandths."""
    if not gaps:
        return f"<{''.join([each.code for each in glyphs])}> Tj"
    parts = ["[<"]
    for number, each in enumerate(glyphs):
        parts.append(each.code)
        if number in gaps:
            parts.append(f">{-gaps[number]}<")
    return "".join([*parts, ">] TJ"]).replace("<>", "")


def line_ops(glyphs: list[Glyph], size: float, gap: dict[int, int]) -> str:
    """Font changes and text of one line: consecutive glyphs of a face are shown at once."""
    ops, at = [], 0
    for name, group in groupby(glyphs, key=lambda each: each.face):
        run = list(group)
        gaps = {place - at: wide for place, wide in gap.items() if at <= place < at + len(run)} if gap else {}
        ops.append(f"/{name} {number(size)} Tf {show(run, gaps)}")
        at += len(run)
    return "\n".join(ops)


def number(value: float) -> str:
    """A number as PDF writes it: at most three decimals, no trailing zeros."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def passing(ops: str) -> str:
    """Operators of what does not make another paper of it: a reprint is known by the rest of the page."""
    return f"/Passing BMC\n{ops}\nEMC"


def lasting(ops: str) -> str:
    """The operators of a page without what is passing."""
    return _PASSING.sub("", ops)


def paint(ink: Ink) -> str:
    """The operator that sets the colour of what is filled next."""
    return f"{number(ink.gray)} g" if ink.rgb is None else f"{' '.join(map(number, ink.rgb))} rg"


def _gaps(units: tuple[str, ...], room: float) -> dict[int, int]:
    """Room (thousandths) shared out behind the units of a justified line, the last one excepted."""
    count = len(units) - 1
    if count < 1 or room <= 0:
        return {}
    share, extra = divmod(int(room), count)
    gaps, place = {}, -1
    for number_, unit in enumerate(units[:-1]):
        place += len(unit)
        gaps[place] = share + (number_ < extra)
    return gaps


def set_words(words: Words, width: float) -> Block:
    """A text set in a width (points): as many lines as it needs."""
    ink, lines = fit(words, width)
    pitch = round(ink.size * ink.pitch, 2)
    base = -((pitch - ink.size) / 2 + ASCENT * ink.size)
    ops, used = [paint(ink)], set()
    for row, (units, last) in enumerate(lines):
        glyphs = [glyph(char, ink.chain) for char in "".join(units).rstrip(" ")]
        if not glyphs:
            continue
        used.update(glyphs)
        room = width * 1000 / ink.size - sum(each.width for each in glyphs)
        gaps = _gaps(units, room) if words.align == "justify" and not last and room < 4000 else {}
        left = {"center": room / 2, "right": room}.get(words.align, 0.0) * ink.size / 1000
        down = base - row * pitch
        ops.append(f"BT {number(left)} {number(down)} Td {line_ops(glyphs, ink.size, gaps)} ET")
        if words.struck:
            wide = sum(each.width for each in glyphs) * ink.size / 1000
            ops.append(_struck(left, down + _MIDDLE * ink.size, wide, ink))
    drawn = "\n".join(ops)
    return Block(width, pitch * len(lines), passing(drawn) if words.passing else drawn, frozenset(used))


def _struck(left: float, middle: float, wide: float, ink: Ink) -> str:
    """Two thin lines through a line of text."""
    ways = [
        f"{number(left)} {number(y)} m {number(left + wide)} {number(y)} l S"
        for y in (middle - 0.06 * ink.size, middle + 0.06 * ink.size)
    ]
    return f"q {number(ink.gray)} G 0.4 w {' '.join(ways)} Q"


def cut_words(words: Words, width: float, height: float) -> tuple[Words, Words] | None:
    """Cuts a text after the lines that fit a height; None if fewer than two would stand on either side."""
    ink, lines = fit(words, width)
    count = int(height // round(ink.size * ink.pitch, 2))
    count = min(count, len(lines) - 2)
    if count < 2:
        return None
    texts = []
    for part in (lines[:count], lines[count:]):
        text = "".join(
            "".join(units) + ("\n" if last and at < len(part) - 1 else "")
            for at, (units, last) in enumerate(part)
        )
        texts.append(replace(words, text=text, ink=ink))
    return texts[0], texts[1]
