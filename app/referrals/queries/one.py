"""One referral whole: what it says in words and raw, its moves with struck ones, what may follow, what is owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.access.names import author_names
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.around.calling import HANDED, HandOver, Script
from app.referrals.around.resuscitated import resuscitation_of, said_not_done
from app.referrals.around.telling import ANSWERS
from app.referrals.coming_back.from_platform import state_there
from app.referrals.moving.before import asked_by
from app.referrals.moving.move import consented, is_decision, standing_moves, standing_of
from app.referrals.queries.one_rows import (
    CARE,
    Approval,
    ConsentLine,
    MoveLine,
    ReferralRow,
    Struck,
    TimeLine,
    ToldLine,
)
from app.referrals.queries.rows import ReferralLine, line_of, standing_rows, statement
from app.referrals.rules.acts import Situation, acts_of
from app.referrals.rules.green_times import GREEN_TIMES
from app.referrals.rules.legs import legs_of
from app.referrals.rules.states import Status
from app.referrals.writing.forms import SBAR, TEXTS, ReferralForm
from db.models import Referral

_NOT_STRUCK = frozenset({Status.RETURNED, Status.ASSESSED})
__all__ = [
    "CARE",
    "Approval",
    "ConsentLine",
    "MoveLine",
    "ReferralById",
    "ReferralRow",
    "Struck",
    "TimeLine",
    "ToldLine",
    "form_of",
    "referral_by_id",
]


@dataclass(frozen=True)
class ReferralById(Question[ReferralRow]):
    """One referral by its identity."""

    rid: UUID


@answers(ReferralById)
def referral_by_id(reader: Reader, question: ReferralById) -> ReferralRow:
    """Refuses one that is not here."""
    reader.require(Right.READ_RESIDENTS)
    rows = standing_rows(reader, statement().where(Referral.rid == question.rid))
    if not rows:
        raise Refusal("没有这份转诊。")
    found, divided = rows[0]
    row = found[0]
    line = line_of(reader, found, divided=divided)
    return ReferralRow(
        line=line,
        form=form_of(row),
        texts=tuple((title, getattr(row, name)) for name, (title, _longest) in TEXTS.items()),
        sbar=tuple((key, title, row.sbar.get(key, "")) for key, title in SBAR.items()),
        criteria=tuple(row.criteria.get("all", ())),
        attachments=tuple(row.attachments.get("all", ())),
        consent=_consent(row),
        consent_by=None if consented(row) else row.consent_by,
        approval=_approval(row),
        approval_by=None if row.approval else row.approval_by,
        family=tuple(_told(one) for one in row.family.get("all", ())),
        script=Script(**row.call["script"]) if row.call.get("script") else None,
        hand_over=_hand_over(row),
        handed_over_by=str(row.call.get("hand_over", {}).get("by_name", "")),
        times=_times(row),
        more_times={name: at for name in ("handed_over",) if (at := _instant(row.times.get(name)))},
        legs=legs_of(standing_moves(row), row.partner_words, row.times),
        moves=tuple(_move(one) for one in row.moves.get("all", ())),
        acts=acts_of(_situation(reader, row, line)),
        receiver=row.receiver,
        booking=row.booking,
        care=CARE.get(row.care, ""),
        doctor_name=row.doctor_name,
        begun_by=_begun_by(reader, row),
        due=row.due,
        bed_until=_kept(found[3], row),
        absence=row.absence,
        escort=row.escort,
        belongings=tuple(row.belongings),
        platform=state_there(reader, row),
    )


def form_of(row: Referral) -> ReferralForm:
    """The content of a referral as it is changed."""
    return ReferralForm(
        urgency=row.urgency,
        **{name: getattr(row, name) for name in TEXTS},
        cause=row.cause,
        criteria=tuple(row.criteria.get("all", ())),
        sbar=dict(row.sbar),
        green=row.green,
        partner=row.partner,
        partner_words=row.partner_words,
        department=row.department,
        receiver=row.receiver,
        doctor=row.doctor,
        doctor_name=row.doctor_name,
        attachments=tuple(row.attachments.get("all", ())),
        belongings=tuple(row.belongings),
        escort=dict(row.escort),
        call=dict(row.call),
    )


def _situation(reader: Reader, row: Referral, line: ReferralLine) -> Situation:
    moves = standing_moves(row)
    return Situation(
        standing_of(row),
        may_refer=reader.actor.may(Right.REFER),
        may_approve=reader.actor.may(Right.APPROVE_REFERRALS),
        own=reader.actor.rid in asked_by(reader, row),
        back=line.back,
        approval_owed=row.approval_by is not None and not row.approval,
        decided=bool(moves) and is_decision(row, moves[-1]),
        strikes=bool(moves) and Status(moves[-1]["to"]) not in _NOT_STRUCK,
    )


def _begun_by(reader: Reader, row: Referral) -> str:
    return author_names(reader).get(row.author, "")


def _consent(row: Referral) -> ConsentLine | None:
    if row.consent_at is None:
        return None
    said = row.consent
    return ConsentLine(
        name=said.get("name", ""),
        relation=said.get("relation", ""),
        agreed=bool(said.get("agreed")),
        words=said.get("words", ""),
        on_paper=bool(said.get("on_paper")),
        drawn=said.get("drawn") or {},
        told_by=said.get("told_by", ""),
        at=row.consent_at,
    )


def _approval(row: Referral) -> Approval | None:
    said = row.approval
    if not said:
        return None
    return Approval(said["by_name"], datetime.fromisoformat(said["at"]), said.get("words", ""))


def _told(said: Mapping[str, Any]) -> ToldLine:
    return ToldLine(
        name=said["name"],
        relation=said.get("relation", ""),
        phone=said.get("phone", ""),
        at=datetime.fromisoformat(said["at"]),
        answer=ANSWERS.get(said["answer"], said["answer"]),
        words=said.get("words", ""),
        by_name=said.get("by_name", ""),
    )


def _hand_over(row: Referral) -> HandOver | None:
    said = row.call.get("hand_over")
    if not said:
        return None
    cpr = said.get("cpr", {})
    texts = {name: said.get(name, "") for name in HANDED}
    items = tuple(said.get("items", ()))
    return HandOver(**texts, items=items, cpr=resuscitation_of(cpr), no_cpr=said_not_done(cpr))


def _times(row: Referral) -> tuple[TimeLine, ...]:
    return tuple(
        TimeLine(code, words, _instant(row.times.get(code)), str(row.times.get(f"{code}_whom", "")))
        for code, words in GREEN_TIMES.items()
    )


def _instant(said: Any) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _move(said: Mapping[str, Any]) -> MoveLine:
    struck = said.get("taken_back")
    return MoveLine(
        to=Status(said["to"]),
        came_from=Status(said["from"]),
        at=datetime.fromisoformat(said["at"]),
        recorded_at=datetime.fromisoformat(said["recorded_at"]),
        by_name=said.get("by_name", ""),
        reason=said.get("reason", ""),
        source=said.get("source", "manual"),
        struck=Struck(struck["by_name"], datetime.fromisoformat(struck["at"]), struck["why"])
        if struck
        else None,
    )


def _kept(away: Any, row: Referral) -> date | None:
    """Until when the bed is kept, as the time in hospital says now."""
    if away is None:
        return row.bed_until
    kept: date | None = away.keep_until if away.bed_kept else None
    return kept
