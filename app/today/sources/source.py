"""What a subject may bring: each part answers None or nothing where there is nothing to say, or no right to see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.today.glance import Glance
from app.today.tiles import Tile, Todo


@dataclass(frozen=True)
class Source:
    """One subject's tile and to-dos."""

    tile: Callable[[Glance], Tile | None] | None = None
    todos: Callable[[Glance], Iterable[Todo]] | None = None
