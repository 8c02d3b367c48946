"""Cells that all sheets share: how labels, filled-in values and column heads look."""

from __future__ import annotations

from app.printing.sheet import Cell, Ink, Mark, Spread, Words

SHADE = 0.945
LABEL = Ink("song", 10.5, 8)
VALUE = Ink("kai", 11, 9)
SMALL = Ink("song", 9.5, 7)


def label(text: str, down: int = 1) -> Cell:
    """A shaded cell with a form's label; two to four Chinese characters are drawn apart to equal width."""
    spread = 2 <= len(text) <= 4 and not text.isascii()
    mark: Mark = (
        Spread(text, LABEL, 42) if spread else Words(text, LABEL, "center", lines=1 + text.count("\n"))
    )
    return Cell(mark, down=down, shade=SHADE, pad=3)


def value(text: str, across: int = 1, lines: int = 1) -> Cell:
    """A filled-in value: shrinks to need no more lines, then wraps; nothing filled in shows as a dash."""
    return Cell(Words(text or "—", VALUE, lines=lines), across)
