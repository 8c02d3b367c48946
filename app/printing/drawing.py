"""A mark made of several others: collects their operators and glyphs."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.printing.faces import Glyph
from app.printing.text import Block, number


@dataclass
class Drawing:
    """Collects operators, glyphs and photos of a mark that is made of several."""

    ops: list[str] = field(default_factory=list)
    glyphs: set[Glyph] = field(default_factory=set)
    pictures: set[bytes] = field(default_factory=set)

    def put(self, block: Block, left: float, top: float) -> None:
        """Puts a block with its top left corner at this point, `top` below the drawing's top."""
        self.ops.append(f"q 1 0 0 1 {number(left)} {number(-top)} cm {block.ops} Q")
        self.glyphs |= block.glyphs
        self.pictures |= block.pictures

    def block(self, width: float, height: float) -> Block:
        """The finished block."""
        return Block(width, height, "\n".join(self.ops), frozenset(self.glyphs), frozenset(self.pictures))
