"""Acts on a whole visit: it was another resident's, or it is taken back just after it was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.rules.stated import UNDO_MINUTES
from app.residents.stating.revising import retract
from app.vitals.service.checking import check_time
from app.vitals.service.revising import of_set, only_own
from db.models import Resident, Vital


@dataclass(frozen=True)
class WrongResident(Order[UUID]):
    """A visit was written to the wrong person: retracted here, standing there, in one act. Returns the new set."""

    set_id: UUID
    to_resident: UUID
    why: str


@dataclass(frozen=True)
class TakeBackSet(Order[None]):
    """Retract the visit just recorded: within ten minutes, by whoever recorded it."""

    set_id: UUID


@performs(WrongResident)
def wrong_resident(unit: Unit, order: WrongResident) -> UUID:
    """Refuses the same person, one who is not here, a time before their birth, and a missing reason."""
    unit.require(Right.RECORD_VITALS)
    rows = of_set(unit, order.set_id)
    only_own(unit, rows[0])
    right = unit.session.get(Resident, order.to_resident)
    if right is None:
        raise Refusal("没有找到这位老人。", field="to_resident")
    if right.rid == rows[0].resident:
        raise Refusal("这次测量本来就在这位老人名下。", field="to_resident")
    if not order.why.strip():
        raise Refusal("请写明怎么录错的。", field="why")
    check_time(unit, rows[0].at, right.birth_date)
    wrong = unit.session.get_one(Resident, rows[0].resident)
    fresh = unit.new_id()
    for row in rows:
        unit.session.add(_copy(unit, row, right.rid, fresh, f"由{wrong.number}名下转来：{order.why.strip()}"))
        retract(unit, row, f"录错老人，已转到{right.number}名下：{order.why.strip()}")
    return fresh


@performs(TakeBackSet)
def take_back_set(unit: Unit, order: TakeBackSet) -> None:
    """Refuses another person's visit, one older than ten minutes, and one that was corrected since."""
    unit.require(Right.RECORD_VITALS)
    rows = of_set(unit, order.set_id)
    if any(row.author != unit.actor.rid for row in rows):
        raise Refusal("只有录入的人可以撤销。要作废请写明原因。")
    if any(unit.now - row.recorded_at > timedelta(minutes=UNDO_MINUTES) for row in rows):
        raise Refusal(f"录入已超过 {UNDO_MINUTES} 分钟，不能撤销。要作废请写明原因。")
    for row in rows:
        retract(unit, row, "录入后撤销")


def _copy(unit: Unit, row: Vital, resident: UUID, set_id: UUID, reason: str) -> Vital:
    return Vital(
        **unit.stamp(at=row.at, source=row.source, reason=reason),
        revision=1,
        resident=resident,
        code=row.code,
        set_id=set_id,
        value=row.value,
        second=row.second,
        words=row.words,
        how=row.how,
        absent=row.absent,
        note=row.note,
    )
