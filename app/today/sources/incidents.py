"""Incidents that wait for a review or for closing, and re-assessments they propose."""

from __future__ import annotations

from collections.abc import Iterator

from app.assessments.proposals import ReassessmentProposals, reassessment_proposals
from app.core.clock import local
from app.core.roles import Right
from app.core.unit import Reader
from app.incidents.kinds import catalogue
from app.incidents.queries import OpenIncidents
from app.incidents.queries.lists import open_incidents
from app.today.tiles import Tile, Todo, Way

MOST = 6
RANK_LATE, RANK_OPEN, RANK_PROPOSED = 100, 200, 250


def tile(reader: Reader) -> Tile | None:
    if not reader.actor.may(Right.READ_RESIDENTS):
        return None
    rows = open_incidents(reader, OpenIncidents())
    late = sum(row.overdue for row in rows)
    note = f"{late} 件已超时" if late else "审核和结案"
    return Tile(
        "incidents", "shield-alert", "未结不良事件", str(len(rows)), note, Way("incidents"), urgent=bool(late)
    )


def todos(reader: Reader) -> Iterator[Todo]:
    if not reader.actor.may(Right.READ_RESIDENTS):
        return
    zone = reader.settings.zone
    for place, row in enumerate(open_incidents(reader, OpenIncidents())[:MOST]):
        rank = (RANK_LATE if row.overdue else RANK_OPEN) + place
        badge = "待审核" if row.status == "reported" else "待结案"
        tone = "danger" if row.overdue else "warn"
        way = Way("incident", {"incident": row.rid, "back": "today"})
        title = f"{row.name} {catalogue().kind(row.kind).words}".strip()
        yield Todo(
            rank, f"{local(zone, row.at):%m-%d %H:%M}", title, row.happened, badge, tone, way, "shield-alert"
        )
    if not reader.actor.may(Right.ASSESS):
        return
    for place, one in enumerate(reassessment_proposals(reader, ReassessmentProposals())[:MOST]):
        way = Way("chart", {"resident": one.resident, "back": "today"})
        yield Todo(
            RANK_PROPOSED + place,
            "建议",
            f"{one.name} 重新评估",
            one.why,
            "建议复评",
            "violet",
            way,
            "clipboard-pen",
        )
