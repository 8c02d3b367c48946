"""How many doses wait in the shift that goes on, in the whole house: the number beside 用药.

Asked again with every dose, so it goes the short way: orders that ask for the same every day, of residents who are
simply here, are counted by the file itself. Whatever has more to it (a taper, a pause, an order that begins or ends
today, somebody who came, left or is away, an order nobody decided about after a hospital) is reckoned slot by slot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, exists, func, or_, select

from app.care.derived import hours_of
from app.care.rules import Hours, Shift, clock_words
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.returns import HOSPITAL
from app.medication.rules.dosing import SAME
from app.medication.rules.reconcile import KEEP
from app.medication.rules.regime import LONG
from app.medication.unrecorded import WHOLE, Key, Stretch, nominal, reckoned, without_record
from db.models import Absence, MedDecision, MedOrder, Stay

_DAY = timedelta(days=1)
_MIDNIGHT = 24 * 60


@dataclass(frozen=True)
class CountDueDoses(Question[int]):
    """Due or past their time, and of which nobody has said anything."""


@answers(CountDueDoses)
def count_due_doses(reader: Reader, _question: CountDueDoses) -> int:
    reader.require(Right.READ_RESIDENTS)
    hours = hours_of(reader)
    counted, special = 0, set[Key]()
    for stretch in _stretches(*hours.at(reader.now)):
        for rid, name, many in _waiting(reader, hours, stretch):
            if rid is None:
                counted += many
            else:
                special.add((rid, stretch.day, name))
    return counted + len(reckoned(reader, hours, special, held=False))


def _stretches(day: date, shift: Shift) -> Iterator[Stretch]:
    """The service dates of the shift, each with the nominal times it takes of it."""
    begins, ends = clock_words(shift.begins), clock_words(shift.ends)
    if shift.crosses:
        yield Stretch(day, first=begins)
        yield Stretch(day + _DAY, before=ends)
    else:
        yield Stretch(day, begins, WHOLE[1] if shift.ends == _MIDNIGHT else ends)


def _waiting(reader: Reader, hours: Hours, stretch: Stretch) -> list[Any]:
    """Open times without a record: (None, None, how many) of what is plain, and each of the others by itself."""
    plain = _plain(hours, stretch.day)
    columns = (
        case((plain, None), else_=MedOrder.rid).label("special"),
        case((plain, None), else_=nominal).label("special_name"),
        func.count(),
    )
    statement = without_record(reader, hours, stretch, *columns)
    return list(reader.session.execute(statement.group_by("special", "special_name")))


def _plain(hours: Hours, day: date) -> Any:
    """The same every day, all of this date, for somebody who is here all of it and whose order is not in question."""
    begins, ends = hours.moment(day, 0), hours.moment(day + _DAY, 0)
    here = select(Stay.resident).where(
        Stay.current,
        Stay.state != "retracted",
        Stay.status == "in",
        Stay.ends.is_(None),
        or_(Stay.begins.is_(None), Stay.begins < day),
    )
    away = select(Absence.resident).where(
        Absence.current,
        Absence.state != "retracted",
        Absence.begins <= ends,
        or_(Absence.ends.is_(None), Absence.ends > begins),
    )
    return and_(
        MedOrder.kind == LONG,
        MedOrder.begins < begins,
        or_(MedOrder.ends.is_(None), MedOrder.ends > ends),
        MedOrder.every_days == 1,
        MedOrder.every_weeks == 1,
        func.json_array_length(MedOrder.weekdays) == 0,
        func.coalesce(func.json_array_length(MedOrder.pauses, "$.spans"), 0) == 0,
        func.json_extract(MedOrder.dosing, "$.way") == SAME,
        MedOrder.resident.in_(here),
        MedOrder.resident.not_in(away),
        ~_in_question(),
    )


def _in_question() -> Any:
    """Written before a return from hospital, and nobody has said since that it goes on."""
    kept = exists().where(
        MedDecision.med_order == MedOrder.rid,
        MedDecision.absence == Absence.rid,
        MedDecision.current,
        MedDecision.state != "retracted",
        MedDecision.decision == KEEP,
        MedDecision.at >= Absence.ends,
    )
    back = (
        Absence.current,
        Absence.state != "retracted",
        Absence.code == HOSPITAL,
        Absence.ends.is_not(None),
    )
    open_ = exists().where(Absence.resident == MedOrder.resident, *back, Absence.ends > MedOrder.at, ~kept)
    ever = MedOrder.resident.in_(select(Absence.resident).where(*back))  # one list for all, looked at first
    return and_(ever, open_)
