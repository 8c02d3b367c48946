"""A small house for tests of medication: two residents, a doctor who orders, nurses who check and give, a clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.access.queries import ActorByNumber
from app.compose import Station
from app.core.roles import Role
from app.medication.checking.questions import CheckForm
from app.medication.drugs.catalogue import drugs
from app.medication.giving import Give, GiveAll, Given, NotGiven, Said
from app.medication.orders import Answered, CheckOrders, Issued, IssueOrders, OrderForm
from app.medication.queries import RoundBoard, RoundSheet, SlotRow
from app.medication.rules.drug import Drug
from app.residents.stating import Seen
from app.vitals.rules import Measured
from app.vitals.service import RecordSet
from tests.app.care.house import DAY, Home, at, furnished
from tests.support.station import PASSWORD, PEOPLE

__all__ = ["DAY", "Ward", "at", "drug", "ward_of"]


def drug(name: str, form: str = "", strength: str = "") -> Drug:
    """The first medicine of the list with this name (and form, and strength)."""
    for one in drugs().values():
        if one.name == name and form in one.form and (not strength or str(one.strength) == strength):
            return one
    raise LookupError(name)


@dataclass
class Ward:
    """`home` is the house of the care tests; `become` changes who acts."""

    home: Home

    @property
    def station(self) -> Station:
        return self.home.station

    @property
    def li(self) -> UUID:
        return self.home.li

    @property
    def wang(self) -> UUID:
        return self.home.wang

    def become(self, role: Role) -> None:
        actor = self.station.ask_as_nobody(ActorByNumber(PEOPLE[role].number))
        assert actor is not None
        self.station.desk.actor = actor

    def put(self, hour: int, minute: int = 0, day: date = DAY) -> None:
        self.home.put(hour, minute, day)

    def do(self, order: Any) -> Any:
        return self.station.desk.do_now(order)

    def ask(self, question: Any) -> Any:
        return self.station.desk.ask_now(question)

    def proof(self, role: Role) -> Any:
        return self.station.prove(PEOPLE[role].number, PASSWORD)

    def issue(
        self, *forms: OrderForm, resident: UUID | None = None, checked: bool = True, grave: bool = False
    ) -> tuple[Issued, ...]:
        """The doctor issues orders and the head nurse checks them; whoever acted before acts again."""
        before = self.station.desk.actor
        self.become(Role.DOCTOR)
        second = self.proof(Role.HEAD_NURSE) if grave else None
        order = IssueOrders(resident or self.li, forms, self.proof(Role.DOCTOR), second)
        issued: tuple[Issued, ...] = self.do(order)
        if checked:
            self.become(Role.HEAD_NURSE)
            self.do(CheckOrders(tuple(Seen(one.rid, 1) for one in issued)))
        self.station.desk.actor = before
        return issued

    def order(
        self, name: str, amount: str, frequency: str = "qd", *, checked: bool = True, **more: Any
    ) -> Issued:
        """One long order of a medicine by its name: `order("氨氯地平", "5")`. What the checks ask is answered."""
        resident = more.pop("resident", None)
        form = OrderForm(
            drug(name).code,
            more.pop("dosing", {"way": "same", "amount": amount}),
            frequency=frequency,
            **more,
        )
        found = self.ask(CheckForm(resident or self.li, form))
        asked = tuple(
            Answered(one.rule, "已评估，获益大于风险") for one in found if one.severity.needs_reason
        )
        grave = any(one.severity.needs_second for one in found)
        return self.issue(replace(form, answered=asked), resident=resident, checked=checked, grave=grave)[0]

    def board(self, day: date | None = None) -> RoundSheet:
        sheet: RoundSheet = self.ask(RoundBoard(None, day))
        return sheet

    def slots(self, day: date | None = None, resident: UUID | None = None) -> tuple[SlotRow, ...]:
        return tuple(one for one in self.board(day).slots if one.resident == (resident or self.li))

    def slot(self, name: str, words: str = "", day: date | None = None) -> SlotRow:
        """The slot at a time: `slot("08:00", "氨氯地平")`."""
        return next(one for one in self.slots(day) if one.key[2] == name and words in one.words)

    def give(self, slot: SlotRow, **said: Any) -> Seen:
        seen: Seen = self.do(Give(slot.key, Said(**said)))
        return seen

    def give_all(self, *slots: SlotRow) -> Given:
        given: Given = self.do(GiveAll(tuple(one.key for one in slots)))
        return given

    def not_given(self, slot: SlotRow, number: int, note: str = "") -> Seen:
        seen: Seen = self.do(NotGiven(slot.key, number, note))
        return seen

    def measure(self, code: str, value: str, resident: UUID | None = None) -> None:
        """A vital sign, measured now: `measure("blood_pressure", "96/58")`."""
        first, _, second = value.partition("/")
        measured = Measured(code, float(first), float(second) if second else None, confirmed=True)
        self.do(RecordSet(resident or self.li, self.station.clock.now(), (measured,)))

    def away(
        self, code: str, begins: datetime, ends: datetime | None = None, who: UUID | None = None
    ) -> None:
        self.home.away(code, begins, ends, who)


def ward_of(station: Station) -> Iterator[Ward]:
    """The house at 06:00, with the nurse at the desk."""
    for home in furnished(station):
        ward = Ward(home)
        ward.become(Role.NURSE)
        yield ward
