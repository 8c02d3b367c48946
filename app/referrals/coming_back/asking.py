"""Questions about returns: one person's, everybody's that wait, how many; and the returns of a timeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from app.access.names import author_names
from app.core.errors import Refusal
from app.core.happened import Happened
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.coming_back.belonging import HOSPITAL, Belonging, belonging, recorded_absences, referral_of
from app.referrals.coming_back.forms import ReturnForm
from app.referrals.coming_back.lists import lists
from app.referrals.coming_back.rows import ReturnRow, return_row
from app.referrals.rules.returning import CAME_WITH
from app.referrals.rules.states import Status
from app.residents.queries.who import Named, named_residents
from app.residents.rules.stays import AT_HOME
from app.residents.stays.steps import here
from app.residents.which_stay import in_house
from db.models import Absence, Referral, ReferralReturn, Stay

BLANK = ReturnForm()
AWAY, BACK, ADMITTED, RECORDED, NOTHING = "away", "back", "admitted", "recorded", "nothing"


@dataclass(frozen=True)
class Sent:
    """The referral somebody came back from."""

    rid: UUID
    revision: int
    number: str
    status: Status
    partner: str
    department: str


@dataclass(frozen=True)
class ReturnWhole:
    """A resident's return. `stage`: away (in hospital), back (返院未登记), admitted (new, from hospital), recorded,
    nothing (`why` says so). `left`, `back_at`: of the time in hospital; `offered` fills the form; `needs_bed`: they
    have none.
    """

    resident: UUID
    name: str
    bed: str
    stage: str
    why: str = ""
    left: datetime | None = None
    back_at: datetime | None = None
    offered: ReturnForm = BLANK
    needs_bed: bool = False
    sent: Sent | None = None
    row: ReturnRow | None = None


@dataclass(frozen=True)
class ReturnOf(Question[ReturnWhole]):
    """What is to be recorded or is going on of a resident; `record`: of one return, whatever came after it."""

    resident: UUID
    record: UUID | None = None


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


@answers(ReturnOf)
def return_of(reader: Reader, question: ReturnOf) -> ReturnWhole:
    reader.require(Right.READ_RESIDENTS)
    now = here(reader, question.resident)
    who = named_residents(reader, [question.resident]).get(question.resident, Named(now.resident.name, ""))
    try:
        known = belonging(reader, question.resident) if question.record is None else None
    except Refusal as refusal:
        known, why = None, refusal.text
    else:
        why = ""
    if known is not None and (known.admitted is None or _newest(reader, question) is None):
        stay = now.stay
        needs_bed = not known.back and stay is not None and stay.bed is None and stay.mode not in AT_HOME
        return _to_record(who, question.resident, known, needs_bed=needs_bed)
    row = _newest(reader, question)
    if row is None:
        return ReturnWhole(question.resident, who.name, who.bed, NOTHING, why)
    shown = return_row(reader, row)
    left = None
    if row.absence is not None:
        left = reader.session.scalar(
            select(Absence.begins).where(Absence.rid == row.absence, Absence.current)
        )
    return ReturnWhole(
        question.resident,
        who.name,
        who.bed,
        RECORDED,
        "",
        left,
        shown.at,
        shown.form,
        False,
        _sent(reader, row),
        shown,
    )


@answers(OpenReturns)
def open_returns(reader: Reader, _question: OpenReturns) -> tuple[OpenReturn, ...]:
    reader.require(Right.READ_RESIDENTS)
    asked = select(ReferralReturn).where(ReferralReturn.current, ReferralReturn.state != "retracted")
    shown = [return_row(reader, row, whole=False) for row in reader.session.scalars(asked)]
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


def _to_record(who: Named, resident: UUID, known: Belonging, *, needs_bed: bool) -> ReturnWhole:
    absence, row = known.absence, known.referral
    stage = ADMITTED if known.admitted is not None else BACK if known.back else AWAY
    hospital = row.partner_words if row is not None else absence.whither if absence is not None else ""
    offered = ReturnForm(hospital=hospital, department=row.department if row is not None else "")
    return ReturnWhole(
        resident=resident,
        name=who.name,
        bed=who.bed,
        stage=stage,
        left=absence.begins if absence is not None else None,
        back_at=absence.ends if absence is not None else known.admitted,
        offered=offered,
        needs_bed=needs_bed,
        sent=_told(row) if row is not None else None,
    )


def _newest(reader: Reader, question: ReturnOf) -> ReferralReturn | None:
    asked = select(ReferralReturn).where(
        ReferralReturn.resident == question.resident,
        ReferralReturn.current,
        ReferralReturn.state != "retracted",
    )
    if question.record is not None:
        asked = asked.where(ReferralReturn.rid == question.record)
    return reader.session.scalar(asked.order_by(ReferralReturn.at.desc()).limit(1))


def _sent(reader: Reader, row: ReferralReturn) -> Sent | None:
    if row.referral is None:
        return None
    found = reader.session.scalar(
        select(Referral).where(Referral.rid == row.referral, Referral.current).limit(1)
    )
    return _told(found) if found is not None else None


def _told(row: Referral) -> Sent:
    return Sent(row.rid, row.revision, row.number, Status(row.status), row.partner_words, row.department)


def _unregistered(reader: Reader) -> list[Absence]:
    """The last time away of each resident in the house, where it was in hospital, is over, and nobody said what came
    with them."""
    last = (
        select(Absence.resident, func.max(Absence.begins).label("begins"))
        .where(Absence.current, Absence.state != "retracted")
        .group_by(Absence.resident)
        .subquery()
    )
    asked = (
        select(Absence)
        .join(last, (last.c.resident == Absence.resident) & (last.c.begins == Absence.begins))
        .join(Stay, (Stay.rid == Absence.stay) & in_house())
        .where(
            Absence.current,
            Absence.state != "retracted",
            Absence.code == HOSPITAL,
            Absence.ends >= reader.now - lists().unregistered,
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
