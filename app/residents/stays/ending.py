"""A stay ends: home, another institution, hospital, death; the bed is free at once, and what stays open is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from app.core.errors import Refusal
from app.core.orders import Order, Question, answers, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.residents.rules.stays import DISCHARGE
from app.residents.rules.windows import Span, When, first_day
from app.residents.search_row import keep_search
from app.residents.stating.revising import next_revision
from app.residents.stays.away import end_absence
from app.residents.stays.forms import EndForm, check_end, end_words
from app.residents.stays.steps import Stepped, absences_of, begin, check_stay_span, label_of, moment_of
from db.models import CareTask, Draft, Entry, Incident

ENDED_AWAY = "退住"
"""Reason of the revision that ends an absence because the stay ended."""


@dataclass(frozen=True)
class Discharge(Order[Stepped]):
    """退住; also of somebody who is away: the absence ends in the same act."""

    resident: UUID
    form: EndForm
    when: When | None = None


@dataclass(frozen=True)
class LeftOpen(Question[tuple[str, ...]]):
    """What of a resident still waits for somebody: said before and after a discharge."""

    resident: UUID


@performs(Discharge)
def discharge(unit: Unit, order: Discharge) -> Stepped:
    """Refuses whoever is not here, a time before the admission or the last return, and a death nobody confirmed."""
    now = begin(unit, DISCHARGE, order.resident)
    form = check_end(order.form)
    moment = moment_of(unit, order.when)
    stay = now.the_stay
    begins = stay.begins or moment.day
    death = form.outcome == "death"
    check_stay_span(unit, Span(begins, moment.day, death=death), order.resident, stay.rid)
    mine = [one for one in absences_of(unit, order.resident) if one.stay == stay.rid]
    last = max((one.ends or one.begins for one in mine), default=None)
    if last is not None and moment.at < last:
        day = first_day(last, unit.settings.zone)
        raise Refusal(f"{day.isoformat()} 还有外出或住院记录，退住时间不能更早。", field="day")
    end_absence(unit, now, moment, ENDED_AWAY)
    reason = "去世" if death else "退住"
    changes = {"status": "ended", "ends": moment.day, "outcome": form.outcome, "state": "signed"}
    note = end_words(form) or stay.note
    next_revision(unit, stay, reason, {**changes, "note": note}, at=moment.at)
    keep_search(unit, order.resident)
    left = tuple(_left_open(unit, order.resident))
    return Stepped(now.resident.name, stay.rid, stay.revision + 1, label_of(unit, stay.bed), left)


@answers(LeftOpen)
def left_open(reader: Reader, question: LeftOpen) -> tuple[str, ...]:
    reader.require(Right.READ_RESIDENTS)
    return tuple(_left_open(reader, question.resident))


def _left_open(reader: Reader, rid: UUID) -> Iterator[str]:
    count = func.count()
    tasks = reader.session.scalar(
        select(count).where(
            CareTask.resident == rid, CareTask.current, CareTask.state != "retracted", CareTask.ends.is_(None)
        )
    )
    if tasks:
        yield f"照护计划 {tasks} 项未停"
    due = reader.session.scalar(
        select(count).where(
            Entry.resident == rid,
            Entry.current,
            Entry.state != "retracted",
            Entry.due_on.is_not(None),
            Entry.ends.is_(None),
        )
    )
    if due:
        yield f"到期事项 {due} 项"
    incidents = reader.session.scalar(
        select(count).where(
            Incident.resident == rid,
            Incident.current,
            Incident.state != "retracted",
            Incident.status != "closed",
        )
    )
    if incidents:
        yield f"不良事件 {incidents} 起未结案"
    drafts = reader.session.scalar(
        select(count).where(Draft.subject == rid, Draft.form.startswith("assessment:"))
    )
    if drafts:
        yield "评估草稿未完成"
