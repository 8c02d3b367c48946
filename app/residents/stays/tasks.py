"""Each step of a stay as a task on the screen: its form, what it begins with, and the order its values make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.core.clock import date_in
from app.core.form import Field, Form, Value
from app.core.orders import Order
from app.residents.queries import CourseRow
from app.residents.rules.stays import (
    ADMIT,
    DISCHARGE,
    ENQUIRE,
    HOSPITAL,
    KEEP,
    LEAVE,
    MODE,
    RESERVE,
    RETURN,
    STEPS,
    WITHDRAW,
)
from app.residents.stays import (
    Admit,
    ChangeMode,
    Discharge,
    EndForm,
    Enquire,
    GoToHospital,
    KeepBed,
    Leave,
    Reserve,
    Return,
    Withdraw,
)
from app.residents.stays.fields import (
    GIVEN_UP,
    KEPT,
    Beds,
    Values,
    away_fields,
    bed_field,
    bed_of,
    date_field,
    day_and_time,
    day_of,
    form,
    kept_fields,
    mode_field,
    outcome_field,
    planned_fields,
    read_away,
    text,
    text_field,
    time_values,
    when_of,
)


@dataclass(frozen=True)
class Facts:
    """What a task is made from: whose, where they are, the beds to be had, and the time now."""

    resident: UUID
    course: CourseRow
    beds: Beds
    now: datetime
    zone: str

    @property
    def today(self) -> date:
        return date_in(self.zone, self.now)


@dataclass(frozen=True)
class StayTask:
    """One thing to be written. `key` names its draft; `done` says what became of it."""

    key: str
    title: str
    act: str
    form: Form
    order: Callable[[Values], Order[Any]]
    done: str
    values: dict[str, Value] = field(default_factory=dict)
    grave: bool = False


def step_task(step: str, facts: Facts) -> StayTask:
    """The task of a step that may be taken now."""
    fields, values, order = _STEPS[step](facts)
    words = STEPS[step]
    done = {RETURN: "已返院", DISCHARGE: "已退住", WITHDRAW: "已撤回"}.get(step, f"已{words}")
    done = {ENQUIRE: "已登记咨询", KEEP: "已改床位保留", ADMIT: "已办理入住"}.get(step, done)
    return StayTask(step, words, words, fields, order, done, values, grave=step == DISCHARGE)


# the steps ------------------------------------------------------------------------------------------------------------

_Parts = tuple[Form, dict[str, Value], Callable[[Values], Order[Any]]]


def _enquire(facts: Facts) -> _Parts:
    fields = form(
        date_field("expected", "预计入住"),
        mode_field(),
        text_field("note", "说明", "谁来问的、有什么要求", wide=True),
    )
    return (
        fields,
        {"mode": "resident"},
        lambda v: Enquire(facts.resident, day_of(v, "expected"), text(v, "mode"), text(v, "note")),
    )


def _reserve(facts: Facts) -> _Parts:
    stay = facts.course.stay
    fields = form(
        bed_field(facts.beds, required=True),
        date_field("expected", "预计入住", required=True),
        text_field("note", "说明", wide=True),
    )
    values: dict[str, Value] = {}
    if stay is not None and stay.status in {"enquiry", "reserved"}:
        expected = stay.expected.isoformat() if stay.expected else ""
        values = {"bed": stay.bed, "expected": expected, "note": stay.note}

    def order(v: Values) -> Order[Any]:
        bed, until = _bed(v, facts), day_of(v, "expected")
        return Reserve(facts.resident, bed or UUID(int=0), until or facts.today, text(v, "note"))

    return fields, values, order


def _admit(facts: Facts) -> _Parts:
    stay = facts.course.stay
    coming = stay if stay is not None and stay.status in {"enquiry", "reserved"} else None
    fields = form(
        bed_field(facts.beds, hint="日托、居家可不填"),
        mode_field(),
        *_when("入住", facts),
        text_field("note", "说明", wide=True),
    )
    values = _now(facts) | {
        "mode": coming.mode if coming else "resident",
        "bed": coming.bed if coming else "",
    }
    return (
        fields,
        values,
        lambda v: Admit(facts.resident, _bed(v, facts), text(v, "mode"), when_of(v), text(v, "note")),
    )


def _withdraw(facts: Facts) -> _Parts:
    fields = form(text_field("why", "撤回的原因", "如 去了别家", required=True, wide=True), *_when("", facts))
    return fields, _now(facts), lambda v: Withdraw(facts.resident, text(v, "why"), when_of(v))


def _leave(facts: Facts) -> _Parts:
    fields = form(*away_fields("leave"), *planned_fields(), *_when("离开", facts))
    values = _now(facts) | {"planned_day": facts.today.isoformat(), "planned_time": ""}
    return fields, values, lambda v: Leave(facts.resident, read_away(v), when_of(v))


def _hospital(facts: Facts) -> _Parts:
    fields = form(*away_fields("hospital"), *kept_fields(), *_when("离开", facts))
    return (
        fields,
        _now(facts) | {"bed_kept": KEPT},
        lambda v: GoToHospital(facts.resident, read_away(v), when_of(v)),
    )


def _return(facts: Facts) -> _Parts:
    stay = facts.course.stay
    none = stay is not None and not stay.bed
    beds = (bed_field(facts.beds),) if none else ()
    fields = form(
        text_field("condition", "返院情况", "精神、伤口、带回的药", wide=True), *beds, *_when("返院", facts)
    )
    return (
        fields,
        _now(facts),
        lambda v: Return(facts.resident, text(v, "condition"), _bed(v, facts), when_of(v)),
    )


def _keep(facts: Facts) -> _Parts:
    away = facts.course.away
    fields = form(*kept_fields(), text_field("why", "原因", "如 家属要求", required=True, wide=True))
    until = away.keep_until.isoformat() if away is not None and away.keep_until else ""
    values: dict[str, Value] = {
        "bed_kept": KEPT if away is None or away.bed_kept else GIVEN_UP,
        "keep_until": until,
    }
    return (
        fields,
        values,
        lambda v: KeepBed(
            facts.resident, text(v, "bed_kept") == KEPT, day_of(v, "keep_until"), text(v, "why")
        ),
    )


def _mode(facts: Facts) -> _Parts:
    stay = facts.course.stay
    fields = form(
        mode_field(),
        bed_field(facts.beds, hint="居家不占床；不填：不变"),
        text_field("why", "原因", required=True, wide=True),
        *_when("", facts),
    )
    return (
        fields,
        _now(facts) | {"mode": stay.mode if stay else ""},
        lambda v: ChangeMode(facts.resident, text(v, "mode"), text(v, "why"), _bed(v, facts), when_of(v)),
    )


def _discharge(facts: Facts) -> _Parts:
    fields = form(
        outcome_field(),
        text_field("whither", "去往的单位", "转机构、转医院时必填"),
        text_field("confirmed_by", "死亡确认人", "去世时必填，如 陈永康医师"),
        text_field("note", "说明", "选“其他”时必填", wide=True),
        *_when("退住", facts),
    )
    return (
        fields,
        _now(facts),
        lambda v: Discharge(
            facts.resident,
            EndForm(text(v, "outcome"), text(v, "whither"), text(v, "confirmed_by"), text(v, "note")),
            when_of(v),
        ),
    )


_STEPS: dict[str, Callable[[Facts], _Parts]] = {
    ENQUIRE: _enquire,
    RESERVE: _reserve,
    ADMIT: _admit,
    WITHDRAW: _withdraw,
    LEAVE: _leave,
    HOSPITAL: _hospital,
    RETURN: _return,
    KEEP: _keep,
    MODE: _mode,
    DISCHARGE: _discharge,
}


def _when(label: str, facts: Facts) -> tuple[Field, Field]:
    return day_and_time(label, latest=facts.today)


def _now(facts: Facts) -> dict[str, Value]:
    return time_values(facts.now, facts.zone)


def _bed(values: Values, facts: Facts) -> UUID | None:
    return bed_of(text(values, "bed"), facts.beds)
