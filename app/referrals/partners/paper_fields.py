"""What the sheets of agreements and of the station's own papers ask, as data."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.core.form import Choice, Field, Form, Kind, Section, Value, read_date
from app.referrals.partners.fields import NO, YES, Values, day_text, several, text, yes_no
from app.referrals.partners.forms import LONGEST_NOTE, AgreementForm, LicenceForm, Terms
from app.referrals.partners.lists import lists
from app.rehab.form.evaluation import reason_fields

_YEARS = timedelta(days=366 * 30)
_A_DAY = timedelta(days=1)


def agreement_form(today: date, *, correcting: bool = False) -> Form:
    """An agreement; with the reason when one is put right."""
    kinds = tuple(Choice(one.code, one.short) for one in lists().agreements.values())
    fields = (
        Field("what", "协议类型", Kind.CHOICE, required=True, choices=kinds, wide=True, listed=True),
        Field("begins", "起始日期", Kind.DATE, required=True, earliest=today - _YEARS, latest=today + _YEARS),
        Field("ends", "到期日期", Kind.DATE, latest=today + _YEARS, hint="不填：长期有效"),
        Field("number", "协议编号", max_length=40),
        Field("remind", "提前提醒", Kind.NUMBER, unit="天", low=0, high=730, hint="不填：按类型的默认天数"),
        Field("beds", "预留床位", Kind.NUMBER, unit="张", low=0, high=999),
        Field("visit_days", "巡诊间隔", Kind.NUMBER, unit="天", low=0, high=366, hint="如 每 14 天一次"),
        yes_no("pay_later", "先救治后缴费", wide=True),
        Field("text", "其他约定", Kind.LINES, max_length=LONGEST_NOTE, wide=True),
        Field("paper", "扫描件", Kind.PHOTOS, most=1, wide=True, hint="签字盖章页", pdf=True),
    )
    section = Section("", fields)
    return Form((section, *reason_fields().sections) if correcting else (section,))


def agreement_values(form: AgreementForm | None, today: date) -> dict[str, Value]:
    """Of an agreement; of a new one a year from today."""
    if form is None:
        return {"begins": day_text(today), "ends": day_text(_a_year_on(today)), "pay_later": NO}
    said = form.terms
    return {
        "what": form.what,
        "begins": day_text(form.begins),
        "ends": day_text(form.ends),
        "number": form.number,
        "remind": "" if form.remind is None else str(form.remind),
        "beds": str(said.beds or ""),
        "visit_days": str(said.visit_days or ""),
        "pay_later": YES if said.pay_later else NO,
        "text": said.text,
        "paper": (form.paper,) if form.paper else (),
    }


def renewal_values(form: AgreementForm, today: date) -> dict[str, Value]:
    """As it was, from the day after its end and as long again; number and paper are new ones."""
    begins = form.ends + _A_DAY if form.ends is not None else today
    lasted = form.ends - form.begins if form.ends is not None and form.begins is not None else None
    whole = lasted is None or lasted.days in (364, 365)
    ends = _a_year_on(begins) if whole or lasted is None else begins + lasted
    fresh: dict[str, Value] = {"begins": day_text(begins), "ends": day_text(ends), "number": "", "paper": ()}
    return {**agreement_values(form, today), **fresh}


def read_agreement(values: Values) -> AgreementForm:
    remind = text(values, "remind")
    papers = several(values, "paper")
    return AgreementForm(
        what=text(values, "what"),
        begins=read_date(text(values, "begins")),
        ends=read_date(text(values, "ends")),
        number=text(values, "number"),
        terms=Terms(
            beds=int(text(values, "beds") or 0),
            pay_later=text(values, "pay_later") == YES,
            visit_days=int(text(values, "visit_days") or 0),
            text=text(values, "text"),
        ),
        remind=int(remind) if remind else None,
        paper=papers[0] if papers else "",
    )


def licence_form(today: date, *, correcting: bool = False) -> Form:
    """A paper of the station; with the reason when one is put right."""
    kinds = tuple(Choice(one.code, one.words) for one in lists().licences.values())
    issued, expires = f"如 {today.year - 1}-03-12", f"如 {today.year + 4}-03-11"
    fields = (
        Field("what", "证照", Kind.CHOICE, required=True, choices=kinds, wide=True, listed=True),
        Field("number", "编号", required=True, max_length=60),
        Field("authority", "发证（备案）机关", required=True, max_length=60),
        Field(
            "issued", "发证（备案）日期", Kind.DATE, required=True, earliest=today - _YEARS, latest=today,
            placeholder=issued,
        ),
        Field(
            "expires", "有效期至", Kind.DATE, latest=today + _YEARS, hint="不填：长期有效", placeholder=expires
        ),
        Field("holder", "持有人", max_length=60, placeholder="机构或负责人"),
        Field("remind", "提前提醒", Kind.NUMBER, unit="天", low=0, high=730, hint="不填：按证照的默认天数"),
        Field(
            "scope", "范围", Kind.LINES, max_length=600, wide=True,
            placeholder="诊疗科目或备案内容，用顿号或换行分开，如：内科、中医科、康复医学科",
        ),
        Field("note", "备注", max_length=100, wide=True),
        Field("paper", "扫描件", Kind.PHOTOS, most=1, wide=True, pdf=True),
    )  # fmt: skip
    section = Section("", fields)
    return Form((section, *reason_fields().sections) if correcting else (section,))


def licence_values(form: LicenceForm | None) -> dict[str, Value]:
    if form is None:
        return {}
    return {
        "what": form.what,
        "number": form.number,
        "authority": form.authority,
        "issued": day_text(form.issued),
        "expires": day_text(form.expires),
        "holder": form.holder,
        "remind": "" if form.remind is None else str(form.remind),
        "scope": "、".join(form.scope),
        "note": form.note,
        "paper": (form.paper,) if form.paper else (),
    }


def next_licence_values(form: LicenceForm, today: date) -> dict[str, Value]:
    """As it was, issued today; until when is on the new paper."""
    fresh: dict[str, Value] = {"issued": day_text(today), "expires": "", "paper": ()}
    return {**licence_values(form), **fresh}


def read_licence(values: Values) -> LicenceForm:
    remind = text(values, "remind")
    papers = several(values, "paper")
    return LicenceForm(
        what=text(values, "what"),
        number=text(values, "number"),
        authority=text(values, "authority"),
        issued=read_date(text(values, "issued")),
        expires=read_date(text(values, "expires")),
        holder=text(values, "holder"),
        scope=tuple(
            part.strip() for part in re.split(r"[、，,；;\n]", text(values, "scope")) if part.strip()
        ),
        remind=int(remind) if remind else None,
        paper=papers[0] if papers else "",
        note=text(values, "note"),
    )


def _a_year_on(begins: date) -> date:
    """The last day of a year that begins on a day."""
    try:
        return begins.replace(year=begins.year + 1) - _A_DAY
    except ValueError:  # the 29th of February
        return begins.replace(year=begins.year + 1, day=28)
