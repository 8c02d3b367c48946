"""The columns of lists of incidents and of proposed re-assessments, and what each says of a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.assessments.instruments import shipped
from app.assessments.proposals import Proposal
from app.assessments.queries import ABILITY
from app.incidents.queries import IncidentRow
from ui.incidents.signs import (
    harm_tone,
    harm_words,
    kind_icon,
    kind_words,
    late_words,
    missing_words,
    status_tone,
    status_words,
    when,
)
from ui.kit import Column, cells
from ui.style import Tone


def incident_columns(
    zone: str, now: Callable[[], datetime], *, whose: bool = True
) -> tuple[Column[IncidentRow], ...]:
    """What gives way first when the table is narrow: what closing waits for, then the place, then the harm."""
    who = (Column("老人", _who, 168, 0),) if whose else ()
    return (
        Column(
            "事件",
            lambda row: cells.What(
                kind_words(row.kind), row.number, kind_icon(row.kind), harm_tone(row.harm)
            ),
            None,
            0,
            140,
        ),
        *who,
        Column("发生时间", lambda row: cells.Text(when(zone, row.at, now()), "text"), 112),
        Column("地点", lambda row: cells.Text(row.place), 96, 3),
        Column("伤害", lambda row: cells.State(harm_words(row.harm), harm_tone(row.harm)), 92, 2),
        Column("状态", lambda row: _state(row, now()), 188),
        Column("还差", lambda row: cells.Text(missing_words(row) or "—"), 128, 4),
    )


def proposal_columns() -> tuple[Column[Proposal], ...]:
    return (
        Column("老人", lambda row: cells.Name(row.name, row.bed or row.number), None, 0, 150),
        Column("依据", lambda row: cells.Text(row.why, "text"), None, 0, 300),
        Column("现等级", _level, 120, 2),
        Column(
            "评估日期", lambda row: cells.Text(f"{row.latest.assessed_on}" if row.latest else "—"), 112, 3
        ),
    )


def _who(row: IncidentRow) -> cells.Cell:
    if row.resident is None:
        return cells.Text("不涉及老人", "text3")
    return cells.Text(f"{row.name} {row.bed}".strip(), "text")


def _state(row: IncidentRow, now: datetime) -> cells.Cell:
    late = late_words(row, now)
    tone = Tone.DANGER if late else status_tone(row)
    return cells.State(status_words(row), tone, late)


def _level(row: Proposal) -> cells.Cell:
    if row.latest is None or row.latest.level is None:
        return cells.Text("未评估", "text3")
    level = shipped()[ABILITY].level(row.latest.level)
    return cells.State(level.short, Tone(level.tone))
