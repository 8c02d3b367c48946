"""How many orders of the house wait to be checked or signed: the numbers on the workbench and beside 医嘱."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.which_stay import in_house
from db.models import MedOrder, Stay


@dataclass(frozen=True)
class OrderCounts:
    """`late`: of those to be signed, how many no doctor signed in time."""

    to_check: int
    to_sign: int
    late: int


@dataclass(frozen=True)
class CountOrderWork(Question[OrderCounts]):
    """How long the lists 待核对 and 待医师签 are."""


@answers(CountOrderWork)
def count_order_work(reader: Reader, _question: CountOrderWork) -> OrderCounts:
    """An order two stations wrote stands once in its list, and counts once."""
    reader.require(Right.READ_RESIDENTS)
    rid = func.count(MedOrder.rid.distinct())
    standing = (MedOrder.current, MedOrder.state != "retracted")
    here = select(Stay.resident).where(in_house())
    unsigned = select(rid, rid.filter(MedOrder.doctor_by < reader.now)).where(
        *standing,
        MedOrder.doctor_by.is_not(None),
        MedOrder.doctor_at.is_(None),
        MedOrder.status != "cancelled",
    )
    waiting = select(rid).where(*standing, MedOrder.status == "issued", MedOrder.resident.in_(here))
    to_sign, late = reader.session.execute(unsigned).one()
    return OrderCounts(reader.session.scalar(waiting) or 0, to_sign, late)
