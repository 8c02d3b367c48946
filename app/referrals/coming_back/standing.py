"""The return a person works at: papers, chasing and the assessment are added to, whoever added something meanwhile."""

from __future__ import annotations

from uuid import UUID

from app.core.errors import Refusal
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.stating.revising import newest
from db.models import ReferralReturn


def return_to_add_to(unit: Unit, record: UUID) -> ReferralReturn:
    """The revision that stands, whichever was seen: an addition takes nothing away. Refuses one that was retracted."""
    unit.require(Right.REFER)
    row = newest(unit, ReferralReturn, record)
    if row is None:
        raise Refusal("没有这条回转记录。")
    if row.state == "retracted":
        raise Refusal("这条回转记录已作废，不能再改。")
    return row
