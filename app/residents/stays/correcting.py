"""A stay or an absence set right or retracted, and an ending taken back: revisions with a reason, checked as anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.unit import Unit
from app.residents.beds import who_lies_in
from app.residents.rules.stated import RETRACTED
from app.residents.rules.stays import OUTCOMES
from app.residents.rules.windows import DAY_MINUTES, Span, When, Window, first_day, last_day
from app.residents.search_row import keep_search
from app.residents.stating.revising import Seen, next_revision, retract, revise, standing
from app.residents.stays.away import away_columns
from app.residents.stays.ending import ENDED_AWAY
from app.residents.stays.forms import AbsenceForm, StayForm, check_away, check_code, words
from app.residents.stays.hospital import refuse_hospital
from app.residents.stays.steps import (
    absences_of,
    check_away_window,
    check_stay_span,
    instant_of,
    moment_of,
    span_of,
    stays_of,
)
from db.models import Absence, Stay


@dataclass(frozen=True)
class CorrectAbsence(Order[None]):
    """An absence as it should read; `reason`: one of `CORRECTION_REASONS`, 其他 with words after a colon."""

    seen: Seen
    form: AbsenceForm
    reason: str


@dataclass(frozen=True)
class RecordAbsence(Order[UUID]):
    """补录: an absence that is over, written later; it may lie in a stay that has ended since."""

    resident: UUID
    form: AbsenceForm


@dataclass(frozen=True)
class RetractAbsence(Order[None]):
    """An absence that never was. A bed given up for it stays given up."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class CorrectStay(Order[None]):
    """The days of a stay as they should read."""

    seen: Seen
    form: StayForm
    reason: str


@dataclass(frozen=True)
class RetractStay(Order[None]):
    """A stay that never was: an enquiry, a reservation or an admission entered for the wrong person."""

    seen: Seen
    why: str


@dataclass(frozen=True)
class Reopen(Order[bool]):
    """An ending that was an error: the stay goes on. Answers whether the bed is theirs again."""

    seen: Seen
    why: str


@performs(RecordAbsence)
def record_absence(unit: Unit, order: RecordAbsence) -> UUID:
    """Refuses one without its end, outside every stay, or overlapping another."""
    unit.require(Right.MANAGE_STAYS)
    if order.form.ends is None:
        raise Refusal("补录的外出或住院要写明返回时间。", field="back_day")
    said = _said(unit, order.form)
    stay = _stay_at(unit, order.resident, first_day(said["begins"], unit.settings.zone))
    window = Window(said["begins"], said["ends"])
    check_away_window(unit, window, stay, absences_of(unit, order.resident))
    stamp = unit.stamp(at=said["ends"])
    row = Absence(**stamp, revision=1, resident=order.resident, stay=stay.rid, **said)
    unit.session.add(row)
    return row.rid


@performs(CorrectAbsence)
def correct_absence(unit: Unit, order: CorrectAbsence) -> None:
    """Refuses what writing it anew would refuse, and to reopen one while another is open."""
    row = standing(unit, Absence, order.seen, Right.MANAGE_STAYS)
    said = _said(unit, order.form)
    if any(said[name] != getattr(row, name) for name in ("code", "ends")) or said["begins"] > row.begins:
        refuse_hospital(unit, row)
    stay = _stay_of(unit, row)
    others = [one for one in absences_of(unit, row.resident) if one.rid != row.rid]
    check_away_window(unit, Window(said["begins"], said["ends"]), stay, others)
    away = said["ends"] is None
    if said["bed_kept"] and not row.bed_kept and away and stay.bed is None:
        raise Refusal("床位已经不保留。返院时再安排床位。", field="bed_kept")
    revise(unit, row, order.reason, said, at=said["ends"] or said["begins"])
    if not said["bed_kept"] and away and stay.bed is not None:
        next_revision(unit, stay, order.reason, {"bed": None, "state": "corrected"})
    keep_search(unit, row.resident)


@performs(RetractAbsence)
def retract_absence(unit: Unit, order: RetractAbsence) -> None:
    row = standing(unit, Absence, order.seen, Right.MANAGE_STAYS)
    refuse_hospital(unit, row)
    retract(unit, row, order.why)


@performs(CorrectStay)
def correct_stay(unit: Unit, order: CorrectStay) -> None:
    """Refuses days that overlap another stay or leave an absence outside, and an ending for one that goes on."""
    row = standing(unit, Stay, order.seen, Right.MANAGE_STAYS)
    form = order.form
    began, ended = row.status in {"in", "ended"}, row.status == "ended"
    if began and form.begins is None:
        raise Refusal("请填写入住日期。", field="begins")
    if not began and form.begins is not None:
        raise Refusal("还没有入住，不能填入住日期。", field="begins")
    if ended != (form.ends is not None) and row.status != "withdrawn":
        text = "请填写退住日期。" if ended else "还没有退住，请用“退住”登记。"
        raise Refusal(text, field="ends")
    if ended and form.outcome not in OUTCOMES:
        raise Refusal("请选择退住去向。", field="outcome")
    if form.begins is not None:
        span = Span(form.begins, form.ends, death=form.outcome == "death")
        keep_days(unit, row, span)
    changes = {
        "begins": form.begins,
        "ends": form.ends if ended else row.ends,
        "outcome": form.outcome if ended else "",
        "expected": form.expected,
        "note": words(form.note, "note", "说明"),
    }
    at = None
    if form.ends is not None and form.ends != row.ends:  # another day, of which no time is known
        at = min(When(form.ends, DAY_MINUTES).instant(unit.settings.zone), unit.now)
    revise(unit, row, order.reason, changes, at=at)
    keep_search(unit, row.resident)


