"""What rounds leave to be done: orders to be written, referrals advised, signatures, rounds to be planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from app.core.clock import date_in
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.lists import frequency_words
from app.medication.rules.dosing import dosing_words
from app.referrals.queries.partner_choice import holding
from app.referrals.rounds.asking import Rounds, rounds
from app.referrals.rounds.lists import lists
from app.referrals.rounds.rows import RoundLine, last_referrals, line_row
from app.referrals.rules.rounds import Due, RoundState, due, waits
from app.residents.queries.who import Named, named_residents
from app.residents.which_stay import in_house
from db.models import DoctorRound, MedOrder, Partner, RoundVisit, Stay

LONG_AGO = timedelta(days=60)
"""What was advised before is no work any more."""


@dataclass(frozen=True)
class ToWrite:
    """A change of medicines that no order was written for. `said_by`: the doctor; `signed`: they signed it."""

    visit: UUID
    resident: UUID
    name: str
    bed: str
    at: datetime
    said_by: str
    words: str
    signed: bool
    round: UUID | None


@dataclass(frozen=True)
class WrittenOrder:
    """An order that may be the one that was written for a line."""

    rid: UUID
    number: str
    words: str


@dataclass(frozen=True)
class OrdersWritten(Question[tuple[WrittenOrder, ...]]):
    """Orders of the resident of a visit that were written or ended since it, the newest first; those that are linked
    already come last."""

    visit: UUID


@dataclass(frozen=True)
class ToRefer:
    """A referral a doctor advised and nobody began."""

    visit: UUID
    resident: UUID
    name: str
    bed: str
    at: datetime
    said_by: str
    words: str


@dataclass(frozen=True)
class RoundDue:
    """When a partner's doctor is to come again, by the agreement."""

    partner: UUID
    partner_name: str
    every: int
    due: Due
    last: date | None
    wants_planning: bool


@dataclass(frozen=True)
class RoundWork:
    """Everything that rounds leave to be done today."""

    today: tuple[RoundLine, ...]
    late: tuple[RoundLine, ...]
    unsigned: tuple[RoundLine, ...]
    to_write: tuple[ToWrite, ...]
    to_refer: tuple[ToRefer, ...]
    due: tuple[RoundDue, ...]

    @property
    def count(self) -> int:
        due_now = sum(one.wants_planning for one in self.due)
        return (
            len(self.today)
            + len(self.late)
            + len(self.unsigned)
            + len(self.to_write)
            + len(self.to_refer)
            + due_now
        )


@dataclass(frozen=True)
class RoundWorkNow(Question[RoundWork]):
    """What waits."""


@dataclass(frozen=True)
class CountRoundWork(Question[int]):
    """How much of it."""


@dataclass(frozen=True)
class RoundsDue(Question[tuple[RoundDue, ...]]):
    """The next round of every partner whose agreement says how often, the most urgent first."""


@answers(OrdersWritten)
def orders_written(reader: Reader, question: OrdersWritten) -> tuple[WrittenOrder, ...]:
    reader.require(Right.READ_RESIDENTS)
    row = reader.session.scalar(
        select(RoundVisit).where(RoundVisit.rid == question.visit, RoundVisit.current).limit(1)
    )
    if row is None:
        return ()
    taken = {
        line["order"]
        for one in _recent(reader, row.resident)
        for line in one.orders.get("all", ())
        if line.get("order")
    }
    found = reader.session.scalars(
        select(MedOrder)
        .where(
            MedOrder.resident == row.resident,
            MedOrder.current,
            MedOrder.state != "retracted",
            or_(MedOrder.recorded_at >= row.at, MedOrder.ended_at >= row.at),
        )
        .order_by(MedOrder.recorded_at.desc())
    ).all()
    free = sorted(found, key=lambda one: str(one.rid) in taken)
    return tuple(WrittenOrder(one.rid, one.number, _order_words(one)) for one in free)


