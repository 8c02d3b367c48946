"""A return is recorded: the time in hospital ends, the referral is returned, and what is owed both ways begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.clock import local
from app.core.errors import Refusal
from app.core.ids import named
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.referrals.coming_back.belonging import Belonging, belonging, departure_of, hospital_of
from app.referrals.coming_back.forms import ReturnForm, check_return
from app.referrals.moving.move import Said, last_at, minute, move, with_times
from app.referrals.revising import Seen, follow
from app.referrals.rules.states import BEFORE, Status
from app.referrals.times import times
from app.residents.rules.stays import RETURN
from app.residents.rules.windows import When
from app.residents.stating.revising import newest
from app.residents.stays.away import bring_back
from app.residents.stays.steps import begin, moment_of
from db.models import Absence, Referral, ReferralReturn


@dataclass(frozen=True)
class Returned:
    """A return that was recorded; `bed`: the one that was given, as staff say it."""

    seen: Seen
    name: str
    bed: str = ""


@dataclass(frozen=True)
class RecordReturn(Order[Returned]):
    """回转: a resident is back, now or at `when`; `bed` for whoever has none any more, `condition` how they came.

    Of whoever was brought back already (返院) it says what they came with; of somebody admitted these days, what the
    hospital that sent them gave.
    """

    resident: UUID
    form: ReturnForm
    when: When | None = None
    bed: UUID | None = None
    condition: str = ""


@performs(RecordReturn)
def record_return(unit: Unit, order: RecordReturn) -> Returned:
    """Refuses a second return of one time in hospital, and one of somebody who neither lay there nor is new."""
    unit.require(Right.REFER)
    content = check_return(unit, order.form)
    known = belonging(unit, order.resident)
    name, bed, at = known.name, "", _when(unit, known, order.when)
    if known.absence is not None and known.absence.ends is None:
        now = begin(unit, RETURN, order.resident, Right.REFER)
        stepped = bring_back(unit, now, moment_of(unit, order.when), order.condition, order.bed)
        bed = stepped.bed
    content = _with_hospital(content, known)
    referral = _move(unit, known, at)
    content |= {
        "referral": referral,
        "absence": known.absence.rid if known.absence is not None else None,
        "assess_by": at + times().assess,
    }
    return Returned(_write(unit, order.resident, known.about, at, content), name, bed)


def return_rid(unit: Unit, about: UUID) -> UUID:
    """The rid of a return, named by the time in hospital it ended, so that two stations name it alike."""
    return named(unit.settings.institution_id, "referral-return", about.hex)


def _when(unit: Unit, known: Belonging, said: When | None) -> datetime:
    """When they came back; of somebody brought back already that stands, and is set right where it was written."""
    ends = known.absence.ends if known.absence is not None else None
    if ends is None:
        at = moment_of(unit, said).at
        if known.admitted is not None and known.absence is None and at < known.admitted:
            raise Refusal("时间早于入住，请核对。", field="time")
        return at
    if said is not None and minute(said.instant(unit.settings.zone)) != minute(ends):
        shown = local(unit.settings.zone, ends)
        raise Refusal(f"已登记 {shown:%m-%d %H:%M} 返院；要改时间，请更正那条住院记录。", field="time")
    return ends


def _with_hospital(content: dict[str, Any], known: Belonging) -> dict[str, Any]:
    """The hospital where nobody said another: of the time away, with the partner of the referral where it is that."""
    if content["hospital"]:
        return content
    hospital, sent = hospital_of(known.referral, known.absence)
    if (row := known.referral) is None or not sent:
        return content | {"hospital": hospital}
    return content | {
        "partner": row.partner,
        "hospital": hospital,
        "department": content["department"] or row.department,
    }


def _move(unit: Unit, known: Belonging, at: datetime) -> UUID | None:
    """The referral is returned; a departure nobody wrote down is written first, as of the time in hospital."""
    row, absence = known.referral, known.absence
    if row is None:
        return None
    if Status(row.status) in BEFORE and absence is not None:
        row = _depart(unit, row, absence)
    last = last_at(row)
    if last is not None and minute(at) < last:
        shown = local(unit.settings.zone, last)
        raise Refusal(f"转诊的上一步在 {shown:%m-%d %H:%M}，返院不能更早，请核对。", field="time")
    move(unit, row, Status.RETURNED, None, Said(at=at))
    return row.rid


def _depart(unit: Unit, row: Referral, absence: Absence) -> Referral:
    left = departure_of(row, absence)
    changes = {
        "absence": absence.rid,
        "bed_until": absence.keep_until,
        "due": None,
        "times": with_times(row, left=left),
    }
    move(unit, row, Status.DEPARTED, changes, Said("返院时补登记", left))
    fresh = newest(unit, Referral, row.rid)
    return fresh if fresh is not None else row


def _write(unit: Unit, resident: UUID, about: UUID, at: datetime, content: dict[str, Any]) -> Seen:
    """The record; one that was retracted is written anew as its next revision."""
    rid = return_rid(unit, about)
    before = newest(unit, ReferralReturn, rid)
    if before is not None and before.state != "retracted":
        raise Refusal("这次返院的回转已经登记。")
    if before is not None:
        bare: dict[str, Any] = {"papers": {}, "chased": {}, "assessed": {}, "assessed_at": None, "files": {}}
        return follow(unit, before, "重新登记", {**content, **bare, "at": at, "state": "signed"})
    row = ReferralReturn(**unit.stamp(rid=rid, at=at), revision=1, resident=resident, **content)
    unit.session.add(row)
    unit.session.flush()
    return Seen(rid, 1)
