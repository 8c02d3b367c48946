"""One pull: every type from its cursor, what is new to the desk in small orders, what was put aside once more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.sync.line import Line
from app.sync.marks import KeepMarks
from app.sync.pull import cursor
from app.sync.pull.aside import Aside
from app.sync.pull.cursor import CursorOf
from app.sync.pull.foreign import pull_foreign
from app.sync.pull.inventory import MARK, InventoryDue, noted, take_stock
from app.sync.pull.pages import Page, Unanswered, newest, ours, walk
from app.sync.pull.receive import MOST, Receive, Received
from app.sync.pull.types import Type, land, types


@dataclass(frozen=True)
class Pulled:
    """What a pull brought. `error`: why it is not complete, in words; empty when it is."""

    received: int = 0
    conflicts: int = 0
    aside: int = 0
    foreign: int = 0
    acked: int = 0
    error: str = ""

    def __add__(self, other: Received) -> Pulled:
        return replace(
            self,
            received=self.received + other.taken,
            conflicts=self.conflicts + other.conflicts,
            aside=self.aside + other.aside,
            foreign=self.foreign + other.foreign,
            acked=self.acked + other.acked,
        )


async def pull(line: Line, *, since: datetime | None = None) -> Pulled:
    """Bring in what changed. `since`: reconciling a restored station, from the beginning (see `reconcile`).

    A type the platform will not list does not keep the others from coming; the pull is then not complete.
    """
    pulled, doubled = Pulled(), 0
    for one in types(line):
        try:
            found = await _pull_type(line, one, since)
        except Unanswered as no:
            pulled = replace(pulled, error=pulled.error or no.words)
        else:
            pulled, doubled = pulled + found, doubled + found.doubled
    pulled += await try_again(line)
    pulled = replace(pulled, received=pulled.received + await pull_foreign(line))
    if not pulled.error:
        pulled = await _take_stock_if_due(line, pulled, doubt=bool(doubled))
    return pulled


async def _take_stock_if_due(line: Line, pulled: Pulled, *, doubt: bool) -> Pulled:
    """Nightly, and the round after anything that gave doubt; a whole first pull is as good as one."""
    due = await line.ask(InventoryDue())
    if due is None or (doubt and not due):
        await line.do(KeepMarks({MARK: noted(line.desk.clock.now(), doubt=doubt)}))
        return pulled
    if not due:
        return pulled
    try:
        return pulled + await take_stock(line, types(line))
    except Unanswered as no:
        return replace(pulled, error=no.words)


async def _pull_type(line: Line, one: Type, since: datetime | None) -> Received:
    before = None if since is not None else await line.ask(CursorOf(one.name))
    begin = before.begin if before else None
    found, last, clock = Received(), None, None
    held: Page | None = None
    async for page in walk(line.wire, one.name, ours(line.house), begin):
        clock = clock or page.clock
        last = max(filter(None, (last, newest(page.rows))), default=None)
        if held is not None:
            found += await land(line, one, held.rows, since)
        held = page
    moved = cursor.moved(one.name, before, last, clock)
    rows = held.rows if held else ()
    return found + await land(line, one, rows, since, None if moved == before else moved)


async def try_again(line: Line) -> Received:
    """What was put aside may fit by now: the bed is free, the person it names has come."""
    found = Received()
    for one in types(line):
        bodies = await line.ask(Aside(one.name))
        while bodies:
            landed = await line.do(Receive(one.name, one.mappers, bodies[:MOST]))
            found, bodies = found + landed, bodies[landed.done :]
    return found
