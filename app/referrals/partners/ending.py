"""What ends before its time, and goes on again where that was a mistake."""

from __future__ import annotations

from datetime import date

from app.core.errors import Refusal
from app.core.roles import Right
from app.core.unit import Unit
from app.referrals.revising import Seen, follow, standing
from app.residents.stays.forms import words
from db.models import Agreement, Licence, Partner

Ending = Partner | Agreement | Licence
_LONGEST = 60


def end(unit: Unit, row: Ending, on: date, why: str) -> Seen:
    """Refuses one that has ended, a day to come, and no reason."""
    if row.ended_on is not None:
        raise Refusal(f"{row.ended_on:%Y-%m-%d} 已经终止。")
    if on > unit.today:
        raise Refusal("终止日期不能在今天之后。", field="on")
    said = words(why, "why", "原因", required=True, longest=_LONGEST)
    more = {"ended_why": said} if isinstance(row, Agreement) else {}
    return follow(unit, row, f"终止：{said}", {"ended_on": on, **more})


def resume(unit: Unit, model: type[Partner] | type[Agreement] | type[Licence], seen: Seen) -> Seen:
    """It goes on as if it had not ended. Refuses one that has not."""
    unit.require(Right.KEEP_PARTNERS)
    row = standing(unit, model, seen)
    if row.ended_on is None:
        raise Refusal("没有终止，不用恢复。")
    more = {"ended_why": ""} if isinstance(row, Agreement) else {}
    return follow(unit, row, "恢复", {"ended_on": None, **more})
