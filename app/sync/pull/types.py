"""The types that are pulled, and the way of their resources from a page to the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.fhir import Mapper, Ref
from app.registry import ORDER
from app.sync.line import Line
from app.sync.pull.cursor import Cursor
from app.sync.pull.known import Seen
from app.sync.pull.pages import Row, read_rows, searchset
from app.sync.pull.receive import MOST, Receive, Received


@dataclass(frozen=True)
class Type:
    """A resource type with the record kinds that share it and their translators: it is pulled once for all of them."""

    name: str
    mappers: Mapping[str, Mapper]


def types(line: Line) -> Iterator[Type]:
    """Every type of every kind once, what others refer to first. Types no mapper takes are remembered: whoever
    corrects another station's record must know its resources.
    """
    shared: dict[str, dict[str, Mapper]] = {}
    for kind, mapper in line.mappers.items():
        for name in mapper.types:
            shared.setdefault(name, {})[kind] = mapper
    yield from (Type(name, shared[name]) for name in sorted(shared, key=ORDER.index))


FIRST = 20
"""Arrivals of the first order; how many fit into its time is learned."""
LEAST = 5
"""Fewer would spend their time on asking what is known of them."""


def suited(size: int, given: int, done: int) -> int:
    """How many arrivals to give the next order, after one that was given some and came so far with them."""
    return min(MOST, size + size // 4 + 1) if done == given else max(LEAST, done)


async def land(
    line: Line,
    one: Type,
    rows: Iterable[Row],
    since: datetime | None = None,
    moved: Cursor | None = None,
) -> Received:
    """Hand what is new among some rows to the desk, in orders that let a nurse's act pass between two of them."""
    rows = tuple(rows)
    seen = await line.ask(Seen(one.name, tuple(row.id for row in rows))) if rows else frozenset()
    bodies = tuple(row.body for row in rows if since is not None or row.key not in seen)
    found, size = Received(), FIRST
    while bodies or moved:
        batch, is_last = bodies[:size], len(bodies) <= size
        order = Receive(one.name, one.mappers, batch, since, moved if is_last else None)
        landed = await line.do(order)
        found += landed
        bodies = bodies[landed.done :]
        size = suited(size, len(batch), landed.done)
        if is_last and not bodies:
            moved = None
    for ref in found.lost:
        found += await _look_up(line, one, ref)
    return found


async def _look_up(line: Line, one: Type, ref: Ref) -> Received:
    """The resource that has an identity now."""
    key = [("identifier", f"{line.house.system}|{ref.rid}")]
    rows = read_rows(searchset(await line.wire.ask(one.name, key), one.name), one.name)
    return await land(line, one, rows)
