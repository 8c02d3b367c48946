"""Who is a doctor here: who may sign as one, and whom a nurse may name as the one who decided."""

from __future__ import annotations

from sqlalchemy import select

from app.access.proof import actor_of
from app.core.errors import Refusal
from app.core.roles import Actor, Right
from app.core.unit import Reader
from db.models import Staff

PHYSICIAN = "医师"


def prescribes(person: Actor) -> bool:
    """A doctor by profession, who may order here."""
    return person.profession == PHYSICIAN and person.may(Right.ORDER_MEDICINES)


def refuse_no_doctor(
    reader: Reader, name: str, whom: str, field: str = "doctor_name", *, orders: bool = True
) -> None:
    """Refuse somebody who works here and orders nothing here, first of all whoever writes it down; `whom`: who is
    to be named instead. Whom we do not know may be a doctor of a hospital, and so may a namesake with it beside.
    Without `orders` a doctor by profession is enough: nothing is ordered by it."""
    said = _plain(name)
    if not said:
        return
    here = [
        one for one in reader.session.scalars(select(Staff).where(Staff.active)) if _plain(one.name) == said
    ]
    doctor = any(one.profession == PHYSICIAN for one in here)
    if not here or (doctor and not orders) or any(prescribes(actor_of(one)) for one in here):
        return
    wrong = "在本站没有开立医嘱的权限" if doctor else "不是医师"
    raise Refusal(f"{name}{wrong}；请写{whom}，外院同名的写成“{name}（医院）”。", field=field)


def _plain(name: str) -> str:
    return "".join(name.split())
