"""A time in hospital holds the medicines of before it until they are reconciled: who may make it something else."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.rules.stated import UNDO_MINUTES
from db.models import Absence

HOSPITAL = "hospital"


def refuse_hospital(unit: Unit, row: Absence) -> None:
    """Refuses another kind, other times, or that it never was, where that would give medicines free.

    Who wrote the whole of it minutes ago takes back a slip: nothing was held before it. Else it takes whoever may
    correct what others signed.
    """
    if row.code != HOSPITAL or unit.actor.may(Right.CORRECT_RECORDS):
        return
    asked = select(Absence.author, Absence.recorded_at).where(Absence.rid == row.rid)
    written = unit.session.execute(asked.order_by(Absence.revision)).all()
    since = unit.now - timedelta(minutes=UNDO_MINUTES)
    if all(author == unit.actor.rid and at >= since for author, at in written):
        return
    raise Refusal(
        f"这次住院以后的用药要先重整：自己登记的 {UNDO_MINUTES} 分钟内可以改；"
        "以后改类别或时间、作废，请护士长办理（更正已签名的记录）。"
    )
