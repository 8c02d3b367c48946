"""For tests of reconciliation: 李桂兰 back from hospital, her orders of before, and the acts in short words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.roles import Role
from app.medication.checking.questions import CheckForm
from app.medication.orders import OrderForm
from app.medication.orders.forms import Answered
from app.medication.reconciling import (
    Decide,
    Decision,
    ListDischarge,
    Listed,
    ReconcileRow,
    Reconciliation,
    ReconciliationOf,
)
from app.residents.stating import Seen
from db.models import Absence
from tests.app.medication.house import DAY, Ward, at, drug
from tests.support.acts import Look

__all__ = ["OUT", "Back", "item"]
OUT = DAY - timedelta(days=7)


def item(name: str, dose: str, frequency: str = "qd", **more: Any) -> Listed:
    """A line of the hospital's list."""
    return Listed(drug(name).title, drug=drug(name).code, dose=dose, frequency=frequency, **more)


class Back:
    """`ward`: the house; `go` lets 李桂兰 lie in hospital from `OUT` until today 06:30, with orders of before."""

    def __init__(self, ward: Ward) -> None:
        self.ward = ward
        self.orders: dict[str, UUID] = {}

    def go(self, *orders: tuple[str, str, str], hour: int = 6, minute: int = 30) -> Back:
        self.ward.put(5, 0, OUT)
        for name, amount, frequency in orders or (("阿托伐他汀", "20", "qd"), ("华法林", "2.5", "qd")):
            self.orders[name] = self.ward.order(name, amount, frequency).rid
        self.ward.put(hour, minute)
        self.ward.away("hospital", at(9, 0, OUT), at(hour, minute))
        return self

    @property
    def absence(self) -> UUID:
        found: UUID = self.ward.ask(
            Look(
                lambda reader: reader.session.scalar(
                    select(Absence.rid).where(Absence.current).order_by(Absence.ends.desc()).limit(1)
                )
            )
        )
        return found

    @property
    def now(self) -> Reconciliation:
        found = self.ward.ask(ReconciliationOf(self.ward.li))
        assert isinstance(found, Reconciliation)
        return found

    def row(self, name: str) -> ReconcileRow:
        return next(one for one in self.now.rows if name in one.words)

    def lists(self, *items: Listed, came_with: str = "list", seen: Seen | None = None) -> Seen:
        seen = seen or self.now.seen
        order = ListDischarge(self.ward.li, self.absence, came_with, items, "市第一人民医院", seen=seen)
        done: Seen = self.ward.do(order)
        return done

    def decide(self, name: str, decision: str, why: str = "", **more: Any) -> Decision:
        """By the row of a medicine; a nurse names 刘志远."""
        row, actor = self.row(name), self.ward.station.desk.actor
        doctor = {} if actor is not None and Role.DOCTOR in actor.roles else {"doctor_name": "刘志远"}
        about = {"order": row.order.rid} if row.order is not None else {"item": row.key}
        order = Decide(self.ward.li, self.absence, decision, why=why, **{**about, **doctor, **more})
        done: Decision = self.ward.do(order)
        return done

    def form(self, name: str, amount: str, frequency: str = "qd", **more: Any) -> OrderForm:
        """A transcribed order, with what the checks ask answered."""
        paper = {"doctor_name": "刘志远", "hospital": "市第一人民医院 出院医嘱", "origin": "hospital"}
        form = OrderForm(
            drug(name).code, {"way": "same", "amount": amount}, frequency=frequency, **(paper | more)
        )
        found = self.ward.ask(CheckForm(self.ward.li, form))
        answers = tuple(Answered(one.rule, "已问医师") for one in found if one.severity.needs_reason)
        return OrderForm(**{**form.__dict__, "answered": answers})
