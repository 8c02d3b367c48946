"""Where a resident is in the course of the stay, for the head of the chart."""

from __future__ import annotations

from uuid import UUID

from app.core.clock import date_in
from app.core.unit import Reader
from app.residents.queries.chart_rows import StayLine
from app.residents.queries.grades import grade_rows
from app.residents.queries.presence import Presence, planned_day, presence
from app.residents.rules.grades import CARE_STAGE, NURSING_GRADE
from db.models import Stay


def stay_line(reader: Reader, rid: UUID, stay: Stay | None) -> StayLine:
    """The stay that counts; levels are said only while it goes on."""
    if stay is None:
        return StayLine()
    where = presence(reader, Presence(rid))
    zone = reader.settings.zone
    days = (reader.today - date_in(zone, where.since)).days + 1 if where.since else 0
    until = planned_day(where.planned, zone) if where.where == "leave" else None
    expected = stay.expected if stay.status in {"enquiry", "reserved"} else None
    now = {row.what: row.words for row in reversed(grade_rows(reader, rid))} if stay.ends is None else {}
    return StayLine(
        stay.status,
        stay.mode,
        where.where,
        days,
        until or expected,
        stay.ends,
        stay.outcome,
        now.get(CARE_STAGE, ""),
        now.get(NURSING_GRADE, ""),
    )
