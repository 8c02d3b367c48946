"""The orders of one resident, and everything about one order with its revisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.orders.entry_form import Typed, typed_again
from app.medication.queries.order_rows import OrderRow, order_rows
from app.medication.rules.regime import LONG, WHEN_NEEDED
from db.models import MedOrder


@dataclass(frozen=True)
class ResidentOrders:
    """Running orders in three groups, and with `over` those that are over, the latest first."""

    long: tuple[OrderRow, ...]
    once: tuple[OrderRow, ...]
    needed: tuple[OrderRow, ...]
    over: tuple[OrderRow, ...]
    hidden: int  # how many are over and were not asked for

    @property
    def running(self) -> tuple[OrderRow, ...]:
        return (*self.long, *self.once, *self.needed)

    @property
    def rows(self) -> tuple[OrderRow, ...]:
        return (*self.running, *self.over)


@dataclass(frozen=True)
class OrdersOf(Question[ResidentOrders]):
    """All orders of a resident; `over`: also those that are stopped, cancelled, done."""

    resident: UUID
    over: bool = True


@dataclass(frozen=True)
class OrderRevision:
    """One revision: who changed it, when, and what was done."""

    revision: int
    by: str
    recorded_at: datetime
    words: str


@dataclass(frozen=True)
class OrderFacts:
    """One order with the order it took the place of, the one that took its place, and its revisions."""

    row: OrderRow
    before: str  # number and words of the order it replaced
    after: str
    revisions: tuple[OrderRevision, ...]


@dataclass(frozen=True)
class OrderDetail(Question[OrderFacts]):
    """Everything about one order."""

    rid: UUID


@dataclass(frozen=True)
class OrderAgain(Question[Typed]):
    """An order as it would be typed: to be copied, or changed into another one."""

    rid: UUID


@answers(OrderAgain)
def order_again(reader: Reader, question: OrderAgain) -> Typed:
    """Its begin, its source and what was answered to the checks are said anew."""
    reader.require(Right.READ_RESIDENTS)
    row = reader.session.scalar(select(MedOrder).where(MedOrder.rid == question.rid, MedOrder.current))
    if row is None:
        raise Refusal("没有这条医嘱。")
    return typed_again(row)


@answers(OrdersOf)
def orders_of_resident(reader: Reader, question: OrdersOf) -> ResidentOrders:
    reader.require(Right.READ_RESIDENTS)
    rows = order_rows(reader, MedOrder.resident == question.resident)
    running = [row for row in rows if row.runs]
    over = sorted((row for row in rows if not row.runs), key=_ended, reverse=True)
    return ResidentOrders(
        long=tuple(row for row in running if row.kind == LONG),
        once=tuple(row for row in running if row.kind != LONG and row.kind not in WHEN_NEEDED),
        needed=tuple(row for row in running if row.kind in WHEN_NEEDED),
        over=tuple(over) if question.over else (),
        hidden=0 if question.over else len(over),
    )


@answers(OrderDetail)
def order_detail(reader: Reader, question: OrderDetail) -> OrderFacts:
    reader.require(Right.READ_RESIDENTS)
    rows = order_rows(reader, MedOrder.rid == question.rid)
    if not rows:
        raise Refusal("没有这条医嘱。")
    row, names = rows[0], author_names(reader)
    before = order_rows(reader, MedOrder.rid == row.replaces) if row.replaces else []
    after = order_rows(reader, MedOrder.replaces == row.seen.rid)
    revisions = reader.session.scalars(
        select(MedOrder)
        .where(MedOrder.rid == question.rid)
        .order_by(MedOrder.recorded_at.desc(), MedOrder.revision.desc())
    )
    return OrderFacts(
        row,
        _named(before),
        _named(after),
        tuple(
            OrderRevision(one.revision, names.get(one.author, "别的站点"), one.recorded_at, _done(one))
            for one in revisions
        ),
    )


def _done(row: MedOrder) -> str:
    if row.revision > 1:
        return row.reason or "更改"
    return "转抄医嘱" if row.source == "transcribed" else "开立医嘱"


def _named(rows: list[OrderRow]) -> str:
    return "；".join(f"{row.number} {row.words} {row.dose}" for row in rows)


def _ended(row: OrderRow) -> datetime:
    return row.ended_at or row.ends or row.begins
