"""Assessments that are due: overdue ones by name, the others as a number."""

from __future__ import annotations

from collections.abc import Iterator

from app.assessments.worklist import CountWork, Worklist, count_work, worklist
from app.core.roles import Right
from app.core.unit import Reader
from app.today.tiles import Tile, Todo, Way

MOST = 6
"""Overdue ones by name; the worklist has them all."""
RANK = 300


def tile(reader: Reader) -> Tile | None:
    if not reader.actor.may(Right.READ_RESIDENTS):
        return None
    counts = count_work(reader, CountWork())
    note = f"{counts.overdue} 位已逾期" if counts.overdue else f"{counts.never} 位还没评估过"
    way = Way("assessments", {"view": "soon"})
    return Tile(
        "assessments", "clipboard-check", "待评估", str(counts.soon), note, way, urgent=bool(counts.overdue)
    )


def todos(reader: Reader) -> Iterator[Todo]:
    if not reader.actor.may(Right.ASSESS):
        return
    for place, row in enumerate(worklist(reader, Worklist(view="overdue", limit=MOST))):
        due = row.latest.due_on if row.latest else None
        days = (reader.today - due).days if due else 0
        way = Way("assessment", {"resident": row.resident})
        title = f"{row.name} 能力评估"
        yield Todo(RANK + place, f"逾期 {days} 天", title, row.bed, "逾期", "orange", way, "clipboard-check")
