"""What a subject may bring: each part answers None or nothing where there is nothing to say, or no right to see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.core.unit import Reader
from app.today.tiles import Tile, Todo


@dataclass(frozen=True)
class Source:
    """One subject's tile and to-dos."""

    tile: Callable[[Reader], Tile | None] | None = None
    todos: Callable[[Reader], Iterable[Todo]] | None = None
