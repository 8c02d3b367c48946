"""Away from the house and back: leave, hospital with the bed kept or given up, return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.unit import Unit
from app.residents.rules.stays import AT_HOME, HOSPITAL, KEEP, LEAVE, RETURN
from app.residents.rules.windows import When, Window
from app.residents.search_row import keep_search
from app.residents.stating.revising import next_revision
from app.residents.stays.forms import AwayForm, check_away, words
from app.residents.stays.steps import (
    Here,
    Moment,
    Stepped,
    absences_of,
    bed_for,
    begin,
    check_away_window,
    instant_of,
    label_of,
    moment_of,
)
from db.models import Absence

GAVE_UP = "住院，床位不保留"


@dataclass(frozen=True)
class Leave(Order[Stepped]):
    """请假外出: the bed stays held."""

    resident: UUID
    form: AwayForm
    when: When | None = None


@dataclass(frozen=True)
class GoToHospital(Order[Stepped]):
    """住院: from the house, or from a leave that ends with it."""

    resident: UUID
    form: AwayForm
    when: When | None = None


@dataclass(frozen=True)
class KeepBed(Order[Stepped]):
    """Whether the bed of somebody in hospital is kept, and until when."""

    resident: UUID
    kept: bool
    until: date | None
    why: str


@dataclass(frozen=True)
class Return(Order[Stepped]):
    """返院. `condition`: how they came back; `bed` for whoever has none any more."""

    resident: UUID
    condition: str = ""
    bed: UUID | None = None
    when: When | None = None


@performs(Leave)
def leave(unit: Unit, order: Leave) -> Stepped:
    """Refuses whoever is not here, a time that overlaps another absence, and a return planned before it."""
    now = begin(unit, LEAVE, order.resident)
    return _go(unit, now, "leave", check_away(order.form, "leave"), moment_of(unit, order.when))


@performs(GoToHospital)
def go_to_hospital(unit: Unit, order: GoToHospital) -> Stepped:
    """As a leave; one that is open ends in the same act. A bed given up is free at once."""
    now = begin(unit, HOSPITAL, order.resident)
    return take_to_hospital(unit, now, order.form, moment_of(unit, order.when))


def take_to_hospital(unit: Unit, now: Here, said: AwayForm, moment: Moment) -> Stepped:
    """What `GoToHospital` does, of somebody whose step was allowed."""
    form = check_away(said, "hospital")
    if now.away is not None:
        _come_back(unit, now, moment, "外出期间住院")
    stepped = _go(unit, now, "hospital", form, moment)
    if not form.bed_kept:
        give_up_bed(unit, now, moment)
    return stepped


@performs(KeepBed)
def keep_bed(unit: Unit, order: KeepBed) -> Stepped:
    """Refuses whoever is not in hospital, and to keep a bed that was given up: on return they get one."""
    now = begin(unit, KEEP, order.resident)
    why = words(order.why, "why", "原因", required=True)
    away = now.away
    if away is None:
        raise Refusal("这位老人没有在住院。")
    if order.kept and not away.bed_kept:
        raise Refusal("床位已经不保留。返院时再安排床位。", field="bed_kept")
    if order.kept and order.until is not None and order.until < unit.today:
        raise Refusal("保留到的日期已经过了。", field="keep_until")
    until = order.until if order.kept else None
    if (away.bed_kept, away.keep_until) == (order.kept, until):
        raise Refusal("内容没有变化。")
    next_revision(unit, away, why, {"bed_kept": order.kept, "keep_until": until, "state": "signed"})
    if not order.kept:
        give_up_bed(unit, now, Moment(unit.now, unit.today))
    return Stepped(now.resident.name, away.rid, away.revision + 1)


@performs(Return)
def come_back(unit: Unit, order: Return) -> Stepped:
    """Refuses whoever is not away, a return before they left, and a bed somebody else has."""
    now = begin(unit, RETURN, order.resident)
    return bring_back(unit, now, moment_of(unit, order.when), order.condition, order.bed)


def bring_back(
    unit: Unit, now: Here, moment: Moment, condition: str = "", bed: UUID | None = None
) -> Stepped:
    """What `Return` does, of somebody whose step was allowed."""
    stay = now.the_stay
    given = bed_for(unit, bed, now.resident.rid).rid if bed is not None else stay.bed
    if given is not None and stay.mode in AT_HOME:
        raise Refusal("这种服务方式不占机构床位。", field="bed")
    row = _come_back(unit, now, moment, words(condition, "condition", "返院情况"))
    if given != stay.bed:
        next_revision(unit, stay, "返院安排床位", {"bed": given, "state": "signed"}, at=moment.at)
    keep_search(unit, now.resident.rid)
    return Stepped(now.resident.name, row.rid, row.revision + 1, label_of(unit, given))


def end_absence(unit: Unit, now: Here, moment: Moment, reason: str) -> None:
    """An open absence ends with the stay."""
    if now.away is not None:
        _come_back(unit, now, moment, "", reason)


def give_up_bed(unit: Unit, now: Here, moment: Moment) -> None:
    """The stay goes on without a bed."""
    stay = now.the_stay
    if stay.bed is not None:
        next_revision(unit, stay, GAVE_UP, {"bed": None, "state": "signed"}, at=moment.at)
        keep_search(unit, now.resident.rid)


def _go(unit: Unit, now: Here, code: str, form: AwayForm, moment: Moment) -> Stepped:
    planned = instant_of(unit, form.planned)
    if planned is not None and planned <= moment.at:
        raise Refusal("预计返回的时间要在离开之后。", field="planned_day")
    if form.keep_until is not None and form.keep_until < moment.day:
        raise Refusal("保留到的日期早于离开的日期。", field="keep_until")
    unit.session.flush()
    others = absences_of(unit, now.resident.rid)
    check_away_window(unit, Window(moment.at, None), now.the_stay, others)
    row = Absence(
        **unit.stamp(rid=form.named, at=moment.at),
        revision=1,
        resident=now.resident.rid,
        stay=now.the_stay.rid,
        code=code,
        begins=moment.at,
        **{**away_columns(form), "planned": planned},
    )
    unit.session.add(row)
    unit.session.flush()
    return Stepped(now.resident.name, row.rid, 1, label_of(unit, now.the_stay.bed))


def _come_back(unit: Unit, now: Here, moment: Moment, condition: str, reason: str = "返院") -> Absence:
    """The absence with its end; refuses an end before it began."""
    row = now.away
    if row is None:
        raise Refusal("这位老人没有外出，也没有住院。")
    others = [one for one in absences_of(unit, row.resident) if one.rid != row.rid]
    check_away_window(unit, Window(row.begins, moment.at), now.the_stay, others)
    changes = {"ends": moment.at, "condition": condition, "state": "signed"}
    next_revision(unit, row, reason, changes, at=moment.at)
    return row


def away_columns(form: AwayForm) -> dict[str, Any]:
    """The columns of an absence a form says, but for its times."""
    return {
        "whither": form.whither,
        "why": form.why,
        "escort": form.escort,
        "phone": form.phone,
        "bed_kept": form.bed_kept,
        "keep_until": form.keep_until,
    }
