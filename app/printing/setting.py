"""Every kind of mark set in a width: what it draws and how high it is. Equal marks are set once (cell cache)."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, singledispatch

from app.printing import shapes
from app.printing.drawing import Drawing
from app.printing.faces import clean
from app.printing.figure import set_figure
from app.printing.picture import name_of, raster_of
from app.printing.scale import set_scale
from app.printing.sheet import (
    Bar,
    Beside,
    Boxes,
    Code,
    Figure,
    Ink,
    Mark,
    Picture,
    Scale,
    Scores,
    Spread,
    Stack,
    Stamp,
    Tick,
    Ticks,
    Words,
)
from app.printing.text import Block, fit, number, set_words, text_width

_DARK = 0.22  # grey of a chosen score's disc
_INDENT = 1.35  # where a check box's word begins, in sizes


@singledispatch
def set_mark(mark: object, _width: float) -> Block:
    """Sets a mark in a width; a new kind of mark registers its own function."""
    raise TypeError(f"no way to set {type(mark).__name__}")


@lru_cache(maxsize=4096)
def set_once(mark: Mark, width: float) -> Block:
    """Sets a mark, or finds it among those already set: labels and option texts come again on every sheet."""
    return set_mark(mark, width)


@set_mark.register
def _words(mark: Words, width: float) -> Block:
    return set_words(mark, width)


set_mark.register(Scale)(set_scale)
set_mark.register(Figure)(set_figure)


@set_mark.register
def _stack(mark: Stack, width: float) -> Block:
    drawing, top = Drawing(), 0.0
    for each in mark.marks:
        block = set_once(each, width)
        drawing.put(block, 0, top)
        top += block.height + mark.gap
    return drawing.block(width, max(top - mark.gap, 0))


@set_mark.register
def _beside(mark: Beside, width: float) -> Block:
    drawing, share, height = Drawing(), width / len(mark.marks), 0.0
    for at, each in enumerate(mark.marks):
        block = set_once(each, share)
        drawing.put(block, at * share, 0)
        height = max(height, block.height)
    return drawing.block(width, height)


@set_mark.register
def _spread(mark: Spread, width: float) -> Block:
    """Characters at equal distances; a label wider than its room is set as it is."""
    size, chars = mark.ink.size, clean(mark.text)
    room = min(mark.width, width * 0.86)
    if len(chars) < 2 or text_width(chars, mark.ink.chain) * size / 1000 > room:
        return set_words(Words(mark.text, mark.ink, "center", lines=1), width)
    drawing = Drawing()
    step = (room - size) / (len(chars) - 1)
    for at, char in enumerate(chars):
        drawing.put(set_words(Words(char, mark.ink), size), (width - room) / 2 + at * step, 0)
    return drawing.block(width, round(size * mark.ink.pitch, 2))


def _tick(tick: Tick, ink: Ink, room: float) -> float:
    """Width of a box with its word; a word too long for the room wraps beside its box."""
    return min(ink.size * _INDENT + text_width(clean(tick.text), ink.chain) * ink.size / 1000 + 0.1, room)


@set_mark.register
def _ticks(mark: Ticks, width: float) -> Block:
    ink, drawing = mark.ink, Drawing()
    side, indent = ink.size * 0.88, ink.size * _INDENT
    pitch, line = round(ink.size * 1.6, 2), round(ink.size * ink.pitch, 2)
    inset = (pitch - line) / 2
    if mark.lead:
        drawing.put(set_words(Words(mark.lead, ink), mark.lead_width), 0, inset)
    left, top, lowest = mark.lead_width, 0.0, pitch
    for choice in mark.choices:
        wide = _tick(choice, ink, width - mark.lead_width)
        if left > mark.lead_width and left + wide > width + 0.05:
            left, top = mark.lead_width, lowest
        box = shapes.check_box(left, top + (pitch - side) / 2, side, chosen=choice.chosen)
        drawing.ops.append(box)
        block = set_words(Words(choice.text, ink), wide - indent)
        drawing.put(block, left + indent, top + inset)
        lowest = max(lowest, top + pitch + block.height - line)
        left += wide + ink.size
    if mark.note:
        words = Words(mark.note, replace(ink, chain="kai"))
        if left + _tick(Tick(mark.note, chosen=False), words.ink, width) > width or lowest - top > pitch:
            left, top = mark.lead_width, lowest
        note = set_words(words, width - left)
        drawing.put(note, left, top + inset)
        lowest = max(lowest, top + pitch + note.height - line)
    return drawing.block(width, lowest)


@set_mark.register
def _scores(mark: Scores, width: float) -> Block:
    drawing, height = Drawing(), 16.0
    step = width / (mark.highest + 1)
    for score in mark.possible:
        x = (mark.highest - score + 0.5) * step
        if score == mark.chosen:
            drawing.ops.append(shapes.disc(x, height / 2, 6.6, _DARK))
            ink = Ink("heavy", 10, gray=1)
        else:
            ink = Ink("song", 9.5, gray=0.55)
        block = set_words(Words(str(score), ink, "center"), step)
        drawing.put(block, x - step / 2, (height - block.height) / 2 - 0.2)
    return drawing.block(width, height)


@set_mark.register
def _bar(mark: Bar, width: float) -> Block:
    drawing, height, room = Drawing(), 14.0, 34.0
    long = width - room
    if mark.share is not None:
        drawing.ops.append(f"0.42 g {shapes.rectangle(0, 3.5, long * min(max(mark.share, 0), 1), 7)} f")
        ink = Ink("song", 9, gray=0.15)
        share = set_words(Words(mark.caption or f"{mark.share:.0%}", ink, "right"), room - 6)
        drawing.put(share, long + 6, (height - share.height) / 2)
    drawing.ops.append(f"q 0.5 G 0.5 w {shapes.rectangle(0, 3.5, long, 7)} S Q")
    for place in mark.marks:  # above and below the bar, so that it shows over a filled one too
        x = number(long * place)
        drawing.ops.append(f"q 0 G 0.7 w {x} -1.2 m {x} -3.5 l {x} -10.5 m {x} -12.8 l S Q")
    return drawing.block(width, height)


@set_mark.register
def _code(mark: Code, width: float) -> Block:
    drawing = Drawing()
    shape = Block(mark.side, mark.side, shapes.qr_code(mark.payload, mark.side))
    drawing.put(shape, width - mark.side, 0)
    if not mark.caption:
        return drawing.block(width, mark.side)
    caption = set_words(Words(mark.caption, Ink("song", 7.5, gray=0.35), "center"), mark.side)
    drawing.put(caption, width - mark.side, mark.side + 4)  # a code needs white around it
    return drawing.block(width, mark.side + 4 + caption.height)


@set_mark.register
def _picture(mark: Picture, width: float) -> Block:
    """In the middle of the width; dots are never blown up beyond 96 to the inch."""
    found = raster_of(mark.content)
    if found is None:
        return set_words(Words(mark.words, Ink("song", 9.5, gray=0.35), "center"), width)
    scale = min(width / found.width, mark.highest / found.height, 0.75)
    wide, high = found.width * scale, found.height * scale
    left = (width - wide) / 2
    ops = (
        f"q {number(wide)} 0 0 {number(high)} {number(left)} {number(-high)} cm /{name_of(mark.content)} Do Q"
    )
    return Block(width, high, ops, pictures=frozenset({mark.content}))


@set_mark.register
def _boxes(mark: Boxes, width: float) -> Block:
    drawing, side = Drawing(), mark.size * 1.5
    ink = Ink("hei", mark.size)
    longest = max((len(group) for group in mark.groups), default=0)
    wide = mark.per_line * longest * side + (mark.per_line - 1) * side * 0.6
    top = margin = side * 0.4
    for at, group in enumerate(mark.groups):
        line, column = divmod(at, mark.per_line)
        top = margin + line * side * 1.5
        left = (width - wide) / 2 + column * (longest * side + side * 0.6)
        for char in group:
            drawing.ops.append(f"q 0.45 G 0.6 w {shapes.rectangle(left, top, side, side)} S Q")
            block = set_words(Words(char, ink, "center"), side)
            drawing.put(block, left, (top + (side - block.height) / 2))
            left += side
    return drawing.block(width, top + side + margin)


@set_mark.register
def _stamp(mark: Stamp, width: float) -> Block:
    pad = mark.words.ink.size * 0.4
    width = width - 2 * pad
    ink, lines = fit(mark.words, width)
    widest = max(text_width("".join(units), ink.chain) for units, _ in lines) * ink.size / 1000
    words = set_words(replace(mark.words, ink=ink, align="center", lines=0), min(widest + 0.1, width))
    drawing = Drawing()
    drawing.put(words, pad, pad / 2)
    wide, high = words.width + 2 * pad, words.height + pad
    drawing.ops.append(f"q 0.15 G 0.9 w {shapes.rectangle(0, 0, wide, high)} S Q")
    return drawing.block(wide, high)
