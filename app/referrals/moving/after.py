"""What ends a referral, and how a move that was made by mistake is struck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.referrals.documents.covering import was_sent
from app.referrals.documents.keeping import take_out
from app.referrals.moving.move import (
    LONGEST_WHY,
    begun_by_struck,
    is_decision,
    move,
    row_to_move,
    standing_moves,
)
from app.referrals.moving.undoing import as_before
from app.referrals.revising import Seen, follow, standing
from app.referrals.rules.states import Status
from app.referrals.writing.begin import open_referral
from app.residents.stays.forms import words
from app.residents.stays.taking_back import undo_absence
from db.models import Absence, Referral

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
    """Refuses where no move stands, one a return stands on (that is retracted itself), a decision by whoever may not
    decide, and one that would leave two open referrals.

    The departure's time in hospital is none either, and what the move wrote beside the state is as it was before.
    """
    row = row_to_move(unit, order.seen)
    why = words(order.why, "why", "原因", required=True, longest=LONGEST_WHY)
    stands = standing_moves(row)
    if not stands:
        raise Refusal("还没有可以撤销的步骤。")
    last = stands[-1]
    if Status(last["to"]) in _LATER:
        raise Refusal("返院登记请在返院页面更正。")
    if is_decision(row, last):
        unit.require(Right.APPROVE_REFERRALS)
    _refuse_second(unit, row)
    struck = {**last, "taken_back": {"by": str(unit.actor.rid), "by_name": unit.actor.name, "why": why}}
    struck["taken_back"]["at"] = unit.now.isoformat()
    lines = [struck if one is last else one for one in row.moves["all"]]
    changes = {**as_before(unit, row, last), "status": last["from"], "moves": {"all": lines}}
    if last["to"] == Status.DEPARTED:
        _stays(unit, row, lines, why)
    seen = follow(unit, row, f"撤销“{Status(last['to']).words}”：{why}", changes)
    if not was_sent(standing(unit, Referral, seen)):
        take_out(unit, row, why)
    return seen


def _refuse_second(unit: Unit, row: Referral) -> None:
    """Refuses to open one again beside another that was begun meanwhile."""
    other = open_referral(unit, row.resident, but=row.rid)
    if other is not None:
        words_of = Status(other.status).words
        raise Refusal(f"这位老人已有另一份转诊 {other.number}（{words_of}），不能再恢复这一份。")


def _stays(unit: Unit, row: Referral, lines: list[dict[str, Any]], why: str) -> None:
    """The time in hospital the departure wrote, here or at the other station, is none, whatever was changed in it
    since; one that ran before stays. Refuses where it is over."""
    away = _absence(unit, row)
    if away is None:
        return
    if away.ends is not None:
        raise Refusal("老人已经返院，出发不能撤销。")
    if begun_by_struck(unit, away.rid, lines):
        undo_absence(unit, away, f"转诊出发撤销：{why}")


def _absence(unit: Unit, row: Referral) -> Absence | None:
    if row.absence is None:
        return None
    return unit.session.scalar(
        select(Absence).where(Absence.rid == row.absence, Absence.current, Absence.state != "retracted")
    )
