"""One A4 page while it is drawn: operators in paper order and the glyphs they use. Lengths run down from the top."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.printing.faces import Glyph
from app.printing.shapes import rectangle
from app.printing.sheet import A4
from app.printing.text import Block, number


@dataclass
class Page:
    """What stands on a page so far."""

    size: tuple[float, float] = A4
    ops: list[str] = field(default_factory=list)
    glyphs: set[Glyph] = field(default_factory=set)
    pictures: set[bytes] = field(default_factory=set)

    @property
    def _zero(self) -> float:
        """PDF counts from the bottom."""
        return self.size[1]

    def put(self, block: Block, left: float, top: float) -> None:
        """Puts a block with its top left corner there."""
        if block.ops:
            self.ops.append(f"q 1 0 0 1 {number(left)} {number(self._zero - top)} cm\n{block.ops}\nQ")
            self.glyphs |= block.glyphs
            self.pictures |= block.pictures

    def shade(self, left: float, top: float, width: float, height: float, *, gray: float) -> None:
        """Fills a rectangle."""
        self.ops.append(f"{number(gray)} g {rectangle(left, top - self._zero, width, height)} f")

    def frame(self, boxes: list[tuple[float, float, float, float]], thick: float, gray: float = 0.0) -> None:
        """Strokes rectangles (left, top, width, height) in one go."""
        if boxes:
            path = "\n".join(rectangle(left, top - self._zero, wide, high) for left, top, wide, high in boxes)
            self.ops.append(f"{number(gray)} G {number(thick)} w\n{path} S")

    def line(self, left: float, right: float, top: float, thick: float, gray: float = 0.0) -> None:
        """Strokes a level line."""
        high = number(self._zero - top)
        self.ops.append(
            f"{number(gray)} G {number(thick)} w {number(left)} {high} m {number(right)} {high} l S"
        )
