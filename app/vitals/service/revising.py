"""Revisions of a value: the one that stands, the next one with its reason, the one that says it was an error."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core import revising
from app.core.errors import Refusal
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.rules.stated import RETRACTED
from app.residents.stating.revising import Seen
from db.models import Vital

LONGEST_REASON = 100


def standing(unit: Unit, seen: Seen) -> Vital:
    """The revision to be changed. Refuses one that is gone, retracted or changed since, and another person's record
    without the right to correct those."""
    unit.require(Right.RECORD_VITALS)
    row = unit.session.scalar(select(Vital).where(Vital.rid == seen.rid, Vital.current))
    if row is None:
        raise Refusal("没有这条体征记录。")
    who = author_names(unit).get(row.author) or "区平台"
    if row.state == "retracted":
        raise Refusal(f"这条体征记录已由{who}作废。")
    if row.revision != seen.revision:
        raise Refusal(f"这条体征记录刚被{who}改过，请核对后再保存。")
    only_own(unit, row)
    return row


def only_own(unit: Unit, row: Vital) -> None:
    """Another person's record is changed only by whoever may correct signed records."""
    if row.author != unit.actor.rid:
        unit.require(Right.CORRECT_RECORDS)


def of_set(unit: Unit, set_id: UUID) -> list[Vital]:
    """What stands of a visit; refuses one of which nothing stands."""
    statement = select(Vital).where(Vital.set_id == set_id, Vital.current, Vital.state != "retracted")
    rows = list(unit.session.scalars(statement.order_by(Vital.recorded_at)))
    if not rows:
        raise Refusal("没有这次测量，或已作废。")
    return rows


def retract(unit: Unit, row: Vital, why: str) -> None:
    """The next revision, saying that the record was an error; its content stays readable. Refuses without words."""
    words = why.strip()
    if not words:
        raise Refusal("请写明为什么作废。", field="why")
    following(unit, row, f"{RETRACTED}：{words}", {"state": "retracted"})


def following(
    unit: Unit, row: Vital, reason: str, changes: dict[str, Any], at: datetime | None = None
) -> None:
    """The next revision, with a reason of at most a hundred characters."""
    if len(reason) > LONGEST_REASON:
        raise Refusal(f"原因最多 {LONGEST_REASON} 个字。", field="reason")
    revising.next_revision(unit, row, reason, changes if at is None else {**changes, "at": at})
