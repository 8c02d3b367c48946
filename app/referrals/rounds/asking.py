"""Questions about rounds: planned and held, one with its residents, one resident's, who may come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.partners import VisitingDoctors
from app.referrals.partners.asking import visiting_doctors
from app.referrals.rounds.brief import briefs, sign_words
from app.referrals.rounds.forms import DOCTOR, VisitForm
from app.referrals.rounds.lists import lists
from app.referrals.rounds.planning import next_planned
from app.referrals.rounds.rows import (
    PersonRow,
    RoundLine,
    VisitRow,
    asked_row,
    last_referrals,
    round_line,
    visit_row,
)
from app.referrals.rounds.signing import account_of
from app.referrals.rounds.visits import visit_rid
from app.referrals.rules.rounds import asked_of
from app.residents.queries.who import Named, named_residents
from app.vitals.queries.latest import latest_rows
from app.vitals.queries.of_person import person_of
from db.models import DoctorRound, RoundVisit, Staff

OFTEN = 60
"""So many rounds are listed: a year of weekly ones."""
_NOBODY = Named("", "")


@dataclass(frozen=True)
class Rounds(Question[tuple[RoundLine, ...]]):
    """Those that go on or are planned, the next first; then those that are over, the latest first."""

    most: int = OFTEN


@dataclass(frozen=True)
class RoundWhole:
    """A round with everybody on it, in the order of beds. `account`: of its doctor, who then signs by it."""

    line: RoundLine
    people: tuple[PersonRow, ...]
    account: UUID | None

    def person(self, resident: UUID) -> PersonRow | None:
        return next((one for one in self.people if one.resident == resident), None)


@dataclass(frozen=True)
class RoundById(Question[RoundWhole]):
    """One round."""

    rid: UUID


@dataclass(frozen=True)
class FillVisit(Question[VisitForm]):
    """A visit that is to be written: today's vital signs, and the complaint as it was asked."""

    round: UUID
    resident: UUID


@dataclass(frozen=True)
class RoundsOf:
    """What rounds say of a resident: visits, the newest first; whether they are on the list of the next round."""

    visits: tuple[VisitRow, ...]
    next: RoundLine | None
    asked: tuple[str, ...]


@dataclass(frozen=True)
class RoundsOfResident(Question[RoundsOf]):
    """For the chart."""

    resident: UUID
    most: int = 6


@dataclass(frozen=True)
class DoctorChoice:
    """Who may hold a round: a `visitor`, or `staff` of our own."""

    name: str
    words: str
    visitor: UUID | None
    staff: UUID | None
    partner: UUID | None


@dataclass(frozen=True)
class RoundDoctors(Question[tuple[DoctorChoice, ...]]):
    """Doctors who come, then our own."""


@answers(Rounds)
def rounds(reader: Reader, question: Rounds) -> tuple[RoundLine, ...]:
    reader.require(Right.READ_RESIDENTS)
    asked = select(DoctorRound).where(DoctorRound.current, DoctorRound.state != "retracted")
    rows = list(reader.session.scalars(asked.order_by(DoctorRound.at.desc()).limit(question.most)))
    made = _lines(reader, rows)
    opened = sorted((one for one in made if one.state.open), key=lambda one: (not one.arrived, one.at))
    return (*opened, *(one for one in made if not one.state.open))


@answers(RoundById)
def round_by_id(reader: Reader, question: RoundById) -> RoundWhole:
    """Refuses one that is gone; one that was cancelled is told."""
    reader.require(Right.READ_RESIDENTS)
    row = _row(reader, question.rid)
    visits = {one.resident: one for one in _visits(reader, [row.rid])}
    lines = list(row.asked.get("all", ()))
    people = list(dict.fromkeys([*(UUID(one["resident"]) for one in lines), *visits]))
    who = named_residents(reader, people)
    before = _last_seen(reader, people, row)
    default = row.at - timedelta(days=lists().changes)
    told = briefs(reader, {rid: before.get(rid, default) for rid in people})
    referred = last_referrals(reader, people)
    found = [
        PersonRow(
            rid, visit_rid(reader, row.rid, rid), *_named(who.get(rid, _NOBODY)),
            tuple(asked_row(one) for one in asked_of(lines, str(rid))), told[rid],
            visit_row(visits[rid], referred) if rid in visits else None,
        )
        for rid in people
    ]  # fmt: skip
    found.sort(key=lambda one: (not one.bed, one.bed, one.name))
    return RoundWhole(round_line(row, visits.values(), reader.today), tuple(found), account_of(reader, row))


