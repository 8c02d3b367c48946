"""Finding one resident by whatever a person or a command line calls them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from db.models import Resident


@dataclass(frozen=True)
class Found:
    """The one resident that was meant."""

    rid: UUID
    number: str
    name: str


@dataclass(frozen=True)
class FindResident(Question[Found]):
    """One resident by any unique form of the number (`1` for `01-000001`), by name or ID number."""

    text: str


@answers(FindResident)
def find_resident(reader: Reader, question: FindResident) -> Found:
    """Refuses where nobody is found, and names the possible ones where several are."""
    reader.require(Right.READ_RESIDENTS)
    text = question.text.strip()
    if not text:
        raise Refusal("请说明是哪位老人（编号、姓名或身份证号）。")
    forms = {text, *number_of(text, reader.settings.station_number)}
    statement = select(Resident.rid, Resident.number, Resident.name).where(
        or_(Resident.number.in_(forms), Resident.name == text, Resident.id_number == text.upper())
    )
    found = [Found(*row) for row in reader.session.execute(statement.order_by(Resident.number))]
    if not found:
        raise Refusal(f"没有找到“{text}”。")
    if len(found) > 1:
        names = "、".join(f"{one.number} {one.name}" for one in found[:5])
        raise Refusal(f"“{text}”不止一位：{names}。请用完整编号。")
    return found[0]


def number_of(text: str, station: str, digits: int = 6) -> tuple[str, ...]:
    """The full numbers a short one can mean: `1` → `01-000001`, `2-15` → `02-000015`."""
    short = re.fullmatch(r"(?:(\d{1,2})-)?0*(\d{1,9})", text)
    if short is None:
        return ()
    return (f"{(short[1] or station).zfill(2)}-{int(short[2]):0{digits}d}",)
