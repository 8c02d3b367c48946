"""What ends a referral, and how a move that was made by mistake is struck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.unit import Unit
from app.referrals.moving.move import LONGEST_WHY, move, row_to_move, standing_moves
from app.referrals.revising import Seen, follow
from app.referrals.rules.states import Status
from app.residents.stays.forms import words
from app.residents.stays.taking_back import undo_absence
from db.models import Absence, Referral

_WRITES = {
    Status.DEPARTED: ("left",),
    Status.ARRIVED: ("arrived",),
    Status.TREATING: ("taken_over", "taken_over_whom"),
}
"""Times that a move wrote, which go with it."""
_LATER = frozenset({Status.RETURNED, Status.ASSESSED})


@dataclass(frozen=True)
class Archive(Order[Seen]):
    """已归档: nothing is awaited any more."""

    seen: Seen


@dataclass(frozen=True)
class StrikeMove(Order[Seen]):
    """The last move was a mistake: it is struck, with `why`, and the state before it stands again."""

    seen: Seen
    why: str


@performs(Archive)
def archive(unit: Unit, order: Archive) -> Seen:
    """Refuses somebody who did not come to the hospital and is not back here either."""
    row = row_to_move(unit, order.seen)
    if row.status == Status.NO_SHOW and (away := _absence(unit, row)) is not None and away.ends is None:
        raise Refusal("老人还登记为住院，请先登记返院。")
    return move(unit, row, Status.ARCHIVED)


@performs(StrikeMove)
def strike_move(unit: Unit, order: StrikeMove) -> Seen:
    """Refuses where no move stands, and one a return stands on: that is retracted itself.

    The departure's time in hospital is none either. What the move changed beside the state is put right by hand.
    """
    row = row_to_move(unit, order.seen)
    why = words(order.why, "why", "原因", required=True, longest=LONGEST_WHY)
    stands = standing_moves(row)
    if not stands:
        raise Refusal("还没有可以撤销的步骤。")
    last = stands[-1]
    if Status(last["to"]) in _LATER:
        raise Refusal("返院登记请在返院页面更正。")
    struck = {**last, "taken_back": {"by": str(unit.actor.rid), "by_name": unit.actor.name, "why": why}}
    struck["taken_back"]["at"] = unit.now.isoformat()
    lines = [struck if one is last else one for one in row.moves["all"]]
    gone = _WRITES.get(Status(last["to"]), ())
    changes: dict[str, Any] = {
        "status": last["from"],
        "moves": {"all": lines},
        "times": {key: one for key, one in row.times.items() if key not in gone},
    }
    if last["to"] == Status.DEPARTED and (away := _absence(unit, row)) is not None:
        if away.ends is not None:
            raise Refusal("老人已经返院，出发不能撤销。")
        if away.recorded_at.isoformat() == last["recorded_at"]:
            undo_absence(unit, away, f"转诊出发撤销：{why}")
        changes["absence"] = None
    return follow(unit, row, f"撤销“{Status(last['to']).words}”：{why}", changes)


def _absence(unit: Unit, row: Referral) -> Absence | None:
    if row.absence is None:
        return None
    return unit.session.scalar(
        select(Absence).where(Absence.rid == row.absence, Absence.current, Absence.state != "retracted")
    )
