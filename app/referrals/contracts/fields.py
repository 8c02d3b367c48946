"""What the sheets of contracts ask, as data: the contract, a service that was delivered, how content they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.form import Choice, Field, Form, Kind, Section, Value, read_date
from app.referrals.contracts.forms import ContractForm, Member, Signer
from app.referrals.contracts.lists import Fee, Owed, Package, lists
from app.referrals.partners.fields import (
    NO,
    YES,
    Values,
    day_text,
    offers,
    phone_check,
    several,
    text,
    yes_no,
)
from app.referrals.rules.contracts import Course, last_day
from app.rehab.form.evaluation import reason_fields

_YEARS = timedelta(days=366 * 5)
_A_DAY = timedelta(days=1)
SCORES = {5: "5 非常满意", 4: "4 满意", 3: "3 一般", 2: "2 不满意", 1: "1 很不满意"}


@dataclass(frozen=True)
class Around:
    """What the sheet knows beside the contract: names of doctors, of partners by name, of people who may sign."""

    doctors: tuple[str, ...] = ()
    partners: tuple[tuple[str, UUID], ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    groups: tuple[str, ...] = ()
    last_signer: tuple[str, str] = ("", "")


def contract_form(today: date, around: Around, *, correcting: bool = False) -> Form:
    """A contract; with the reason when one is put right."""
    known = lists()
    packages = tuple(Choice(one.code, one.words) for one in known.packages.values())
    groups = tuple(Choice(one.code, one.words) for one in known.groups.values())
    fields = (
        Field("package", "服务包", Kind.CHOICE, required=True, choices=packages, wide=True),
        Field("begins", "签约日期", Kind.DATE, required=True, earliest=today - _YEARS, latest=today + _YEARS),
        Field("ends", "到期日期", Kind.DATE, latest=today + _YEARS, hint=f"不填：{known.years} 年"),
        Field(
            "doctor_name", "家庭医生", Kind.SUGGESTED, required=True, max_length=40, suggest=offers(around.doctors),
        ),
        Field("phone", "医生电话", max_length=60, check=phone_check),
        Field(
            "partner", "签约机构", Kind.SUGGESTED, max_length=60,
            suggest=offers(tuple(name for name, _rid in around.partners)), placeholder="不填：本站",
        ),
        yes_no("renews", "到期自动续签"),
        Field(
            "team", "团队成员", Kind.LINES, max_length=400, wide=True, check=team_check,
            placeholder="每行一人：角色 姓名 电话，如 护士 王秀英 13800138000",
        ),
        Field(
            "services", "服务项目", Kind.LINES, max_length=800, wide=True, check=services_check,
            placeholder="不填：按服务包；要改就每行一项：项目 每年次数，0 为按需",
        ),
        _yuan("fee_own", "自付"),
        _yuan("fee_insurance", "医保"),
        _yuan("fee_public", "公卫"),
        Field("groups", "重点人群", Kind.CHOICES, choices=groups, wide=True, hint="按档案已勾选，可改"),
        Field(
            "signer", "签约人", Kind.SUGGESTED, required=True, max_length=40,
            suggest=offers(tuple(name for name, _relation in around.people)),
        ),
        Field(
            "relation", "与老人的关系", Kind.SUGGESTED, required=True, max_length=20, suggest=offers(known.relations)
        ),
        yes_no("on_paper", "已在纸质协议上签名", wide=True),
    )  # fmt: skip
    section = Section("", fields)
    return Form((section, *reason_fields().sections) if correcting else (section,))


def new_values(today: date, around: Around) -> dict[str, Value]:
    """A year from today, the groups the chart says, whoever decides for the resident."""
    name, relation = around.last_signer
    doctor = around.doctors[0] if len(around.doctors) == 1 else ""
    return {
        "package": "basic",
        "begins": day_text(today),
        "ends": day_text(last_day(today, lists().years)),
        "doctor_name": doctor,
        "renews": NO,
        "groups": around.groups,
        "signer": name,
        "relation": relation,
        "on_paper": NO,
    }


def contract_values(form: ContractForm) -> dict[str, Value]:
    return {
        "package": form.package,
        "begins": day_text(form.begins),
        "ends": day_text(form.ends),
        "doctor_name": form.doctor_name,
        "phone": form.doctor_phone,
        "partner": form.partner_words,
        "renews": YES if form.renews else NO,
        "team": "\n".join(
            " ".join(part for part in (one.role, one.name, one.phone) if part) for one in form.team
        ),
        "services": "\n".join(f"{one.words} {one.per_year}" for one in form.services),
        "fee_own": _number(form.fee.own),
        "fee_insurance": _number(form.fee.insurance),
        "fee_public": _number(form.fee.public),
        "groups": form.groups,
        "signer": form.signer.name,
        "relation": form.signer.relation,
        "on_paper": YES if form.signer.on_paper else NO,
    }


def renewal_values(form: ContractForm, ends: date, around: Around) -> dict[str, Value]:
    """As it was, from the day after its end; who signs says so anew."""
    begins = ends + _A_DAY
    fresh: dict[str, Value] = {
        "begins": day_text(begins), "ends": day_text(last_day(begins, lists().years)), "on_paper": NO,
        "groups": around.groups or form.groups,
    }  # fmt: skip
    return {**contract_values(form), **fresh}


def read_contract(values: Values, around: Around, drawn: dict[str, Any]) -> ContractForm:
    """Of values that were checked; empty services and fees are those of the package."""
    package = lists().packages.get(text(values, "package"))
    partner = text(values, "partner")
    return ContractForm(
        doctor_name=text(values, "doctor_name"),
        begins=read_date(text(values, "begins")),
        ends=read_date(text(values, "ends")),
        signer=Signer(
            text(values, "signer"), text(values, "relation"), drawn, on_paper=text(values, "on_paper") == YES
        ),
        package=text(values, "package"),
        services=read_services(text(values, "services")),
        doctor_phone=text(values, "phone"),
        partner=dict(around.partners).get(partner),
        partner_words=partner,
        team=read_team(text(values, "team")),
        fee=_read_fee(values, package),
        groups=several(values, "groups"),
        renews=text(values, "renews") == YES,
    )


def read_team(said: str) -> tuple[Member, ...]:
    """`护士 王秀英 13800138000`, one a line; refuses a line without a name."""
    made = []
    for line in filter(None, (one.strip() for one in said.splitlines())):
        parts = line.split(maxsplit=2)
        if len(parts) < 2:
            raise Refusal(f"“{line}”缺姓名，请写成：角色 姓名 电话。", field="team")
        made.append(Member(parts[0], parts[1], parts[2] if len(parts) > 2 else ""))
    return tuple(made)


def read_services(said: str) -> tuple[Owed, ...]:
    """`慢性病随访 4`, one a line; a service of the list gets its code."""
    codes = {words: code for code, words in lists().services.items()}
    made = []
    for line in filter(None, (one.strip() for one in said.splitlines())):
        found = re.fullmatch(r"(.+?)[\s×x:：]+(\d{1,3})\s*次?", line)
        if found is None:
            raise Refusal(f"“{line}”缺每年次数，请写成：项目 次数（0 为按需）。", field="services")
        words = found.group(1).strip()
        made.append(Owed(codes.get(words, words), words, int(found.group(2))))
    return tuple(made)


def team_check(said: str) -> str | None:
    return _refused(lambda: read_team(said))


def services_check(said: str) -> str | None:
    return _refused(lambda: read_services(said))


def delivery_form(services: tuple[tuple[str, str], ...], today: date) -> Form:
    """A service that was delivered. `services`: code and words, those of the contract first."""
    fields = (
        Field(
            "code", "服务项目", Kind.CHOICE, required=True, choices=tuple(Choice(*one) for one in services),
            listed=True, wide=True,
        ),
        Field("at", "时间", Kind.MOMENT, required=True, today=today, latest=today),
        Field("provider", "服务人", required=True, max_length=40),
        Field(
            "result", "结果", Kind.LINES, max_length=300, wide=True, placeholder="如 血压 138/82，嘱低盐，下次复查血糖",
        ),
        yes_no("extra", "额外服务（签约之外）", wide=True),
    )  # fmt: skip
    return Form((Section("", fields),))


def delivery_values(code: str, now: datetime, provider: str, course: Course | None) -> dict[str, Value]:
    """Now, by whoever is at the desk; what is done in full already is over and above."""
    return {
        "code": code,
        "at": f"{now:%Y-%m-%d %H:%M}",
        "provider": provider,
        "extra": YES if course is Course.DONE else NO,
    }


def rating_form() -> Form:
    """How content they are."""
    choices = tuple(Choice(str(score), words) for score, words in SCORES.items())
    return Form(
        (Section("", (Field("score", "满意度", Kind.CHOICE, required=True, choices=choices, wide=True),)),)
    )


def _refused(read: Any) -> str | None:
    try:
        read()
    except Refusal as refusal:
        return refusal.text
    return None


def _read_fee(values: Values, package: Package | None) -> Fee:
    said = [text(values, key) for key in ("fee_own", "fee_insurance", "fee_public")]
    if package is not None and not any(said):
        return package.fee
    return Fee(*(float(one or 0) for one in said))


def _yuan(key: str, label: str) -> Field:
    return Field(
        key, label, Kind.NUMBER, unit="元/年", decimals=2, low=0, high=100_000, placeholder="不填：按服务包"
    )


def _number(said: float) -> str:
    return f"{said:g}"
