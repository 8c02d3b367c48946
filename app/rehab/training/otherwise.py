"""A session was not held: refused, absent or ill, with its reason; it waits to be made up for or let go."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.rehab.derived import Held
from app.rehab.lists.attendance import attendances
from app.rehab.rules.sessions import SessionKey, SessionState
from app.rehab.training.forms import check_why
from app.rehab.training.writing import refuse_plan, refuse_recorded, refuse_time, session_for, write
from app.residents.stating import Seen


@dataclass(frozen=True)
class NotHeld(Order[Seen]):
    """`attendance`: refused, absent or sick; `why` a reason of it, `words` where the reason asks for them."""

    key: SessionKey
    attendance: str
    why: str
    words: str = ""


@performs(NotHeld)
def not_held(unit: Unit, order: NotHeld) -> Seen:
    """Refuses one recorded already, one of another day to come, and a missing reason."""
    unit.require(Right.TRAIN)
    return write_not_held(unit, session_for(unit, order.key), order)


def write_not_held(unit: Unit, held: Held, order: NotHeld) -> Seen:
    """The same for a session that was found already."""
    refuse_recorded(unit, held)
    refuse_plan(unit, held)
    refuse_time(unit, held, ahead=True)
    said = attendances().get(order.attendance)
    if said is None or said.held:
        raise Refusal("请选择没有训练的情况。", field="attendance")
    columns = check_why(order.attendance, order.why, order.words)
    at = held.planned.at if held.state in (SessionState.UNRECORDED, SessionState.AWAY) else unit.now
    at = min(at, unit.now)
    return write(unit, held, at, {**columns, "ended_at": at})
