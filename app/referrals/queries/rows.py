"""One line of a list of referrals, and how it is read: who, where it stands, what it waits for and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, select

from app.core.unit import Reader
from app.referrals.coming_back.lists import lists
from app.referrals.coming_back.rows import return_row
from app.referrals.moving.move import consented, is_urgent, last_at
from app.referrals.revising import Seen
from app.referrals.rules.returning import HERE, NOT_NEEDED
from app.referrals.rules.states import Status
from app.referrals.rules.waiting import IN_TIME, Facts, Wait, waits_of
from app.referrals.times import times
from db.models import Absence, Place, Referral, ReferralReturn, Resident, Stay

URGENCIES = {"emergency": "急诊", "h48": "48 小时内", "elective": "择期"}


@dataclass(frozen=True)
class ReferralLine:
    """One referral as it stands. `moved_at`: when the last move was made; `waits`, the latest first; `back`: the time
    in hospital it began is over; `divided`: two stations went on with it, and the next change decides over both."""

    rid: UUID
    revision: int
    resident: UUID
    name: str
    resident_number: str
    sex: str
    birth_date: date | None
    bed: str
    number: str
    status: Status
    urgency: str
    green: bool
    urgent: bool
    cause: str
    impression: str
    partner: UUID | None
    partner_words: str
    department: str
    begun_at: datetime
    moved_at: datetime | None
    waits: tuple[Wait, ...]
    back: bool
    divided: bool

    @property
    def seen(self) -> Seen:
        return Seen(self.rid, self.revision)

    @property
    def late(self) -> int:
        return self.waits[0].late if self.waits else IN_TIME


def statement() -> Select[Any]:
    """Every referral that stands, with its resident, bed, time in hospital and return."""
    columns: tuple[Any, ...] = (Resident, Place.label, Absence, ReferralReturn)
    return (
        select(Referral, *columns)
        .join(Resident, Resident.rid == Referral.resident)
        .outerjoin(
            Stay,
            and_(
                Stay.resident == Referral.resident,
                Stay.current,
                Stay.state != "retracted",
                Stay.ends.is_(None),
            ),
        )
        .outerjoin(Place, Place.rid == Stay.bed)
        .outerjoin(
            Absence,
            and_(Absence.rid == Referral.absence, Absence.current, Absence.state != "retracted"),
        )
        .outerjoin(
            ReferralReturn,
            and_(
                ReferralReturn.referral == Referral.rid,
                ReferralReturn.current,
                ReferralReturn.state != "retracted",
            ),
        )
        .where(Referral.current, Referral.state != "retracted")
    )


Found = tuple[Referral, Resident, str | None, Absence | None, ReferralReturn | None]


def standing_rows(reader: Reader, asked: Select[Any]) -> list[tuple[Found, bool]]:
    """One of each referral in the order asked, and whether two stations went on with it. Of theirs the newest stands,
    where both have that revision our own."""
    station = reader.settings.station_number
    best: dict[UUID, Found] = {}
    told: dict[UUID, set[tuple[int, str]]] = {}
    for found in reader.session.execute(asked):
        row: Referral = found[0]
        told.setdefault(row.rid, set()).add((row.revision, row.station))
        before = best.get(row.rid)
        if before is None or _rank(row, station) > _rank(before[0], station):
            best[row.rid] = tuple(found)
    return [(found, len(told[rid]) > 1) for rid, found in best.items()]


def lines(reader: Reader, asked: Select[Any]) -> tuple[ReferralLine, ...]:
    """The lines of a statement made from `statement()`."""
    return tuple(line_of(reader, found, divided=divided) for found, divided in standing_rows(reader, asked))


def line_of(reader: Reader, found: Found, *, divided: bool) -> ReferralLine:
    row, resident, bed, away, back = found
    return ReferralLine(
        rid=row.rid,
        revision=row.revision,
        resident=row.resident,
        name=resident.name,
        resident_number=resident.number,
        sex=resident.sex,
        birth_date=resident.birth_date,
        bed=bed or "",
        number=row.number,
        status=Status(row.status),
        urgency=row.urgency,
        green=row.green,
        urgent=is_urgent(row),
        cause=row.cause,
        impression=row.impression,
        partner=row.partner,
        partner_words=row.partner_words,
        department=row.department,
        begun_at=row.at,
        moved_at=last_at(row),
        waits=waits_of(facts_of(reader, row, away, back), reader.now, reader.today, times().steps),
        back=away is not None and away.ends is not None,
        divided=divided,
    )


def facts_of(reader: Reader, row: Referral, away: Absence | None, back: ReferralReturn | None) -> Facts:
    """What waiting depends on. The bed is kept as the time in hospital says, which may have been changed since."""
    kept = away.keep_until if away is not None and away.bed_kept else None
    left = row.times.get("left")
    return Facts(
        status=Status(row.status),
        moved_at=last_at(row),
        due=row.due,
        approved=bool(row.approval),
        approval_by=row.approval_by,
        consented=consented(row),
        consent_by=row.consent_by,
        left=datetime.fromisoformat(left) if left else None,
        bed_until=kept if away is not None else row.bed_until,
        back=away is not None and away.ends is not None,
        assess_by=_assess_by(away, back) if back is not None and back.assessed_at is None else None,
        papers_on=None if Status(row.status).over else _papers_on(reader, back),
    )


def _papers_on(reader: Reader, back: ReferralReturn | None) -> date | None:
    """The day on which papers that are owed have to be asked for next, as the return itself says it."""
    if back is None or _all_said(back.papers):
        return None
    chase = return_row(reader, back, whole=False).chase
    return chase.on if chase is not None else None


def _all_said(papers: Mapping[str, Any]) -> bool:
    """Whether every paper is said to be here or not needed: then nothing has to be read."""
    return all(papers.get(code, {}).get("state") in (HERE, NOT_NEEDED) for code in lists().papers)


def _assess_by(away: Absence | None, back: ReferralReturn) -> datetime:
    """Until when they are assessed: it goes with the time of the return, which may have been set right since."""
    ends = away.ends if away is not None else None
    return back.assess_by + (ends - back.at) if ends is not None else back.assess_by


def _rank(row: Referral, station: str) -> tuple[int, bool, datetime]:
    return (row.revision, row.station == station, row.recorded_at)
