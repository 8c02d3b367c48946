"""Vector shapes as PDF operators, relative to a block's top left corner with y upwards (so downwards is minus)."""

from __future__ import annotations

from functools import lru_cache

import segno

from app.printing.text import number, passing

_ROUND = 0.5523  # control distance that turns four Bézier curves into a circle


def rectangle(left: float, top: float, width: float, height: float) -> str:
    """Path of a rectangle whose top stands `top` below the block's top."""
    return f"{number(left)} {number(-top - height)} {number(width)} {number(height)} re"


def check_box(left: float, top: float, side: float, *, chosen: bool) -> str:
    """A check box; chosen ones carry a drawn tick, so no font decides how it looks."""
    ops = [f"q 0 G 0.7 w {rectangle(left, top, side, side)} S"]
    if chosen:
        points = ((0.2, 0.52), (0.43, 0.76), (0.82, 0.24))
        path = [f"{number(left + x * side)} {number(-top - y * side)}" for x, y in points]
        ops.append(f"1.3 w 1 J 1 j {path[0]} m {path[1]} l {path[2]} l S")
    return " ".join([*ops, "Q"])


def disc(x: float, y: float, radius: float, gray: float) -> str:
    """A filled circle around a point `y` below the block's top."""
    return f"{number(gray)} g {circle(x, y, radius)} f"


def circle(x: float, y: float, radius: float) -> str:
    """Path of a circle around a point `y` below the block's top."""
    y, reach = -y, radius * _ROUND
    quarters = (
        (x + radius, y + reach, x + reach, y + radius, x, y + radius),
        (x - reach, y + radius, x - radius, y + reach, x - radius, y),
        (x - radius, y - reach, x - reach, y - radius, x, y - radius),
        (x + reach, y - radius, x + radius, y - reach, x + radius, y),
    )
    curves = " ".join(" ".join(map(number, quarter)) + " c" for quarter in quarters)
    return f"{number(x + radius)} {number(y)} m {curves}"


def triangle_down(x: float, tip: float, size: float) -> str:
    """A black triangle whose tip stands `tip` below the block's top."""
    left, right, high = number(x - size), number(x + size), number(-tip + 1.3 * size)
    return f"0 g {left} {high} m {right} {high} l {number(x)} {number(-tip)} l f"


@lru_cache(maxsize=256)
def qr_code(payload: str, side: float) -> str:
    """A QR code (error level M, fixed mask: trying all eight costs four times as much and scans no better)."""
    code = segno.make(payload, micro=False, error="m", boost_error=False, mask=2)
    matrix = code.matrix
    cell = side / len(matrix)
    bars = []
    for row, line in enumerate(matrix):
        start = None
        for column, dark in enumerate([*line, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                bars.append(rectangle(start * cell, row * cell, (column - start) * cell, cell))
                start = None
    return passing("\n".join(["0 g", *bars, "f"]))
