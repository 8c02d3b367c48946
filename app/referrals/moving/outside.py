"""Moves once the resident left: departed, arrived, taken over, moved on, not come, died."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local
from app.core.errors import Refusal
from app.core.ids import named
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.referrals.moving.before import owed, with_facts
from app.referrals.moving.move import (
    Said,
    check_time,
    left_behind,
    minute,
    move,
    refuse_disorder,
    row_to_move,
    standing_of,
    with_times,
)
from app.referrals.revising import Seen
from app.referrals.rules.states import Status, refusal_of
from app.referrals.times import times
from app.referrals.writing.forms import partner_to_send_to
from app.residents.rules.stays import HOSPITAL
from app.residents.stays.away import take_to_hospital
from app.residents.stays.forms import AwayForm, words
from app.residents.stays.steps import Moment, begin, here
from db.models import Absence, Referral


@dataclass(frozen=True)
class Depart(Order[Seen]):
    """已出发: the resident leaves now, or left at `at`; they are away in hospital from that minute.

    `keep_until`: the bed is kept to this day; with nothing said as long as times.toml says. `why`: although a refusal
    was signed.
    """

    seen: Seen
    at: datetime | None = None
    escort: str = ""
    transport: str = ""
    bed_kept: bool = True
    keep_until: date | None = None
    why: str = ""


@dataclass(frozen=True)
class Arrive(Order[Seen]):
    """已到达 the hospital."""

    seen: Seen
    at: datetime | None = None


@dataclass(frozen=True)
class TakeOver(Order[Seen]):
    """接诊: somebody there took the resident over. `care`: inpatient or outpatient."""

    seen: Seen
    by: str = ""
    care: str = "inpatient"
    at: datetime | None = None


@dataclass(frozen=True)
class MoveOn(Order[Seen]):
    """转往他院: to another hospital, from the way or from the first one."""

    seen: Seen
    why: str
    partner: UUID | None = None
    partner_words: str = ""
    department: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class NoShow(Order[Seen]):
    """失约: the resident did not come to the hospital."""

    seen: Seen
    why: str
    at: datetime | None = None


@dataclass(frozen=True)
class RecordDeath(Order[Seen]):
    """The resident died, here before leaving or outside. The stay is ended by 退住, which asks for the confirmation."""

    seen: Seen
    why: str
    at: datetime | None = None


@performs(Depart)
def depart(unit: Unit, order: Depart) -> Seen:
    """Refuses what the machine refuses, before anything of the stay is touched."""
    row = row_to_move(unit, order.seen)
    if (refused := refusal_of(standing_of(row), Status.DEPARTED)) is not None:
        raise Refusal(refused)
    at = minute(order.at or unit.now)
    check_time(unit, row, at, said=order.at is not None)
    refuse_disorder(unit, row, {"left": at})
    escort = {**row.escort}
    if order.escort.strip():
        escort["persons"] = words(order.escort, "escort", "陪同人")
    if order.transport.strip():
        escort["transport"] = words(order.transport, "transport", "交通方式")
    day = local(unit.settings.zone, at).date()
    keep = (order.keep_until or day + times().keep_bed) if order.bed_kept else None
    away = AwayForm(
        whither=row.partner_words,
        why=row.impression[:100] or "转诊",
        escort=str(escort.get("persons", "")),
        bed_kept=order.bed_kept,
        keep_until=keep,
        named=absence_rid(unit, row),
    )
    attachments = with_facts(unit, row)  # before the stay is touched: absence stops the doses
    changes = {
        "attachments": attachments,
        "absence": _away(unit, row, away, Moment(at, day)),
        "bed_until": keep,
        "escort": escort,
        "due": None,
        "times": with_times(row, left=at),
        **owed(unit, row),
    }
    return move(unit, row, Status.DEPARTED, changes, Said(order.why, at))


@performs(Arrive)
def arrive(unit: Unit, order: Arrive) -> Seen:
    row = row_to_move(unit, order.seen)
    at = minute(order.at or unit.now)
    refuse_disorder(unit, row, {"arrived": at})
    return move(unit, row, Status.ARRIVED, {"times": with_times(row, arrived=at)}, Said(at=order.at))


@performs(TakeOver)
def take_over(unit: Unit, order: TakeOver) -> Seen:
    row = row_to_move(unit, order.seen)
    if order.care not in ("inpatient", "outpatient"):
        raise Refusal("请选择住院或门（急）诊。", field="care")
    by = words(order.by, "by", "接诊人")
    at = minute(order.at or unit.now)
    refuse_disorder(unit, row, {"taken_over": at})
    changes: dict[str, Any] = {
        "care": order.care,
        "times": with_times(row, taken_over=at, taken_over_whom=by),
    }
    if by:
        changes["receiver"] = by
    return move(unit, row, Status.TREATING, changes, Said(at=order.at))


@performs(MoveOn)
def move_on(unit: Unit, order: MoveOn) -> Seen:
    """Refuses the hospital it is already. The one before stays in the reason of the move, its times in the line."""
    row = row_to_move(unit, order.seen)
    partner = partner_to_send_to(unit, order.partner) if order.partner is not None else None
    name = partner.name if partner else words(order.partner_words, "partner", "接收机构", required=True)
    if name == row.partner_words:
        raise Refusal("请选择另一家机构。", field="partner")
    gone, left = left_behind(row)
    changes = gone | {
        "partner": partner.rid if partner else None,
        "partner_words": name,
        "department": words(order.department, "department", "科室"),
        "care": "",
    }
    why = f"{words(order.why, 'why', '原因', required=True)}（{row.partner_words} → {name}）"
    return move(unit, row, Status.MOVED, changes, Said(why, order.at, left))


@performs(NoShow)
def no_show(unit: Unit, order: NoShow) -> Seen:
    row = row_to_move(unit, order.seen)
    return move(unit, row, Status.NO_SHOW, {"due": None}, Said(order.why, order.at))


@performs(RecordDeath)
def record_death(unit: Unit, order: RecordDeath) -> Seen:
    row = row_to_move(unit, order.seen)
    return move(unit, row, Status.DIED, {"due": None}, Said(order.why, order.at))


def absence_rid(reader: Reader, row: Referral) -> UUID:
    """The identity of the time in hospital that the next departure of a referral begins: two stations that write the
    same departure apart name it alike, so that nobody is away twice. One that is here is of a departure before, be it
    one that was given up for what the other station did."""
    gone = sum(one["to"] == Status.DEPARTED for one in row.moves.get("all", ()))
    names = (named(row.rid, f"absence/{number}") for number in count(gone))
    return next(one for one in names if not _is_here(reader, one))


def _is_here(reader: Reader, absence: UUID) -> bool:
    return reader.session.scalar(select(Absence.rid).where(Absence.rid == absence).limit(1)) is not None


def _away(unit: Unit, row: Referral, away: AwayForm, moment: Moment) -> UUID:
    """The time in hospital it begins; one that already runs is taken as it is."""
    now = here(unit, row.resident)
    if now.away is not None and now.away.code == "hospital":
        return now.away.rid
    return take_to_hospital(unit, begin(unit, HOSPITAL, row.resident, Right.REFER), away, moment).rid
