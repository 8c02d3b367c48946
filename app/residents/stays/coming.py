"""Before and at the door: somebody asks, a bed is reserved, the resident comes to stay, or does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.unit import Unit
from app.residents.rules.stays import ADMIT, AT_HOME, ENQUIRE, MODES, RESERVE, WITHDRAW, mode_refused
from app.residents.rules.windows import Span, When
from app.residents.search_row import keep_search
from app.residents.stating.revising import next_revision
from app.residents.stays.forms import words
from app.residents.stays.guardian import require_guardian
from app.residents.stays.steps import (
    Here,
    Moment,
    Stepped,
    bed_for,
    begin,
    check_stay_span,
    label_of,
    moment_of,
)
from db.models import Stay


@dataclass(frozen=True)
class Enquire(Order[Stepped]):
    """Somebody asked for a place. `expected`: when they would come, if they said."""

    resident: UUID
    expected: date | None = None
    mode: str = "resident"
    note: str = ""
    when: When | None = None


@dataclass(frozen=True)
class Reserve(Order[Stepped]):
    """A bed is held for somebody until a day; on a reservation: another bed or another day."""

    resident: UUID
    bed: UUID
    until: date
    note: str = ""
    when: When | None = None


@dataclass(frozen=True)
class Admit(Order[Stepped]):
    """The resident comes to stay. `bed` None: the one reserved, or none; at home there is none."""

    resident: UUID
    bed: UUID | None = None
    mode: str = "resident"
    when: When | None = None
    note: str = ""


@dataclass(frozen=True)
class Withdraw(Order[Stepped]):
    """Whoever asked will not come; a reserved bed is free again."""

    resident: UUID
    why: str
    when: When | None = None


@performs(Enquire)
def enquire(unit: Unit, order: Enquire) -> Stepped:
    """Refuses somebody who is here, has asked already, or died."""
    now = begin(unit, ENQUIRE, order.resident)
    moment = moment_of(unit, order.when)
    if order.mode not in MODES:
        raise Refusal("请选择服务方式。", field="mode")
    _refuse_past(unit, order.expected, "expected")
    said = {"expected": order.expected, "mode": order.mode, "note": words(order.note, "note", "说明")}
    return _fresh(unit, now, moment, {"status": "enquiry", **said})


@performs(Reserve)
def reserve(unit: Unit, order: Reserve) -> Stepped:
    """Refuses a bed that is held, a day gone by, and a way of living that takes no bed."""
    now = begin(unit, RESERVE, order.resident)
    moment = moment_of(unit, order.when)
    _refuse_past(unit, order.until, "expected")
    bed = bed_for(unit, order.bed, order.resident)
    said = {"status": "reserved", "expected": order.until, "bed": bed.rid}
    if note := words(order.note, "note", "说明"):
        said["note"] = note
    if now.position.status not in {"enquiry", "reserved"}:
        return _fresh(unit, now, moment, said)
    if now.the_stay.mode in AT_HOME:
        raise Refusal(f"{MODES[now.the_stay.mode]}不占机构床位，不用预留。", field="bed")
    return _next(unit, now, moment, said, f"预留 {bed.label}")


@performs(Admit)
def admit(unit: Unit, order: Admit) -> Stepped:
    """Refuses a held bed, a child without guardian, days that overlap another stay, the dead, a mode's missing part."""
    now = begin(unit, ADMIT, order.resident)
    moment = moment_of(unit, order.when)
    coming = now.the_stay if now.position.status in {"enquiry", "reserved"} else None
    kept = coming.bed if coming is not None and order.mode not in AT_HOME else None
    bed = order.bed or kept
    if (wrong := mode_refused(order.mode, bed=bed is not None, address=now.resident.address)) is not None:
        raise Refusal(wrong[1], field=wrong[0])
    birth = now.resident.birth_date
    if birth is not None and moment.day < birth:
        raise Refusal("入住日期早于出生日期。", field="day")
    require_guardian(unit, now.resident, moment.day)
    own = coming.rid if coming is not None else None
    check_stay_span(unit, Span(moment.day), order.resident, own)
    if bed is not None:
        bed_for(unit, bed, order.resident)
    said = {"status": "in", "begins": moment.day, "bed": bed, "mode": order.mode}
    if note := words(order.note, "note", "说明"):
        said["note"] = note
    return _next(unit, now, moment, said, "入住") if coming is not None else _fresh(unit, now, moment, said)


@performs(Withdraw)
def withdraw(unit: Unit, order: Withdraw) -> Stepped:
    """Refuses without words, and where nothing was asked."""
    now = begin(unit, WITHDRAW, order.resident)
    why = words(order.why, "why", "撤回的原因", required=True)
    moment = moment_of(unit, order.when)
    return _next(unit, now, moment, {"status": "withdrawn", "ends": moment.day, "bed": None}, why)


def _refuse_past(unit: Unit, day: date | None, field: str) -> None:
    if day is not None and day < unit.today:
        raise Refusal(f"预计日期 {day.isoformat()} 已经过了。", field=field)


def _fresh(unit: Unit, now: Here, moment: Moment, said: dict[str, object]) -> Stepped:
    row = Stay(
        **unit.stamp(at=moment.at),
        revision=1,
        resident=now.resident.rid,
        **{"begins": None, **said},  # type: ignore[arg-type]  # columns by name
    )
    unit.session.add(row)
    keep_search(unit, now.resident.rid)
    return Stepped(now.resident.name, row.rid, 1, label_of(unit, row.bed))


def _next(unit: Unit, now: Here, moment: Moment, said: dict[str, object], reason: str) -> Stepped:
    stay = now.the_stay
    next_revision(unit, stay, reason, {**said, "state": "signed"}, at=moment.at)
    keep_search(unit, now.resident.rid)
    bed = said.get("bed", stay.bed)
    return Stepped(
        now.resident.name, stay.rid, stay.revision + 1, label_of(unit, bed if isinstance(bed, UUID) else None)
    )
