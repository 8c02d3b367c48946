"""One resident's return: what is to be recorded, or what goes on of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.coming_back.belonging import Belonging, belonging, hospital_of
from app.referrals.coming_back.forms import LONG, ReturnForm
from app.referrals.coming_back.from_platform import PAPER, FromPlatform, from_platform
from app.referrals.coming_back.rows import ReturnRow, return_row
from app.referrals.rules.states import Status
from app.residents.queries.who import Named, named_residents
from app.residents.rules.stays import AT_HOME
from app.residents.stays.steps import here
from db.models import Absence, Referral, ReferralReturn

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
        return _to_record(reader, who, question.resident, known, needs_bed=needs_bed)
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


def _to_record(
    reader: Reader, who: Named, resident: UUID, known: Belonging, *, needs_bed: bool
) -> ReturnWhole:
    absence, row = known.absence, known.referral
    stage = ADMITTED if known.admitted is not None else BACK if known.back else AWAY
    hospital, sent = hospital_of(row, absence)
    offered = ReturnForm(
        hospital=hospital,
        department=row.department if row is not None and sent else "",
        **_from_there(reader, row),
    )
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


def _from_there(reader: Reader, row: Referral | None) -> dict[str, Any]:
    """What the hospital wrote at the platform, where it did: said of the return until somebody says otherwise."""
    if row is None:
        return {}
    written = [one for one in from_platform(reader, FromPlatform(row.rid)).papers if one.kind == PAPER]
    if not written:
        return {}
    text = "\n".join(f"{one.title}：{one.text}" if one.text else one.title for one in written)
    return {"came_with": "platform", "course": text[: LONG["course"][1]]}


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
