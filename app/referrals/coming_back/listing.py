"""Who came back from hospital and of whom something waits, who lies there now, and the returns of a timeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.access.names import author_names
from app.core.happened import Happened
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.coming_back.around import around
from app.referrals.coming_back.belonging import HOSPITAL, recorded_absences, referral_of
from app.referrals.coming_back.lists import Paper, lists
from app.referrals.coming_back.rows import ReturnRow, return_row
from app.referrals.rules.returning import CAME_WITH, MISSING, OPEN, OWED
from app.referrals.rules.states import OUTSIDE
from app.residents.queries.who import Named, named_residents
from app.residents.which_stay import in_house
from db.models import Absence, Referral, ReferralReturn, Stay


@dataclass(frozen=True)
class OpenReturn:
    """Somebody who came back. Without `row` the return is not recorded: 返院未登记. `referral`: the one it ends."""

    resident: UUID
    name: str
    bed: str
    at: datetime
    hospital: str
    row: ReturnRow | None = None
    referral: UUID | None = None

    @property
    def late(self) -> bool:
        return self.row is not None and (
            self.row.late or (self.row.chase is not None and self.row.chase.late)
        )


@dataclass(frozen=True)
class OpenReturns(Question[tuple[OpenReturn, ...]]):
    """Everybody who came back and of whom something waits: the late first, then those not recorded, then by time."""


@dataclass(frozen=True)
class CountOpenReturns(Question[int]):
    """How many of them want somebody today: not recorded, not assessed, or papers to be asked for."""


@dataclass(frozen=True)
class InHospital(Question[tuple[OpenReturn, ...]]):
    """Everybody who lies in hospital now, the longest away first; `at` is when they left."""


@answers(OpenReturns)
def open_returns(reader: Reader, _question: OpenReturns) -> tuple[OpenReturn, ...]:
    reader.require(Right.READ_RESIDENTS)
    waiting = _waiting(reader)
    known = around(reader, waiting)
    shown = [return_row(reader, row, whole=False, known=known) for row in waiting]
    rows = [row for row in shown if not row.over]
    gone = _unregistered(reader)
    who = named_residents(reader, {*(row.resident for row in rows), *(one.resident for one in gone)})
    nobody = Named("", "")
    found = [
        OpenReturn(
            row.resident, *_named(who.get(row.resident, nobody)), row.at, row.form.hospital, row, row.referral
        )
        for row in rows
    ]
    found += [
        OpenReturn(
            one.resident,
            *_named(who.get(one.resident, nobody)),
            one.ends,
            one.whither,
            None,
            _referral(reader, one),
        )
        for one in gone
        if one.ends is not None
    ]
    return tuple(sorted(found, key=lambda one: (not one.late, one.row is not None, _due(one))))


@answers(CountOpenReturns)
def count_open_returns(reader: Reader, _question: CountOpenReturns) -> int:
    return sum(wants_somebody(reader, one) for one in open_returns(reader, OpenReturns()))


def wants_somebody(reader: Reader, one: OpenReturn) -> bool:
    """Not recorded, not assessed, or papers are to be asked for today."""
    row = one.row
    return row is None or row.assessed_at is None or (row.chase is not None and row.chase.on <= reader.today)


def happened(reader: Reader, resident: UUID, since: datetime, until: datetime) -> Iterator[Happened]:
    """Returns of a resident, and the end of their assessment, from one moment (included) to another (not)."""
    asked = select(ReferralReturn).where(
        ReferralReturn.resident == resident, ReferralReturn.current, ReferralReturn.state != "retracted"
    )
    names = author_names(reader)
    for row in reader.session.scalars(asked.order_by(ReferralReturn.at)):
        by = names.get(row.author, "")
        if since <= row.at < until:
            said = [row.hospital, row.diagnoses, f"回转依据：{CAME_WITH[row.came_with]}"]
            words = " · ".join(one for one in said if one)
            yield Happened(
                row.at, "referral_return", row.rid, "转诊", "返院回转", words, by, "info", "log-in"
            )
        if row.assessed_at is not None and since <= row.assessed_at < until:
            yield Happened(
                row.assessed_at,
                "referral_return",
                row.rid,
                "转诊",
                "返院评估完成",
                "",
                by,
                "ok",
                "clipboard-check",
            )


@answers(InHospital)
def in_hospital(reader: Reader, _question: InHospital) -> tuple[OpenReturn, ...]:
    reader.require(Right.READ_RESIDENTS)
    asked = (
        select(Absence)
        .join(Stay, (Stay.rid == Absence.stay) & in_house())
        .where(
            Absence.current, Absence.state != "retracted", Absence.code == HOSPITAL, Absence.ends.is_(None)
        )
    )
    rows = reader.session.scalars(asked.order_by(Absence.begins)).all()
    who = named_residents(reader, {one.resident for one in rows})
    return tuple(
        OpenReturn(one.resident, *_named(who.get(one.resident, Named("", ""))), one.begins, one.whither)
        for one in rows
    )


def _waiting(reader: Reader) -> list[ReferralReturn]:
    """Returns that are not assessed, and those of which a paper may be owed."""
    asked = select(ReferralReturn).where(
        ReferralReturn.current,
        ReferralReturn.state != "retracted",
        or_(ReferralReturn.assessed_at.is_(None), *(_owed(one) for one in lists().papers.values())),
    )
    return list(reader.session.scalars(asked))


def _owed(paper: Paper) -> ColumnElement[bool]:
    """As `paper_state` says it; the list of medicines may be here by the reconciliation, which is asked later."""
    said = func.coalesce(func.json_extract(ReferralReturn.papers, f'$."{paper.code}".state'), OPEN)
    if not paper.field or paper.field == "medicines":
        return said.in_(OWED)
    filled = getattr(ReferralReturn, paper.field) != ""
    return or_(said == MISSING, and_(said.in_(OWED), ~filled))


def _unregistered(reader: Reader) -> list[Absence]:
    """The last time in hospital of each resident in the house, where it is over and nobody said what came with them:
    for some time, or as long as a referral waits."""
    last = (
        select(Absence.resident, func.max(Absence.begins).label("begins"))
        .where(Absence.current, Absence.state != "retracted", Absence.code == HOSPITAL)
        .group_by(Absence.resident)
        .subquery()
    )
    awaited = select(Referral.absence).where(
        Referral.current,
        Referral.state != "retracted",
        Referral.absence.is_not(None),
        Referral.status.in_([one.value for one in OUTSIDE]),
    )
    asked = (
        select(Absence)
        .join(Stay, (Stay.rid == Absence.stay) & in_house())
        .join(last, last.c.resident == Absence.resident)
        .where(
            Absence.current,
            Absence.state != "retracted",
            Absence.code == HOSPITAL,
            Absence.ends.is_not(None),
            or_(
                and_(Absence.begins == last.c.begins, Absence.ends >= reader.now - lists().unregistered),
                Absence.rid.in_(awaited),
            ),
        )
    )
    recorded = recorded_absences(reader)
    return [one for one in reader.session.scalars(asked) if one.rid not in recorded]


def _referral(reader: Reader, absence: Absence) -> UUID | None:
    row = referral_of(reader, absence.resident, absence)
    return row.rid if row is not None else None


def _named(who: Named) -> tuple[str, str]:
    return who.name, who.bed


def _due(one: OpenReturn) -> datetime:
    return (one.row.due if one.row is not None else None) or one.at