@performs(RetractStay)
def retract_stay(unit: Unit, order: RetractStay) -> None:
    """Refuses while an absence of it stands: those are retracted one by one."""
    row = standing(unit, Stay, order.seen, Right.MANAGE_STAYS)
    if any(one.stay == row.rid for one in absences_of(unit, row.resident)):
        raise Refusal("这次入住里还有外出或住院记录，请先逐条作废。")
    retract(unit, row, order.why)
    keep_search(unit, row.resident)


@performs(Reopen)
def reopen(unit: Unit, order: Reopen) -> bool:
    """Refuses a stay that goes on, one that was followed by another, and without words. A bed taken since is lost."""
    row = standing(unit, Stay, order.seen, Right.MANAGE_STAYS)
    if row.ends is None:
        raise Refusal("这次入住没有结束，不用撤销退住。")
    why = words(order.why, "why", "撤销的原因", required=True)
    others = [one for one in stays_of(unit, row.resident) if one.rid != row.rid]
    if any(one.ends is None for one in others):
        raise Refusal("之后又有入住或预留，不能撤销这次退住。")
    withdrawn = row.status == "withdrawn"
    before = _before_ending(unit, row)
    bed = before.bed if before is not None else row.bed
    free = bed is not None and who_lies_in(unit, bed) is None
    status = before.status if before is not None and withdrawn else "enquiry" if withdrawn else "in"
    if status == "reserved" and not free:
        status = "enquiry"
    if not withdrawn and row.begins is not None:
        check_stay_span(unit, Span(row.begins), row.resident, row.rid)
    changes = {"status": status, "ends": None, "outcome": "", "bed": bed if free else None}
    _reopen_absence(unit, row, f"{RETRACTED}：{why}")
    note = before.note if before is not None else ""
    next_revision(unit, row, f"{RETRACTED}：{why}", {**changes, "note": note, "state": "corrected"})
    keep_search(unit, row.resident)
    return free or bed is None


def _before_ending(unit: Unit, row: Stay) -> Stay | None:
    """The revision before the one that ended it."""
    statement = select(Stay).where(Stay.rid == row.rid, Stay.ends.is_(None))
    return unit.session.scalars(statement.order_by(Stay.revision.desc())).first()


def _reopen_absence(unit: Unit, row: Stay, reason: str) -> None:
    """The absence that the discharge ended goes on, too."""
    if row.status != "ended":
        return
    for one in absences_of(unit, row.resident):
        ended_here = one.ends == row.at and one.reason == ENDED_AWAY and one.recorded_at == row.recorded_at
        if one.stay == row.rid and ended_here:
            next_revision(unit, one, reason, {"ends": None, "state": "corrected"}, at=one.begins)


def _said(unit: Unit, form: AbsenceForm) -> dict[str, Any]:
    """The columns of an absence as a whole; refuses times to come and a return planned before it."""
    away = check_away(form.away, check_code(form.code))
    begins = moment_of(unit, form.begins).at
    ends = moment_of(unit, form.ends).at if form.ends is not None else None
    planned = instant_of(unit, away.planned)
    if planned is not None and planned <= begins:
        raise Refusal("预计返回的时间要在离开之后。", field="planned_day")
    return {
        **away_columns(away),
        "code": form.code,
        "begins": begins,
        "ends": ends,
        "planned": planned,
        "condition": words(form.condition, "condition", "返院情况"),
    }


def _stay_at(unit: Unit, rid: UUID, day: date) -> Stay:
    """The stay that went on on a day."""
    for one in stays_of(unit, rid):
        span = span_of(one)
        if span is not None and span.begins <= day and (span.ends is None or day <= span.ends):
            return one
    raise Refusal(f"{day.isoformat()} 这位老人不在住。", field="day")


def _stay_of(unit: Unit, row: Absence) -> Stay:
    stay = next((one for one in stays_of(unit, row.resident) if one.rid == row.stay), None)
    if stay is None:
        raise Refusal("这次入住已作废，请先核对入住记录。")
    return stay


def keep_days(unit: Unit, row: Stay, span: Span, field: str = "begins") -> None:
    """Refuse other days of a stay that overlap another one, or leave an absence outside."""
    try:
        check_stay_span(unit, span, row.resident, row.rid)
    except Refusal as refusal:
        late = span.ends is not None and (span.ends > unit.today or span.ends < span.begins)
        raise Refusal(refusal.text, field="ends" if late else field) from refusal
    zone = unit.settings.zone
    for one in absences_of(unit, row.resident):
        if one.stay != row.rid:
            continue
        day = first_day(one.begins, zone)
        last = last_day(one.ends, zone) if one.ends is not None and one.ends > one.begins else day
        if day < span.begins or (span.ends is not None and last > span.ends):
            text = f"{day.isoformat()} 的外出或住院会落在这次入住之外，请先更正那一条。"
            raise Refusal(text, field=field if day < span.begins else "ends")
