"""What waits for somebody among the orders of the house: to be checked, to be signed, to be renewed, to be tested."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import date_in
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.drugs.catalogue import drug_list
from app.medication.lists import skin_test_after
from app.medication.orders.skin_tests import POSITIVE
from app.medication.prescriptions.ending import called, ending
from app.medication.prescriptions.rows import WORDS
from app.medication.queries.order_floor import ReviewRow, WorkRow, review_rows
from app.medication.queries.order_people import Person, people_of
from app.medication.queries.order_rows import OrderRow, order_rows
from app.medication.rules.regime import LONG
from app.residents.rules import in_order
from app.residents.stating import Seen
from app.residents.which_stay import in_house
from db.models import MedOrder, Prescription, SkinTest, Stay

SOON = timedelta(days=7)
READ_LATELY = timedelta(days=7)


@dataclass(frozen=True)
class EndingRow:
    """A course or prescription that ends soon; `order` None for a prescription."""

    key: UUID
    person: Person
    what: str
    words: str
    ends: date
    order: OrderRow | None = None


@dataclass(frozen=True)
class SkinRow:
    """A test to be made (`test` None), to be read from `read_from` on, or read with its `result`."""

    key: UUID
    person: Person
    drug: str
    words: str
    order: UUID | None
    test: Seen | None = None
    lot: str = ""
    made_at: datetime | None = None
    read_from: datetime | None = None
    ready: bool = False
    result: str = ""
    size: str = ""


@dataclass(frozen=True)
class OrderWorkSheet:
    """`to_check` by bed, `to_sign` by its deadline, `ending` by its day, skin tests, floors to go through.

    `read_tests`: those read in the last days, and whatever was positive: it forbids the medicine for good.
    """

    to_check: tuple[WorkRow, ...] = ()
    to_sign: tuple[WorkRow, ...] = ()
    ending: tuple[EndingRow, ...] = ()
    skin_tests: tuple[SkinRow, ...] = ()
    read_tests: tuple[SkinRow, ...] = ()
    reviews: tuple[ReviewRow, ...] = field(default_factory=tuple)

    @property
    def late(self) -> int:
        """Orders no doctor signed in time."""
        return sum(one.order.late for one in self.to_sign)


@dataclass(frozen=True)
class OrderWork(Question[OrderWorkSheet]):
    """All of it."""


@answers(OrderWork)
def order_work(reader: Reader, _question: OrderWork) -> OrderWorkSheet:
    reader.require(Right.READ_RESIDENTS)
    here = _here(reader)
    soon = reader.now + SOON
    waiting = order_rows(reader, MedOrder.status == "issued")
    unsigned = order_rows(
        reader, MedOrder.doctor_by.is_not(None), MedOrder.doctor_at.is_(None), MedOrder.status != "cancelled"
    )
    courses = order_rows(
        reader,
        MedOrder.status == "checked",
        MedOrder.kind == LONG,
        MedOrder.ends > reader.now,
        MedOrder.ends <= soon,
    )
    tested = _tests(reader)
    to_test = _to_test(reader, tested)
    prescriptions = called(reader, ending(reader))
    concerned = {row.resident for row in (*waiting, *unsigned, *courses, *to_test)}
    concerned |= {test.resident for test in tested} | {paper.resident for paper in prescriptions}
    people = people_of(reader, concerned)
    return OrderWorkSheet(
        to_check=tuple(sorted(_of(waiting, people, here), key=_by_bed)),
        to_sign=tuple(sorted(_of(unsigned, people), key=lambda one: one.order.unsigned_by or reader.now)),
        ending=tuple(
            sorted(
                (*_courses(reader, _of(courses, people, here)), *_papers(prescriptions, people, here)),
                key=lambda one: one.ends,
            )
        ),
        skin_tests=tuple(_skin_rows(reader, tested, to_test, people)),
        read_tests=tuple(_read_rows(reader, tested, people)),
        reviews=review_rows(reader),
    )


def _of(
    rows: list[OrderRow], people: dict[UUID, Person], here: set[UUID] | None = None
) -> tuple[WorkRow, ...]:
    return tuple(
        WorkRow(people[row.resident], row)
        for row in rows
        if row.resident in people and (here is None or row.resident in here)
    )


def _by_bed(row: WorkRow) -> Any:
    return (not row.person.bed, in_order(row.person.bed), row.person.name, row.order.number)


def _here(reader: Reader) -> set[UUID]:
    return set(reader.session.scalars(select(Stay.resident).where(in_house())))


def _tests(reader: Reader) -> list[SkinTest]:
    """The latest test of each resident and medicine."""
    statement = select(SkinTest).where(SkinTest.current, SkinTest.state != "retracted").order_by(SkinTest.at)
    return list({(row.resident, row.drug): row for row in reader.session.scalars(statement)}.values())


def _to_test(reader: Reader, tested: list[SkinTest]) -> list[OrderRow]:
    """Running orders of medicines that are tested first, for which no test was made."""
    known = {(row.resident, row.drug) for row in tested}
    codes = [one.code for one in drug_list(reader.session).by_code.values() if one.skin_test]
    wanted = MedOrder.status.in_(("issued", "checked", "paused"))
    rows = order_rows(reader, wanted, MedOrder.drug.in_(codes))
    return [row for row in rows if row.runs and row.skin_test and (row.resident, row.drug) not in known]


def _skin_rows(
    reader: Reader, tested: list[SkinTest], to_test: list[OrderRow], people: dict[UUID, Person]
) -> list[SkinRow]:
    rows = [_skin_row(reader, row, people[row.resident]) for row in tested if not row.result]
    first = {(row.resident, row.drug): row for row in reversed(to_test)}
    rows += [
        SkinRow(row.seen.rid, people[row.resident], row.drug, row.words, row.seen.rid)
        for row in first.values()
    ]
    return rows


def _read_rows(reader: Reader, tested: list[SkinTest], people: dict[UUID, Person]) -> list[SkinRow]:
    """The newest first."""
    since = reader.now - READ_LATELY
    shown = [
        row for row in tested if row.result == POSITIVE or (row.result and (row.read_at or row.at) >= since)
    ]
    return [
        _skin_row(reader, row, people[row.resident]) for row in reversed(shown) if people[row.resident].here
    ]


def _skin_row(reader: Reader, row: SkinTest, person: Person) -> SkinRow:
    read_from = row.at + skin_test_after()
    return SkinRow(
        row.rid, person, row.drug, row.words, row.med_order, Seen(row.rid, row.revision),
        row.lot, row.at, read_from, not row.result and read_from <= reader.now, row.result, row.size,
    )  # fmt: skip


def _courses(reader: Reader, rows: tuple[WorkRow, ...]) -> list[EndingRow]:
    zone = reader.settings.zone
    return [
        EndingRow(
            one.order.seen.rid, one.person, "疗程", one.order.title, date_in(zone, one.order.ends), one.order
        )
        for one in rows
        if one.order.ends is not None
    ]


def _papers(rows: list[Prescription], people: dict[UUID, Person], here: set[UUID]) -> list[EndingRow]:
    return [
        EndingRow(
            row.rid, people[row.resident], WORDS[row.what], f"{row.number} {row.diagnosis}".strip(), row.ends
        )
        for row in rows
        if row.ends is not None and row.resident in here and row.resident in people
    ]  # fmt: skip
