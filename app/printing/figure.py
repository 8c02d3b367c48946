"""A figure becomes operators: strokes, dots and labels at their places, later ones over earlier ones."""

from __future__ import annotations

from functools import lru_cache, singledispatch

from app.printing import shapes
from app.printing.drawing import Drawing
from app.printing.sheet import Colour, Dot, Figure, Label, Patch, Stroke, Words
from app.printing.text import Block, number, set_words

_DASH = "[3 2] 0 d"


def set_figure(mark: Figure, width: float) -> Block:
    """Sets a figure; it is as wide as its shapes are."""
    drawing = Drawing()
    for shape in mark.shapes:
        _put(shape, drawing)
    return drawing.block(width, mark.height)


@singledispatch
def _put(shape: object, _drawing: Drawing) -> None:
    raise TypeError(f"no way to draw {type(shape).__name__}")


@_put.register
def _stroke(shape: Stroke, drawing: Drawing) -> None:
    path = [f"{number(x)} {number(-y)}" for x, y in shape.points]
    dash = f" {_DASH}" if shape.dashed else ""
    line = f"{path[0]} m {' '.join(f'{point} l' for point in path[1:])} S"
    drawing.ops.append(f"q {_rgb(shape.colour)} RG {number(shape.thick)} w{dash} {line} Q")


@_put.register
def _patch(shape: Patch, drawing: Drawing) -> None:
    box = shapes.rectangle(shape.left, shape.top, shape.width, shape.height)
    drawing.ops.append(f"{number(shape.gray)} g {box} f")


@_put.register
def _dot(shape: Dot, drawing: Drawing) -> None:
    round_it = shapes.circle(shape.x, shape.y, shape.radius)
    if shape.filled:
        drawing.ops.append(f"q {_rgb(shape.colour)} rg {round_it} f Q")
    else:
        drawing.ops.append(f"q 1 g {_rgb(shape.colour)} RG 0.9 w {round_it} b Q")


@_put.register
def _label(shape: Label, drawing: Drawing) -> None:
    drawing.put(_words(shape.words, shape.width), shape.left, shape.top)


@lru_cache(maxsize=4096)
def _words(words: Words, width: float) -> Block:
    """Numbers and labels come again on every page."""
    return set_words(words, width)


def _rgb(colour: Colour) -> str:
    return " ".join(map(number, colour))
