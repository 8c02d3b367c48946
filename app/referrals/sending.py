"""A referral is written and sent in one act: content, times, whom was told, consent, and the move that sends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.unit import Unit
from app.referrals.around.consent import Consent, StateReferralConsent, state_consent
from app.referrals.around.green import NoteTime, StartGreenChannel, note_time, start_green_channel
from app.referrals.around.telling import TellFamily, Told, tell_family
from app.referrals.moving.before import AskApproval, SubmitReferral, ask_approval, submit
from app.referrals.revising import Seen, standing
from app.referrals.writing.begin import (
    BeginReferral,
    Begun,
    ChangeReferral,
    begin_referral,
    change_referral,
)
from app.referrals.writing.forms import ReferralForm, check_referral
from db.models import Referral

KEEP, ASK, SUBMIT = "keep", "ask", "submit"
"""What becomes of it: a draft others see, 待审核, 已提交."""


@dataclass(frozen=True)
class Noted:
    """One time of GREEN_TIMES."""

    what: str
    at: datetime
    who: str = ""


@dataclass(frozen=True)
class Around:
    """What was done beside the writing, before there was a record to note it in. `started`: the green channel."""

    started: datetime | None = None
    times: tuple[Noted, ...] = ()
    told: tuple[Told, ...] = ()
    consent: Consent | None = None


@dataclass(frozen=True)
class WriteReferral(Order[Begun]):
    """A new referral of `resident`, or other content of the one that was `seen`; `then`: KEEP, ASK or SUBMIT.

    All of it or nothing: what is printed afterwards is what stands in the file.
    """

    resident: UUID
    form: ReferralForm
    seen: Seen | None = None
    around: Around = Around()
    then: str = KEEP
    reason: str = ""


@performs(WriteReferral)
def write_referral(unit: Unit, order: WriteReferral) -> Begun:
    """Refuses what beginning, changing, noting and sending refuse; then nothing of it is written."""
    if order.then not in (KEEP, ASK, SUBMIT):
        raise Refusal("请选择要做什么。")
    if order.seen is None:
        begun = begin_referral(unit, BeginReferral(order.resident, order.form))
        seen, number = begun.referral, begun.number
    else:
        number = standing(unit, Referral, order.seen).number
        seen = order.seen
        if order.around == Around() or _changed(unit, order.seen, order.form):
            seen = change_referral(unit, ChangeReferral(order.seen, order.form, order.reason))
    seen = _note(unit, seen, order.around)
    if order.then == ASK:
        seen = ask_approval(unit, AskApproval(seen))
    elif order.then == SUBMIT:
        seen = submit(unit, SubmitReferral(seen))
    return Begun(seen, number)


def _changed(unit: Unit, seen: Seen, form: ReferralForm) -> bool:
    """Whether there is other content: a time may be added to a referral without writing it over."""
    row = standing(unit, Referral, seen)
    content = check_referral(unit, form)
    attached = content.pop("attachments")["all"]
    same = all(getattr(row, name) == value for name, value in content.items())
    return not same or row.attachments.get("all", []) != attached


def _note(unit: Unit, seen: Seen, around: Around) -> Seen:
    if around.started is not None and not standing(unit, Referral, seen).times.get("started"):
        seen = start_green_channel(unit, StartGreenChannel(seen, around.started))
    for one in around.times:
        seen = note_time(unit, NoteTime(seen, one.what, one.at, one.who))
    for line in around.told:
        seen = tell_family(unit, TellFamily(seen, line))
    if around.consent is not None:
        seen = state_consent(unit, StateReferralConsent(seen, around.consent))
    return seen