@answers(RoundsDue)
def rounds_due(reader: Reader, _question: RoundsDue) -> tuple[RoundDue, ...]:
    reader.require(Right.READ_RESIDENTS)
    found = []
    for partner, agreements in holding(reader, reader.today).items():
        each = [one for one in agreements if int(one.terms.get("visit_days") or 0) > 0]
        if not each:
            continue
        every = min(int(one.terms["visit_days"]) for one in each)
        held, planned = _days(reader, partner)
        when = due(every, min(one.begins for one in each), held, planned)
        row = reader.session.scalar(select(Partner).where(Partner.rid == partner, Partner.current).limit(1))
        if row is not None and (row.ended_on is None or row.ended_on > reader.today):
            wants = when.wants_planning(reader.today, lists().remind)
            found.append(RoundDue(partner, row.name, every, when, max(held, default=None), wants))
    return tuple(sorted(found, key=lambda one: (one.due.planned is not None, one.due.on, one.partner_name)))


@answers(RoundWorkNow)
def round_work(reader: Reader, _question: RoundWorkNow) -> RoundWork:
    reader.require(Right.READ_RESIDENTS)
    lines = rounds(reader, Rounds())
    opened = [one for one in lines if one.state.open]
    return RoundWork(
        today=tuple(one for one in opened if not one.late and one.on <= reader.today),
        late=tuple(one for one in opened if one.late),
        unsigned=tuple(
            one for one in lines if one.state is RoundState.HELD and (one.unsigned or one.uncosigned)
        ),
        to_write=_to_write(reader),
        to_refer=_to_refer(reader),
        due=rounds_due(reader, RoundsDue()),
    )


@answers(CountRoundWork)
def count_round_work(reader: Reader, _question: CountRoundWork) -> int:
    return round_work(reader, RoundWorkNow()).count


def _to_write(reader: Reader) -> tuple[ToWrite, ...]:
    """待转医嘱, the oldest first."""
    rows = [one for one in _recent(reader, None) if any(map(waits, one.orders.get("all", ())))]
    who = named_residents(reader, {one.resident for one in rows})
    return tuple(
        ToWrite(
            row.rid, row.resident, *_named(who.get(row.resident)), row.at, row.doctor_name, line.words,
            row.doctor_at is not None, row.doctor_round,
        )
        for row in rows
        for line in map(line_row, row.orders.get("all", ()))
        if line.waits
    )  # fmt: skip


def _to_refer(reader: Reader) -> tuple[ToRefer, ...]:
    """Of whoever still lives here, the latest visit that advised it."""
    rows = {one.resident: one for one in _recent(reader, None) if one.refer}
    referred, who = last_referrals(reader, rows), named_residents(reader, rows)
    here = set(reader.session.scalars(select(Stay.resident).where(in_house(), Stay.resident.in_(list(rows)))))
    return tuple(
        ToRefer(row.rid, rid, *_named(who.get(rid)), row.at, row.doctor_name, row.content.get("refer", ""))
        for rid, row in rows.items()
        if rid in here and (rid not in referred or referred[rid] < row.at)
    )


def _recent(reader: Reader, resident: UUID | None) -> list[RoundVisit]:
    statement = select(RoundVisit).where(
        RoundVisit.at >= reader.now - LONG_AGO, RoundVisit.current, RoundVisit.state != "retracted"
    )
    if resident is not None:
        statement = statement.where(RoundVisit.resident == resident)
    return list(reader.session.scalars(statement.order_by(RoundVisit.at)))


def _days(reader: Reader, partner: UUID) -> tuple[list[date], list[date]]:
    """The days on which a partner's rounds were held, and those that are planned from today on."""
    rows = reader.session.scalars(
        select(DoctorRound).where(
            DoctorRound.partner == partner, DoctorRound.current, DoctorRound.state != "retracted"
        )
    ).all()
    zone = reader.settings.zone
    held = [date_in(zone, one.at) for one in rows if one.status == "held"]
    planned = [one.planned_on for one in rows if one.status == "planned" and one.planned_on >= reader.today]
    return held, planned


def _order_words(row: MedOrder) -> str:
    parts = (row.words, dosing_words(row.dosing, row.dose_unit), frequency_words(row.frequency))
    said = " ".join(part for part in parts if part)
    return f"停止 {row.words}：{row.ended_why}" if row.ended_at is not None else said


def _named(who: Named | None) -> tuple[str, str]:
    return (who.name, who.bed) if who is not None else ("", "")
