"""The forms of a stay's steps as data: fields with their checks, the same words for every step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from app.core.clock import local
from app.core.form import Choice, Field, Form, Kind, Section, Value, read_date
from app.residents.codes import code_list
from app.residents.rules import Wrong, squeeze
from app.residents.rules.grades import GRADES
from app.residents.rules.stated import CORRECTION_REASONS
from app.residents.rules.stays import ABSENCES, MODES, OUTCOMES
from app.residents.rules.windows import DAY_MINUTES, When, read_time
from app.residents.stays.forms import LONGEST, AwayForm

Values = Mapping[str, Value]
Beds = Mapping[str, UUID]
"""Beds that may be had, by the label staff say."""
KEPT, GIVEN_UP = "kept", "given_up"
MOST_OFFERED = 8


def form(*fields: Field) -> Form:
    return Form((Section("", fields),))


def correcting(fields: Form) -> Form:
    """The form with the reason of a correction below it."""
    reasons = tuple(Choice(one, one) for one in CORRECTION_REASONS)
    why = (
        Field("reason", "更正原因", Kind.CHOICE, required=True, choices=reasons),
        Field("reason_words", "说明", placeholder="选“其他”时必填", max_length=80),
    )
    return Form((*fields.sections, Section("更正", why)))


def text_field(
    key: str, label: str, placeholder: str = "", *, required: bool = False, wide: bool = False
) -> Field:
    return Field(key, label, placeholder=placeholder, required=required, max_length=LONGEST, wide=wide)


def day_and_time(
    label: str, key: str = "", *, required: bool = True, latest: date | None = None
) -> tuple[Field, Field]:
    """A day and a time; the names are `day` and `time`, after `key_` where there are two of them."""
    start = f"{key}_" if key else ""
    return (
        Field(f"{start}day", f"{label}日期", Kind.DATE, required=required, latest=latest),
        Field(
            f"{start}time",
            "时间",
            required=required,
            placeholder="如 08:30，24:00 算当天",
            check=time_wrong,
            max_length=8,
        ),
    )


def date_field(key: str, label: str, latest: date | None = None, *, required: bool = False) -> Field:
    return Field(key, label, Kind.DATE, required=required, latest=latest)


def planned_fields() -> tuple[Field, Field]:
    return day_and_time("预计返回", "planned", required=False)


def mode_field() -> Field:
    choices = tuple(Choice(key, words) for key, words in MODES.items())
    return Field("mode", "服务方式", Kind.CHOICE, required=True, choices=choices)


def bed_field(beds: Beds, *, required: bool = False, hint: str = "") -> Field:
    """A free bed by its label, found by any part of it."""
    return Field(
        "bed",
        "床位",
        Kind.SUGGESTED,
        required=required,
        hint=hint,
        placeholder="输入房间或床号，如 301",
        check=lambda said: None if bed_of(said, beds) else "没有这张空床，请从提示里选。",
        suggest=lambda typed: _offered(typed, beds),
    )


def kept_fields() -> tuple[Field, Field]:
    choices = (Choice(KEPT, "保留床位"), Choice(GIVEN_UP, "不保留"))
    return (
        Field("bed_kept", "床位", Kind.CHOICE, required=True, choices=choices),
        Field("keep_until", "保留到", Kind.DATE, hint="不填：不限"),
    )


def code_field() -> Field:
    choices = tuple(Choice(key, words) for key, words in ABSENCES.items())
    return Field("code", "类别", Kind.CHOICE, required=True, choices=choices)


def outcome_field() -> Field:
    choices = tuple(Choice(key, words) for key, words in OUTCOMES.items())
    return Field("outcome", "去向", Kind.CHOICE, required=True, choices=choices, wide=True)


def away_fields(code: str) -> tuple[Field, ...]:
    """Where to, why, with whom."""
    hospital = code == "hospital"
    return (
        text_field(
            "whither",
            "医院" if hospital else "去向",
            "如 市第一人民医院" if hospital else "如 女儿家",
            required=True,
        ),
        text_field("why", "原因", "如 肺部感染" if hospital else "如 家人生日", required=True),
        text_field("escort", "陪同人", "如 女儿、护理员"),
        Field("phone", "联系电话", Kind.PHONE),
    )


def grade_form(what: str, today: date) -> Form:
    """What is asked for a level."""
    choices = tuple(Choice(entry.code, entry.words) for entry in code_list(what).entries)
    return form(
        Field("value", GRADES[what], Kind.CHOICE, required=True, choices=choices, wide=True),
        Field("since", "起始日期", Kind.DATE, required=True, latest=today),
        Field("review_on", "下次复核", Kind.DATE, hint="可不填"),
        Field("note", "理由", required=True, max_length=LONGEST, wide=True),
    )


# reading --------------------------------------------------------------------------------------------------------------


def text(values: Values, key: str) -> str:
    value = values.get(key, "")
    return value if isinstance(value, str) else ""


def day_of(values: Values, key: str) -> date | None:
    return read_date(text(values, key))


def when_of(values: Values, key: str = "", *, without_time: int | None = None) -> When | None:
    """Day and time of a form; a day without a time is at minute `without_time`. None where no day stands."""
    start = f"{key}_" if key else ""
    day, said = day_of(values, f"{start}day"), text(values, f"{start}time")
    if day is None:
        return None
    if not said:
        return When(day, without_time) if without_time is not None else None
    return When(day, read_time(said))


def read_away(values: Values) -> AwayForm:
    return AwayForm(
        whither=text(values, "whither"),
        why=text(values, "why"),
        escort=text(values, "escort"),
        phone=text(values, "phone"),
        planned=when_of(values, "planned", without_time=END_OF_DAY),
        bed_kept=text(values, "bed_kept") != GIVEN_UP,
        keep_until=day_of(values, "keep_until"),
    )


def reason_of(values: Values) -> str:
    head, words = text(values, "reason"), text(values, "reason_words")
    return f"{head}：{words}" if words or head == "其他" else head


def bed_of(said: str, beds: Beds) -> UUID | None:
    """The free bed that was meant: its label, or the only one that ends so."""
    wanted = squeeze(said)
    if not wanted:
        return None
    exact = [rid for label, rid in beds.items() if squeeze(label) == wanted]
    ends = exact or [rid for label, rid in beds.items() if squeeze(label).endswith(wanted)]
    return ends[0] if len(ends) == 1 else None


def time_values(moment: datetime, zone: str, key: str = "", *, closing: bool = False) -> dict[str, Value]:
    """An instant as day and time of a form; with `closing` midnight is the old day's 24:00."""
    at = local(zone, moment)
    day, said = at.date(), f"{at:%H:%M}"
    if closing and said == "00:00":
        day, said = day - timedelta(days=1), "24:00"
    start = f"{key}_" if key else ""
    return {f"{start}day": day.isoformat(), f"{start}time": said}


def time_wrong(said: str) -> str | None:
    try:
        read_time(said)
    except Wrong as wrong:
        return f"{wrong.text}。"
    return None


def _offered(typed: str, beds: Beds) -> tuple[Choice, ...]:
    wanted = squeeze(typed)
    found = [label for label in beds if wanted in squeeze(label)]
    return tuple(Choice(label, label) for label in found[:MOST_OFFERED])


END_OF_DAY = DAY_MINUTES
"""Somebody expected on a day without a time may come until its 24:00."""
