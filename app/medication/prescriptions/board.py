"""What the screens of prescriptions show: every list with its count, and what a form for one resident begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select

from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.prescriptions.eligible import Eligible, eligible
from app.medication.prescriptions.ending import called, ending
from app.medication.prescriptions.policy import long_policy
from app.medication.prescriptions.questions import standing
from app.medication.prescriptions.rows import PrescriptionRow, rows_of
from app.medication.prescriptions.writing import EXTENDED, FREE, LONG
from app.medication.queries.order_people import Person, WhoFor, who_for
from app.vitals.catalogue import sign_of
from app.vitals.queries.points import Point, Series, series
from db.models import Diagnosis, Prescription

MOST_OVER = 300
"""So many that are over are listed, the newest first."""
_SIGNS = ("blood_pressure", "glucose")
_BACK = timedelta(days=92)


@dataclass(frozen=True)
class RxSheet:
    """The lists; `free` those of `month`."""

    month: date
    ending: tuple[PrescriptionRow, ...]
    long: tuple[PrescriptionRow, ...]
    extended: tuple[PrescriptionRow, ...]
    free: tuple[PrescriptionRow, ...]
    over: tuple[PrescriptionRow, ...]


@dataclass(frozen=True)
class RxBoard(Question[RxSheet]):
    """The prescriptions of the house, or of one `resident`; `month` of the free ones, None for this one."""

    resident: UUID | None = None
    month: date | None = None


@dataclass(frozen=True)
class RxStart:
    """What a form begins with. `had`: medicines that were on a long one before; `measured`: the last two values."""

    person: Person
    diagnoses: tuple[str, ...]
    measured: str
    had: frozenset[str]
    eligible: Eligible


@dataclass(frozen=True)
class StartRx(Question[RxStart]):
    """A prescription for this resident is begun."""

    resident: UUID


@answers(RxBoard)
def rx_board(reader: Reader, question: RxBoard) -> RxSheet:
    reader.require(Right.READ_RESIDENTS)
    month = (question.month or reader.today).replace(day=1)
    of_month = func.json_extract(Prescription.content, "$.month") == f"{month:%Y-%m}"

    def listed(*where: object, most: int | None = None) -> tuple[PrescriptionRow, ...]:
        chosen = standing().where(*where)  # type: ignore[arg-type]  # conditions on columns
        if question.resident is not None:
            chosen = chosen.where(Prescription.resident == question.resident)
        newest = chosen.order_by(Prescription.begins.desc(), Prescription.number.desc()).limit(most)
        return rows_of(reader, list(reader.session.scalars(newest)))

    active = Prescription.status == "active"
    near = rows_of(reader, called(reader, ending(reader)))
    return RxSheet(
        month=month,
        ending=tuple(row for row in near if question.resident in (None, row.resident)),
        long=listed(Prescription.what == LONG, active),
        extended=listed(Prescription.what == EXTENDED, active),
        free=listed(Prescription.what == FREE, of_month),
        over=listed(Prescription.status == "ended", most=MOST_OVER),
    )


@answers(StartRx)
def start_rx(reader: Reader, question: StartRx) -> RxStart:
    reader.require(Right.READ_RESIDENTS)
    long = standing().where(Prescription.resident == question.resident, Prescription.what == LONG)
    stated = reader.session.scalars(
        select(Diagnosis.words)
        .where(
            Diagnosis.resident == question.resident,
            Diagnosis.current,
            Diagnosis.state != "retracted",
            Diagnosis.status == "active",
        )
        .order_by(Diagnosis.ordinal)
    )
    return RxStart(
        person=who_for(reader, WhoFor(question.resident)),
        diagnoses=tuple(stated),
        measured=_measured(reader, question.resident),
        had=frozenset(item["drug"] for row in reader.session.scalars(long) for item in row.items["items"]),
        eligible=eligible(reader, question.resident),
    )


def needs_guidance(title: str) -> bool:
    """Whether a first prescription by this title asks who guides it."""
    return title not in long_policy().first_titles


def _measured(reader: Reader, resident: UUID) -> str:
    """`血压 11-20 132/78、11-23 128/76 mmHg；血糖 …`: the last two of each in a quarter."""
    points = series(reader, Series(resident, _SIGNS, reader.now - _BACK, reader.now))
    said = []
    for code in _SIGNS:
        last = [one for one in points if one.code == code and one.value is not None][-2:]
        if last:
            values = "、".join(f"{local(reader.settings.zone, one.at):%m-%d} {_value(one)}" for one in last)
            said.append(f"{sign_of(code).words} {values} {sign_of(code).unit}")
    return "；".join(said)


def _value(point: Point) -> str:
    return f"{point.value:g}" if point.second is None else f"{point.value:g}/{point.second:g}"
