"""Assessments that are due: overdue ones by name, the others as a number."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.roles import Right
from app.today.glance import Glance
from app.today.tiles import Tile, Todo, Way

RANK = 300


def tile(glance: Glance) -> Tile | None:
    if not glance.actor.may(Right.READ_RESIDENTS):
        return None
    counts = glance.dues.counts
    note = (
        f"{counts.overdue} 项已逾期"
        if counts.overdue
        else "都在七天内到期"
        if counts.due
        else "七天内没有到期"
    )
    way = Way("assessments", {"view": "due"})
    return Tile(
        "assessments", "clipboard-check", "待评估", str(counts.due), note, way, urgent=bool(counts.overdue)
    )


def todos(glance: Glance) -> Iterator[Todo]:
    if not glance.actor.may(Right.ASSESS):
        return
    for place, row in enumerate(glance.dues.rows):
        days = (glance.today - row.due_on).days if row.due_on else 0
        asked = {"resident": row.resident, "instrument": row.instrument, "occasion": row.occasion}
        title = f"{row.name} {row.short}"
        about = " · ".join(part for part in (row.bed, row.why) if part)
        way = Way("assessment", asked)
        yield Todo(RANK + place, f"逾期 {days} 天", title, about, "逾期", "orange", way, "clipboard-check")
