"""What the sheets of partners, departments and doctors who come ask, as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from app.core.errors import Refusal
from app.core.form import Choice, Field, Form, Kind, Section, Value, read_date
from app.referrals.partners.department import DepartmentRow
from app.referrals.partners.forms import FARTHEST, LONGEST_NOTE, SLOWEST, PartnerForm, VisitingForm, phone
from app.referrals.partners.lists import lists

Values = Mapping[str, Value]
YES, NO = "yes", "no"
_YEARS = timedelta(days=366 * 30)


def partner_form() -> Form:
    """A partner but for its departments."""
    known = lists()
    kinds = tuple(Choice(code, words) for code, words in known.kinds.items())
    able = tuple(Choice(one.code, one.words) for one in known.capabilities.values())
    fields = (
        Field("name", "机构名称", required=True, max_length=60, wide=True),
        Field("kind", "类型", Kind.CHOICE, required=True, choices=kinds, wide=True),
        Field("level", "等级", Kind.SUGGESTED, max_length=20, suggest=offers(known.levels), placeholder="如 三级甲等"),
        Field("phone", "24 小时电话", max_length=60, check=phone_check, placeholder="如 0592-5550120"),
        Field("km", "路程", Kind.NUMBER, unit="km", decimals=1, low=0, high=FARTHEST),
        Field("minutes", "车程", Kind.NUMBER, unit="分钟", low=0, high=SLOWEST),
        Field("address", "地址", max_length=100, wide=True),
        Field("code", "机构代码", max_length=20, placeholder="统一社会信用代码，可不填"),
        Field(
            "capabilities", "收治能力", Kind.CHOICES, choices=able, wide=True,
            hint="不选：不判断是否合适；选了，缺的会在转诊时提示",
        ),
        Field("note", "备注", Kind.LINES, max_length=LONGEST_NOTE, wide=True),
    )  # fmt: skip
    return Form((Section("", fields),))


def partner_values(form: PartnerForm) -> dict[str, Value]:
    return {
        "name": form.name,
        "kind": form.kind,
        "level": form.level,
        "phone": form.phone,
        "km": "" if form.km is None else f"{form.km:g}",
        "minutes": "" if form.minutes is None else str(form.minutes),
        "address": form.address,
        "code": form.code,
        "capabilities": form.capabilities,
        "note": form.note,
    }


def read_partner(values: Values) -> PartnerForm:
    km, minutes = text(values, "km"), text(values, "minutes")
    return PartnerForm(
        name=text(values, "name"),
        kind=text(values, "kind"),
        code=text(values, "code"),
        level=text(values, "level"),
        address=text(values, "address"),
        phone=text(values, "phone"),
        km=float(km) if km else None,
        minutes=int(minutes) if minutes else None,
        capabilities=several(values, "capabilities"),
        note=text(values, "note"),
    )


def department_form() -> Form:
    """One department."""
    fields = (
        Field(
            "words", "科室", Kind.SUGGESTED, required=True, max_length=30, suggest=offers(lists().departments),
            placeholder="如 急诊科",
        ),
        Field("contact", "联系人", max_length=30, placeholder="如 刘志远主任"),
        Field("phone", "电话", max_length=60, check=phone_check),
        yes_no("day_and_night", "24 小时有人接"),
    )  # fmt: skip
    return Form((Section("", fields),))


def department_values(row: DepartmentRow | None) -> dict[str, Value]:
    if row is None:
        return {"day_and_night": NO}
    return {
        "words": row.words,
        "contact": row.contact,
        "phone": row.phone,
        "day_and_night": YES if row.day_and_night else NO,
    }


def read_department(values: Values) -> DepartmentRow:
    return DepartmentRow(
        text(values, "words"),
        text(values, "contact"),
        text(values, "phone"),
        text(values, "day_and_night") == YES,
    )


def visiting_form(today: date) -> Form:
    """A doctor who comes."""
    fields = (
        Field("name", "姓名", required=True, max_length=40),
        Field("title", "职称", Kind.SUGGESTED, max_length=30, suggest=offers(lists().titles)),
        Field("department", "科室", Kind.SUGGESTED, max_length=30, suggest=offers(lists().departments)),
        Field("certificate", "执业证号", max_length=40),
        Field("phone", "电话", max_length=60, check=phone_check),
        Field("begins", "起始日期", Kind.DATE, required=True, earliest=today - _YEARS, latest=today + _YEARS),
        Field("ends", "到期日期", Kind.DATE, latest=today + _YEARS, hint="不填：长期"),
        Field("note", "备注", max_length=100, wide=True, placeholder="如 每月第二个周三上午"),
    )
    return Form((Section("", fields),))


def visiting_values(form: VisitingForm) -> dict[str, Value]:
    return {
        "name": form.name,
        "title": form.title,
        "department": form.department,
        "certificate": form.certificate,
        "phone": form.phone,
        "begins": day_text(form.begins),
        "ends": day_text(form.ends),
        "note": form.note,
    }


def read_visiting(values: Values, before: VisitingForm | None = None) -> VisitingForm:
    """`before`: its account here stays."""
    return VisitingForm(
        name=text(values, "name"),
        begins=read_date(text(values, "begins")),
        ends=read_date(text(values, "ends")),
        department=text(values, "department"),
        title=text(values, "title"),
        certificate=text(values, "certificate"),
        phone=text(values, "phone"),
        staff=before.staff if before is not None else None,
        note=text(values, "note"),
    )


def end_form(today: date, *, offered: tuple[str, ...] = (), needs_why: bool = True) -> Form:
    """Since when it is over, and why."""
    fields = (
        Field("on", "日期", Kind.DATE, required=True, earliest=today - _YEARS, latest=today),
        Field(
            "why", "原因", Kind.SUGGESTED, required=needs_why, max_length=60,
            suggest=offers(offered or lists().endings), placeholder="如 协商终止",
        ),
    )  # fmt: skip
    return Form((Section("", fields),))


def offers(words: tuple[str, ...]) -> Callable[[str], tuple[Choice, ...]]:
    """What may be meant of a short list; other words are kept all the same."""

    def suggest(typed: str) -> tuple[Choice, ...]:
        said = typed.strip()
        return tuple(Choice(one, one) for one in words if said in one)

    return suggest


def phone_check(said: str) -> str | None:
    """The sentence beside the field, as the order would refuse it."""
    try:
        phone(said)
    except Refusal as refusal:
        return refusal.text
    return None


def yes_no(key: str, label: str, *, wide: bool = False) -> Field:
    """A question that is answered with yes or no."""
    return Field(key, label, Kind.CHOICE, choices=(Choice(YES, "是"), Choice(NO, "否")), wide=wide)


def text(values: Values, key: str) -> str:
    said = values.get(key, "")
    return said if isinstance(said, str) else ""


def several(values: Values, key: str) -> tuple[str, ...]:
    said = values.get(key, ())
    return said if isinstance(said, tuple) else ()


def day_text(day: date | None) -> str:
    return "" if day is None else day.isoformat()
