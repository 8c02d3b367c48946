"""The running orders of a floor to go through, and when each floor was last gone through by two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.care.floors import FloorName, floors_of, lodgers
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.lists import review_every
from app.medication.queries.order_people import Person, people_of
from app.medication.queries.order_rows import OrderRow, order_rows
from db.models import MedOrder, OrderReview


@dataclass(frozen=True)
class WorkRow:
    """An order with whom it is for."""

    person: Person
    order: OrderRow


@dataclass(frozen=True)
class ReviewRow:
    """A floor: when it was last gone through, by whom, how many orders and what was wrong; `due_on` None: never yet."""

    floor: FloorName
    last_on: date | None
    by: str
    orders: int
    found: int
    due_on: date | None
    overdue: bool


@dataclass(frozen=True)
class FloorOrders(Question[tuple[WorkRow, ...]]):
    """Every order of a floor that runs or waits, as staff walk."""

    floor: UUID


@answers(FloorOrders)
def floor_orders(reader: Reader, question: FloorOrders) -> tuple[WorkRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    return floor_rows(reader, question.floor)


def review_rows(reader: Reader) -> tuple[ReviewRow, ...]:
    """The floors in their order."""
    statement = select(OrderReview).where(OrderReview.current, OrderReview.state != "retracted")
    latest = {row.floor: row for row in reader.session.scalars(statement.order_by(OrderReview.at))}
    names = author_names(reader)
    return tuple(_review_row(reader, floor, latest.get(floor.rid), names) for floor in floors_of(reader))


def floor_rows(reader: Reader, floor: UUID) -> tuple[WorkRow, ...]:
    """The orders of those who live there that are not over, by bed and number."""
    rids = [one.rid for one in lodgers(reader, floor, reader.today)]
    people = {rid: one for rid, one in people_of(reader, rids).items() if one.here}
    rows = order_rows(reader, MedOrder.resident.in_(list(people)), MedOrder.status != "cancelled")
    places = {rid: place for place, rid in enumerate(rids)}
    running = (WorkRow(people[row.resident], row) for row in rows if row.runs)
    return tuple(sorted(running, key=lambda one: (places[one.person.rid], one.order.number)))


def _review_row(
    reader: Reader, floor: FloorName, row: OrderReview | None, names: dict[UUID, str]
) -> ReviewRow:
    if row is None:
        return ReviewRow(floor, None, "", 0, 0, None, overdue=True)
    due = row.reviewed_on + timedelta(days=review_every())
    by = "、".join(names.get(one, "") for one in (row.author, row.second) if one is not None)
    return ReviewRow(floor, row.reviewed_on, by, row.orders, len(row.found), due, overdue=due < reader.today)
