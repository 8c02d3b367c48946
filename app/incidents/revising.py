"""Revisions of incidents: the one that stands, the next one with its reason, who reported it first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core import revising
from app.core.errors import Refusal
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.residents.stating import Seen
from app.residents.stating.revising import standing_of
from db.models import Incident, Resident

LONGEST_REASON = 100
SAID = ("measures", "done", "asked")
"""The part of the content that the report says; the rest is what was done about it since."""


def standing(unit: Unit, seen: Seen) -> Incident:
    """The revision to be changed; refuses one that is gone, was retracted, or was changed since it was seen."""
    unit.require(Right.REPORT_INCIDENTS)
    return standing_of(unit, Incident, seen, "这起事件")


def open_one(unit: Unit, seen: Seen) -> Incident:
    """As `standing`; refuses a closed one, which has to be reopened first."""
    row = standing(unit, seen)
    if row.status == "closed":
        raise Refusal("这起事件已结案。要修改，请先重新打开并写明原因。")
    return row


def reporter_of(reader: Reader, rid: UUID) -> UUID:
    """Who wrote the first revision."""
    return reader.session.execute(
        select(Incident.author).where(Incident.rid == rid).order_by(Incident.revision).limit(1)
    ).scalar_one()


def next_revision(unit: Unit, row: Incident, reason: str, changes: dict[str, Any]) -> int:
    """Write the next revision with other content; gives back its number."""
    if len(reason) > LONGEST_REASON:
        raise Refusal(f"原因最多 {LONGEST_REASON} 个字。", field="why")
    return revising.next_revision(unit, row, reason, changes).revision


def known_resident(unit: Unit, rid: UUID | None) -> Resident | None:
    """The resident of an identity; refuses one who is not here."""
    if rid is None:
        return None
    row = unit.session.get(Resident, rid)
    if row is None:
        raise Refusal("没有找到这位老人。", field="resident")
    return row


def spoken_why(said: str) -> str:
    """A reason in words; refuses silence."""
    words = said.strip()
    if not words:
        raise Refusal("请写明原因。", field="why")
    return words
