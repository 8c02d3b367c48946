"""Rounds and visits as frozen rows: what was asked, what was found, what is still to be signed or written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader
from app.referrals.revising import Seen
from app.referrals.rounds.brief import Brief
from app.referrals.rounds.forms import VisitForm, form_of
from app.referrals.rules.rounds import WAYS, RoundState, state_of, waits
from db.models import DoctorRound, Referral, RoundVisit


@dataclass(frozen=True)
class AskedRow:
    """One question to the doctor."""

    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class LineRow:
    """A change of medicines: `waits` until an order was written, or `why` none is."""

    words: str
    waits: bool
    order: UUID | None = None
    why: str = ""
    by: str = ""


@dataclass(frozen=True)
class VisitRow:
    """What a doctor found in one resident. `referred`: a referral was begun since where one was advised."""

    seen: Seen
    round: UUID | None
    resident: UUID
    at: datetime
    doctor: str
    question: str
    form: VisitForm
    lines: tuple[LineRow, ...]
    doctor_at: datetime | None
    nurse_at: datetime | None
    drawn: Mapping[str, Any]
    referred: bool = False

    @property
    def waiting(self) -> int:
        """Changes of medicines that no order was written for."""
        return sum(one.waits for one in self.lines)

    @property
    def to_refer(self) -> bool:
        """建议转诊, and nobody began one."""
        return self.form.refers and not self.referred


@dataclass(frozen=True)
class RoundLine:
    """A round in a list. `people`: on its list or seen; counts of what was found, and of what is still owed."""

    seen: Seen
    number: str
    state: RoundState
    on: date
    at: datetime
    way: str
    doctor: str
    partner: str
    visitor: UUID | None
    staff: UUID | None
    partner_rid: UUID | None
    note: str
    arrived: datetime | None
    left: datetime | None
    next_on: date | None
    people: int
    visits: int
    problems: int
    referred: int
    unsigned: int
    uncosigned: int
    to_write: int
    late: bool

    @property
    def way_words(self) -> str:
        return WAYS.get(self.way, self.way)

    @property
    def who(self) -> str:
        """`欧阳志强 · 安和市中心医院`."""
        return " · ".join(part for part in (self.doctor, self.partner) if part)


@dataclass(frozen=True)
class PersonRow:
    """Somebody on a round: what was asked, how they are, what was found. `record`: the rid a visit has or will have."""

    resident: UUID
    record: UUID
    name: str
    bed: str
    asked: tuple[AskedRow, ...]
    brief: Brief
    visit: VisitRow | None

    @property
    def question(self) -> str:
        return "；".join(one.words for one in self.asked) or (self.visit.question if self.visit else "")


def round_line(row: DoctorRound, visits: Iterable[RoundVisit], today: date) -> RoundLine:
    made = list(visits)
    state = state_of(row.status, left=row.left is not None)
    people = {one["resident"] for one in row.asked.get("all", ())} | {str(one.resident) for one in made}
    return RoundLine(
        seen=Seen(row.rid, row.revision),
        number=row.number,
        state=state,
        on=row.planned_on,
        at=row.at,
        way=row.way,
        doctor=row.doctor_name,
        partner=row.partner_words,
        visitor=row.visitor,
        staff=row.staff,
        partner_rid=row.partner,
        note=row.note,
        arrived=row.arrived,
        left=row.left,
        next_on=row.next_on,
        people=len(people),
        visits=len(made),
        problems=sum(one.problem for one in made),
        referred=sum(one.refer for one in made),
        unsigned=sum(one.doctor_at is None for one in made),
        uncosigned=sum(one.doctor_at is not None and one.nurse_at is None for one in made),
        to_write=sum(waits(line) for one in made for line in one.orders.get("all", ())),
        late=state is RoundState.PLANNED and row.planned_on < today,
    )


def visit_row(row: RoundVisit, referred: Mapping[UUID, datetime]) -> VisitRow:
    """`referred`: when each resident's last referral was begun."""
    begun = referred.get(row.resident)
    return VisitRow(
        seen=Seen(row.rid, row.revision),
        round=row.doctor_round,
        resident=row.resident,
        at=row.at,
        doctor=row.doctor_name,
        question=row.question,
        form=form_of(row),
        lines=tuple(line_row(one) for one in row.orders.get("all", ())),
        doctor_at=row.doctor_at,
        nurse_at=row.nurse_at,
        drawn=row.drawn,
        referred=begun is not None and begun >= row.at,
    )


def line_row(one: Mapping[str, Any]) -> LineRow:
    order = one.get("order")
    return LineRow(
        one["words"], waits(one), UUID(order) if order else None, one.get("why", ""), one.get("by_name", "")
    )


def asked_row(one: Mapping[str, Any]) -> AskedRow:
    return AskedRow(one["question"], one["by_name"], datetime.fromisoformat(one["at"]))


def last_referrals(reader: Reader, people: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the last referral of each that was not taken back was begun."""
    rows = reader.session.execute(
        select(Referral.resident, Referral.at)
        .where(
            Referral.resident.in_(list(people)),
            Referral.current,
            Referral.state != "retracted",
            Referral.status.not_in(("cancelled", "withdrawn")),
        )
        .order_by(Referral.at)
    )
    return dict(rows.all())
