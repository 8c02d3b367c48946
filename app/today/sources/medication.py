"""Medication of the shift that goes on: doses that wait, and what the program raised about those that were given."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.clock import local
from app.core.roles import Right
from app.medication.queries.due_count import CountDueDoses, count_due_doses
from app.today.glance import Glance
from app.today.tiles import Tile, Todo, Way

RANK = 120
MOST = 6


def tile(glance: Glance) -> Tile | None:
    """Doses of the shift that wait; urgent when something about doses that were given wants a person."""
    if not glance.actor.may(Right.GIVE_MEDICINES):
        return None
    waiting = count_due_doses(glance, CountDueDoses())
    asks = sum(row.urgent for row in glance.follows)
    note = f"{asks} 件用药要核实或处理" if asks else "本班现在该给的" if waiting else "现在没有要给的药"
    return Tile("medication", "pill", "待给药", str(waiting), note, Way("medication"), urgent=bool(asks))


def todos(glance: Glance) -> Iterator[Todo]:
    """Possible double doses, repeated refusals, effects and signatures that are overdue."""
    if not (glance.actor.may(Right.GIVE_MEDICINES) or glance.actor.may(Right.ORDER_MEDICINES)):
        return
    rows = [row for row in glance.follows if row.urgent]
    for place, row in enumerate(rows[:MOST]):
        at = local(glance.settings.zone, row.due)
        tone = "danger" if row.matter else "orange"
        about = " · ".join(part for part in (row.bed, row.medicine) if part)
        way = Way("after-doses", {"view": "matters" if row.matter else row.what})
        yield Todo(
            RANK + place, f"{at:%m-%d %H:%M}", f"{row.name} {row.title}", about, row.title, tone, way, "pill"
        )
