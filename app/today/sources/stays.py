"""Who is in the house and how full it is, who comes back today, and what admissions left to be done."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.roles import Right
from app.core.unit import Reader
from app.residents.queries.presence import Occupancy, occupancy
from app.residents.queries.todos import StayTodos, stay_todos
from app.today.tiles import Tile, Todo, Way

MOST = 6
RANK = 400


def tile(reader: Reader) -> Tile | None:
    if not reader.actor.may(Right.READ_RESIDENTS):
        return None
    now = occupancy(reader, Occupancy())
    parts = [f"空床 {now.free}", f"入住率 {now.taken / now.beds:.1%}"] if now.beds else ["还没有登记床位"]
    away = [f"请假 {now.leave}"] if now.leave else []
    away += [f"住院 {now.hospital}"] if now.hospital else []
    note = " · ".join([*parts, *away])
    return Tile("residents", "users-round", "在住老人", str(now.residents), note, Way("residents"))


def todos(reader: Reader) -> Iterator[Todo]:
    if not reader.actor.may(Right.EDIT_RESIDENTS):
        return
    missing = stay_todos(reader, StayTodos())
    newest = sorted(missing, key=lambda one: (one.since is None, one.since), reverse=True)
    for place, one in enumerate(newest[:MOST]):
        when = f"{one.since:%m-%d} 入住" if one.since else "入住"
        way = Way("chart", {"resident": one.resident, "back": "today"})
        yield Todo(RANK + place, when, one.name, f"{one.bed} · {one.words}", "入住待办", "warn", way, "house")
