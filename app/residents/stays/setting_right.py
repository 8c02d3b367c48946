"""Setting right what was written of a stay, as tasks on the screen: recorded later, corrected, retracted, reopened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.form import Field, Form, Value
from app.core.orders import Order
from app.residents.queries import AbsenceRow, StayRow
from app.residents.stating import Seen
from app.residents.stays import (
    AbsenceForm,
    CorrectAbsence,
    CorrectStay,
    RecordAbsence,
    Reopen,
    RetractAbsence,
    RetractStay,
    StayForm,
)
from app.residents.stays.fields import (
    GIVEN_UP,
    KEPT,
    Values,
    away_fields,
    code_field,
    correcting,
    date_field,
    day_and_time,
    day_of,
    form,
    kept_fields,
    outcome_field,
    planned_fields,
    read_away,
    reason_of,
    text,
    text_field,
    time_values,
    when_of,
)
from app.residents.stays.tasks import Facts, StayTask


def record_task(facts: Facts) -> StayTask:
    """补录 of an absence that is over."""
    fields = _absence_fields(facts, code_field(), back=True)
    return StayTask(
        "record",
        "补录外出或住院",
        "保存",
        fields,
        lambda values: RecordAbsence(facts.resident, read_absence(values)),
        "已补录",
        {"code": "leave", "bed_kept": KEPT},
    )


def correct_absence_task(row: AbsenceRow, facts: Facts) -> StayTask:
    fields = correcting(_absence_fields(facts, code_field(), back=False))
    seen = Seen(row.rid, row.revision)
    return StayTask(
        f"correct:{row.rid}",
        "更正外出或住院",
        "更正",
        fields,
        lambda values: CorrectAbsence(seen, read_absence(values), reason_of(values)),
        "已更正",
        absence_values(row, facts.zone),
    )


def correct_stay_task(row: StayRow, facts: Facts) -> StayTask:
    """The days of a stay; of one that ended, how too."""
    asked: list[Field] = []
    if row.status in {"in", "ended"}:
        asked.append(date_field("begins", "入住日期", facts.today, required=True))
    if row.status == "ended":
        asked += [date_field("ends", "退住日期", facts.today, required=True), outcome_field()]
    if row.status in {"enquiry", "reserved"}:
        asked.append(date_field("expected", "预计入住"))
    asked.append(text_field("note", "说明", wide=True))
    values: dict[str, Value] = {"outcome": row.outcome, "note": row.note}
    for key in ("begins", "ends", "expected"):
        day = getattr(row, key)
        values[key] = day.isoformat() if day else ""
    seen = Seen(row.rid, row.revision)
    return StayTask(
        f"correct:{row.rid}",
        "更正入住记录",
        "更正",
        correcting(form(*asked)),
        lambda said: CorrectStay(seen, _read_stay(said, row), reason_of(said)),
        "已更正",
        values,
    )


def retract_task(kind: str, rid: UUID, revision: int) -> StayTask:
    seen = Seen(rid, revision)
    why = text_field("why", "为什么作废", "如 记错人", required=True, wide=True)

    def order(values: Values) -> Order[Any]:
        said = text(values, "why")
        return RetractStay(seen, said) if kind == "stay" else RetractAbsence(seen, said)

    title = "作废这次入住" if kind == "stay" else "作废这次外出或住院"
    return StayTask(f"retract:{rid}", title, "作废", form(why), order, "已作废", grave=True)


def reopen_task(row: StayRow) -> StayTask:
    seen = Seen(row.rid, row.revision)
    why = text_field("why", "为什么撤销", "如 登记错人、家属改主意", required=True, wide=True)
    title = "撤销撤回" if row.status == "withdrawn" else "撤销退住"
    return StayTask(
        f"reopen:{row.rid}",
        title,
        title,
        form(why),
        lambda values: Reopen(seen, text(values, "why")),
        f"已{title}",
    )


def read_absence(values: Values) -> AbsenceForm:
    begins = when_of(values)
    if begins is None:
        raise ValueError("a form that was not checked")
    ends = when_of(values, "back")
    if ends is None and day_of(values, "back_day") is not None:
        raise Refusal("请填写返回的时间。", field="back_time")
    return AbsenceForm(text(values, "code"), begins, ends, read_away(values), text(values, "condition"))


def absence_values(row: AbsenceRow, zone: str) -> dict[str, Value]:
    """An absence as the form's texts."""
    values: dict[str, Value] = {
        "code": row.code,
        "whither": row.whither,
        "why": row.why,
        "escort": row.escort,
        "phone": row.phone,
        "bed_kept": KEPT if row.bed_kept else GIVEN_UP,
        "keep_until": row.keep_until.isoformat() if row.keep_until else "",
        "condition": row.condition,
    }
    values |= time_values(row.begins, zone)
    if row.ends is not None:
        values |= time_values(row.ends, zone, "back", closing=True)
    if row.planned is not None:
        values |= time_values(row.planned, zone, "planned", closing=True)
    return values


def _read_stay(values: Values, row: StayRow) -> StayForm:
    began, ended = row.status in {"in", "ended"}, row.status == "ended"
    return StayForm(
        begins=day_of(values, "begins") if began else None,
        ends=day_of(values, "ends") if ended else None,
        outcome=text(values, "outcome") if ended else "",
        expected=day_of(values, "expected") if not began else row.expected,
        note=text(values, "note"),
    )


def _absence_fields(facts: Facts, code: Field, *, back: bool) -> Form:
    return form(
        code,
        *away_fields("leave"),
        *day_and_time("离开", latest=facts.today),
        *day_and_time("返回", "back", required=back, latest=facts.today),
        *planned_fields(),
        *kept_fields(),
        text_field("condition", "返院情况", wide=True),
    )
