"""What a return belongs to: the time in hospital it ends or ended, the referral that began it, or an admission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Reader
from app.referrals.coming_back.lists import lists
from app.referrals.moving.move import last_at, minute, standing_of
from app.referrals.rules.states import BEFORE, OUTSIDE, Status, refusal_of
from app.residents.rules.windows import When
from app.residents.stays.steps import Here, absences_of, here
from db.models import Absence, Referral, ReferralReturn

HOSPITAL = "hospital"


@dataclass(frozen=True)
class Belonging:
    """`about` names the return. `admitted`: since when somebody new is here, where there is no time in hospital."""

    name: str
    about: UUID
    absence: Absence | None = None
    referral: Referral | None = None
    admitted: datetime | None = None

    @property
    def back(self) -> bool:
        """Whether they are in the house already."""
        return self.absence is None or self.absence.ends is not None


def belonging(reader: Reader, resident: UUID) -> Belonging:
    """Refuses somebody on leave, somebody whose last return was recorded, and somebody who was in no hospital."""
    now = here(reader, resident)
    if now.away is not None and now.away.code != HOSPITAL:
        raise Refusal("老人登记为请假外出，没有登记住院。请先登记返院，或更正那条外出记录。")
    absence = now.away or unregistered(reader, now)
    referral = referral_of(reader, resident, absence)
    if absence is not None:
        return Belonging(now.resident.name, absence.rid, absence, referral)
    if referral is not None:
        return Belonging(now.resident.name, referral.rid, None, referral)
    if now.stay is not None and (admitted := _admitted(reader, now)) is not None:
        return Belonging(now.resident.name, now.stay.rid, None, None, admitted)
    raise Refusal("这位老人没有待登记的返院：没有住院记录，也不是这几天新入住。")


def unregistered(reader: Reader, now: Here) -> Absence | None:
    """The last time in hospital of this stay that is over, if no return was recorded of it, whatever leave followed;
    else one of before that an open referral waits for."""
    stay = now.stay
    if stay is None or stay.ends is not None:
        return None
    lay = [
        one
        for one in absences_of(reader, now.resident.rid)
        if one.code == HOSPITAL and one.ends is not None and one.stay == stay.rid
    ]
    recorded = recorded_absences(reader, resident=now.resident.rid)
    if lay and lay[-1].rid not in recorded:
        return lay[-1]
    awaited = {row.absence for row in _going(reader, now.resident.rid)}
    return next((one for one in reversed(lay) if one.rid in awaited and one.rid not in recorded), None)


def recorded_absences(reader: Reader, *, resident: UUID | None = None) -> frozenset[UUID]:
    """Times in hospital whose return was recorded."""
    asked = select(ReferralReturn.absence).where(
        ReferralReturn.current, ReferralReturn.state != "retracted", ReferralReturn.absence.is_not(None)
    )
    if resident is not None:
        asked = asked.where(ReferralReturn.resident == resident)
    return frozenset(one for one in reader.session.scalars(asked) if one is not None)


def referral_of(reader: Reader, resident: UUID, absence: Absence | None) -> Referral | None:
    """The referral this return ends: that of the time in hospital, else one that is outside and of no other time, else
    one whose departure nobody wrote down."""
    rows = _going(reader, resident)
    for row in rows:
        if absence is not None and row.absence == absence.rid:
            return row
    for row in rows:
        if Status(row.status) in OUTSIDE and (absence is None or row.absence is None):
            return row
        if absence is not None and _left_unsaid(row, absence):
            return row
    return None


def _going(reader: Reader, resident: UUID) -> list[Referral]:
    """What may be ended by a return, the newest first."""
    going = [one.value for one in (*OUTSIDE, *BEFORE, Status.NO_SHOW)]
    asked = select(Referral).where(
        Referral.resident == resident,
        Referral.current,
        Referral.state != "retracted",
        Referral.status.in_(going),
    )
    return list(reader.session.scalars(asked.order_by(Referral.at.desc())))


def hospital_of(row: Referral | None, absence: Absence | None) -> tuple[str, bool]:
    """Where they lay, and whether the referral sent them there. One that left with this time in hospital knows where
    they were moved on to; of any other what the time in hospital says stands first."""
    said = absence.whither if absence is not None else ""
    if row is None:
        return said, False
    if absence is not None and row.absence == absence.rid:
        return row.partner_words or said, True
    return said or row.partner_words, said in ("", row.partner_words)


def departure_of(row: Referral, absence: Absence) -> datetime:
    """When a referral nobody sent off left: with the time in hospital, and not before its last move."""
    last = last_at(row)
    begins = minute(absence.begins)
    return begins if last is None else max(begins, last)


def _left_unsaid(row: Referral, absence: Absence) -> bool:
    """Whether it is of this time in hospital, and may leave: a letter nobody finished, one begun long before or after
    it, and one that waits for an approval did not go with them."""
    if Status(row.status) not in BEFORE or not (row.impression and row.history):
        return False
    if row.at < absence.begins - lists().begun or (absence.ends is not None and absence.ends < row.at):
        return False
    return refusal_of(standing_of(row), Status.DEPARTED) is None


def _admitted(reader: Reader, now: Here) -> datetime | None:
    """Since when somebody new is here, if it is a matter of days and nothing was recorded yet."""
    stay = now.stay
    if stay is None or stay.ends is not None or stay.status != "in" or stay.begins is None:
        return None
    begins = When(stay.begins, 0).instant(reader.settings.zone)
    if begins < reader.now - lists().admitted:
        return None
    asked = select(ReferralReturn.rid).where(
        ReferralReturn.resident == now.resident.rid,
        ReferralReturn.current,
        ReferralReturn.state != "retracted",
        ReferralReturn.at >= begins,
    )
    return None if reader.session.scalar(asked.limit(1)) is not None else begins