@answers(FillVisit)
def fill_visit(reader: Reader, question: FillVisit) -> VisitForm:
    reader.require(Right.READ_RESIDENTS)
    row = _row(reader, question.round)
    since = reader.now - timedelta(hours=24)
    latest = [
        one
        for one in latest_rows(reader, question.resident, person_of(reader, question.resident))
        if one.at >= since
    ]
    asked = asked_of(row.asked.get("all", ()), str(question.resident))
    measured = tuple(
        {"code": one.code, "words": sign_words(one), "at": one.at.isoformat(), "record": str(one.rid)}
        for one in latest
    )
    words = "，".join(str(one["words"]) for one in measured)
    return VisitForm(complaint="；".join(one["question"] for one in asked), vitals=words, measured=measured)


@answers(RoundsOfResident)
def rounds_of_resident(reader: Reader, question: RoundsOfResident) -> RoundsOf:
    reader.require(Right.READ_RESIDENTS)
    visits = visits_of_resident(reader, question.resident, question.most)
    coming = next_planned(reader)
    if coming is None:
        return RoundsOf(visits, None, ())
    asked = asked_of(coming.asked.get("all", ()), str(question.resident))
    line = _lines(reader, [coming])[0]
    return RoundsOf(visits, line, tuple(one["question"] for one in asked))


@answers(RoundDoctors)
def round_doctors(reader: Reader, _question: RoundDoctors) -> tuple[DoctorChoice, ...]:
    reader.require(Right.READ_RESIDENTS)
    found = [
        DoctorChoice(
            one.form.name,
            " · ".join(part for part in (one.words, one.partner_name) if part),
            one.seen.rid,
            None,
            one.partner,
        )
        for one in visiting_doctors(reader, VisitingDoctors())
    ]
    known = {one.form.staff for one in visiting_doctors(reader, VisitingDoctors())}
    own = reader.session.scalars(
        select(Staff).where(Staff.active, Staff.profession == DOCTOR).order_by(Staff.number)
    )
    found += [
        DoctorChoice(one.name, f"{one.name} 本院", None, one.rid, None) for one in own if one.rid not in known
    ]
    return tuple(found)


def visits_of_resident(reader: Reader, resident: UUID, most: int) -> tuple[VisitRow, ...]:
    """On rounds, the newest first; those of a home bed are told by it."""
    rows = reader.session.scalars(
        select(RoundVisit)
        .where(
            RoundVisit.resident == resident,
            RoundVisit.doctor_round.is_not(None),
            RoundVisit.current,
            RoundVisit.state != "retracted",
        )
        .order_by(RoundVisit.at.desc())
        .limit(most)
    ).all()
    referred = last_referrals(reader, [resident])
    return tuple(visit_row(one, referred) for one in rows)


def _row(reader: Reader, rid: UUID) -> DoctorRound:
    row = reader.session.scalar(
        select(DoctorRound)
        .where(DoctorRound.rid == rid, DoctorRound.current)
        .order_by(DoctorRound.recorded_at.desc())
        .limit(1)
    )
    if row is None:
        raise Refusal("没有找到这次巡诊。")
    return row


def _visits(reader: Reader, rounds_asked: list[UUID]) -> list[RoundVisit]:
    return list(
        reader.session.scalars(
            select(RoundVisit)
            .where(
                RoundVisit.doctor_round.in_(rounds_asked), RoundVisit.current, RoundVisit.state != "retracted"
            )
            .order_by(RoundVisit.at)
        )
    )


def _lines(reader: Reader, rows: list[DoctorRound]) -> list[RoundLine]:
    found: dict[UUID | None, list[RoundVisit]] = {}
    for one in _visits(reader, [row.rid for row in rows]):
        found.setdefault(one.doctor_round, []).append(one)
    return [round_line(row, found.get(row.rid, ()), reader.today) for row in rows]


def _last_seen(reader: Reader, people: list[UUID], row: DoctorRound) -> dict[UUID, datetime]:
    """When each was last seen by a doctor on a round before this one."""
    rows = reader.session.execute(
        select(RoundVisit.resident, RoundVisit.at)
        .where(
            RoundVisit.resident.in_(people),
            RoundVisit.at < row.at,
            RoundVisit.doctor_round != row.rid,
            RoundVisit.current,
            RoundVisit.state != "retracted",
        )
        .order_by(RoundVisit.at)
    )
    return dict(rows.all())


def _named(who: Named) -> tuple[str, str]:
    return who.name, who.bed
