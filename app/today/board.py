"""The workbench as one question: every number, every to-do, how far the day has come, the levels of the people."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.queries.lists import LevelCounts, level_counts
from app.today.glance import Glance
from app.today.progress import Progresses, progress
from app.today.sources import SOURCES
from app.today.tiles import Tile, Todo


@dataclass(frozen=True)
class Board:
    """`levels`: how many people by ability level, None for those never assessed; empty without the right to see."""

    tiles: tuple[Tile, ...]
    todos: tuple[Todo, ...]
    levels: dict[int | None, int]
    progress: tuple[Progresses, ...] = ()


@dataclass(frozen=True)
class Today(Question[Board]):
    """What the shift looks like now, as far as this person may see it."""


@answers(Today)
def today(reader: Reader, _question: Today) -> Board:
    glance = Glance(reader)
    tiles = (source.tile(glance) for source in SOURCES if source.tile is not None)
    todos = (todo for source in SOURCES if source.todos is not None for todo in source.todos(glance))
    sees = reader.actor.may(Right.READ_RESIDENTS)
    return Board(
        tuple(tile for tile in tiles if tile is not None),
        tuple(sorted(todos, key=lambda todo: todo.rank)),
        level_counts(reader, LevelCounts()) if sees else {},
        progress(glance),
    )
