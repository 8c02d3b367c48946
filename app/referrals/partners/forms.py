"""What a person says of a partner, an agreement, a licence, a doctor who comes; each is given back as columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.rules import institution_code_problem
from app.core.blobs import keep_scan
from app.core.errors import Refusal
from app.core.unit import Unit
from app.referrals.partners.department import DepartmentRow
from app.referrals.partners.lists import lists
from app.residents.rules import Wrong, read_phones
from app.residents.stays.forms import words
from db.models import Partner, Staff

LONGEST_NOTE = 300
FARTHEST, SLOWEST = 2000, 24 * 60  # km, minutes
_TEN_YEARS = timedelta(days=3660)


@dataclass(frozen=True)
class PartnerForm:
    """`code`: 统一社会信用代码 (18) or 组织机构代码 (9), or empty. `capabilities`: codes of partners.toml."""

    name: str
    kind: str = "hospital"
    code: str = ""
    level: str = ""
    address: str = ""
    phone: str = ""
    km: float | None = None
    minutes: int | None = None
    capabilities: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Terms:
    """What was agreed. `beds` kept for us; `pay_later`: treated first; `visit_days`: a visit every so many days."""

    beds: int = 0
    pay_later: bool = False
    visit_days: int = 0
    text: str = ""

    def kept(self) -> dict[str, Any]:
        said = {
            "beds": self.beds,
            "pay_later": self.pay_later,
            "visit_days": self.visit_days,
            "text": self.text,
        }
        return {key: value for key, value in said.items() if value}


@dataclass(frozen=True)
class AgreementForm:
    """`what`: a code of partners.toml; `remind` None: as that kind has it. `paper`: a photo or PDF as a form has it."""

    what: str
    begins: date | None
    ends: date | None = None
    number: str = ""
    terms: Terms = Terms()
    remind: int | None = None
    paper: str = ""


@dataclass(frozen=True)
class LicenceForm:
    """`what`: a code of partners.toml. `scope`: what it covers (诊疗科目 …)."""

    what: str
    number: str
    authority: str
    issued: date | None
    expires: date | None = None
    holder: str = ""
    scope: tuple[str, ...] = ()
    remind: int | None = None
    paper: str = ""
    note: str = ""


@dataclass(frozen=True)
class VisitingForm:
    """A doctor who comes; `staff` if they have an account here."""

    name: str
    begins: date | None
    ends: date | None = None
    department: str = ""
    title: str = ""
    certificate: str = ""
    phone: str = ""
    staff: UUID | None = None
    note: str = ""


def check_partner(form: PartnerForm) -> dict[str, Any]:
    """Refuses no name, a kind or capability there is none of, a code whose check character is wrong."""
    known = lists()
    if form.kind not in known.kinds:
        raise Refusal("请选择机构类型。", field="kind")
    if any(one not in known.capabilities for one in form.capabilities):
        raise Refusal("没有这项收治能力，请重新选择。", field="capabilities")
    return {
        "name": words(form.name, "name", "机构名称", required=True, longest=60),
        "kind": form.kind,
        "code": _code(form.code),
        "level": words(form.level, "level", "等级", longest=20),
        "address": words(form.address, "address", "地址"),
        "phone": phone(form.phone),
        "distance_km": None if form.km is None else _within(form.km, FARTHEST, "km", "路程"),
        "minutes": None if form.minutes is None else int(_within(form.minutes, SLOWEST, "minutes", "车程")),
        "capabilities": [code for code in known.capabilities if code in form.capabilities],
        "note": words(form.note, "note", "备注", longest=LONGEST_NOTE),
    }


def check_department(form: DepartmentRow) -> DepartmentRow:
    """Refuses one without a name, a bad phone, and day and night without any phone."""
    checked = DepartmentRow(
        words(form.words, "words", "科室", required=True, longest=30),
        words(form.contact, "contact", "联系人", longest=30),
        phone(form.phone),
        form.day_and_night,
    )
    if checked.day_and_night and not checked.phone:
        raise Refusal("24 小时值守的科室请填写电话。", field="phone")
    return checked


def check_agreement(unit: Unit, form: AgreementForm) -> dict[str, Any]:
    """Refuses a kind there is none of, and an end before its beginning."""
    kind = lists().agreements.get(form.what)
    if kind is None:
        raise Refusal("请选择协议类型。", field="what")
    begins, ends = _span(form.begins, form.ends, ("begins", "ends"))
    _within(form.terms.beds, 999, "beds", "预留床位")
    _within(form.terms.visit_days, 366, "visit_days", "巡诊间隔")
    return {
        "what": form.what,
        "words": kind.words,
        "begins": begins,
        "ends": ends,
        "number": words(form.number, "number", "协议编号", longest=40),
        "terms": Terms(
            form.terms.beds,
            form.terms.pay_later,
            form.terms.visit_days,
            words(form.terms.text, "text", "约定内容", longest=LONGEST_NOTE),
        ).kept(),
        "remind_days": _remind(form.remind, kind.remind),
        "paper": keep_scan(unit, form.paper, "paper") if form.paper else "",
    }


def check_licence(unit: Unit, form: LicenceForm) -> dict[str, Any]:
    """Refuses one without number or authority, and one that expires before it was issued."""
    kind = lists().licences.get(form.what)
    if kind is None:
        raise Refusal("请选择证照类型。", field="what")
    issued, expires = _span(form.issued, form.expires, ("issued", "expires"))
    if issued > unit.today:
        raise Refusal("发证日期在今天之后，请核对。", field="issued")
    return {
        "what": form.what,
        "number": words(form.number, "number", "编号", required=True, longest=60),
        "authority": words(form.authority, "authority", "发证（备案）机关", required=True, longest=60),
        "issued": issued,
        "expires": expires,
        "holder": words(form.holder, "holder", "持有人", longest=60),
        "scope": [one for said in form.scope if (one := words(said, "scope", "范围", longest=60))],
        "remind_days": _remind(form.remind, kind.remind),
        "paper": keep_scan(unit, form.paper, "paper") if form.paper else "",
        "note": words(form.note, "note", "备注", longest=LONGEST_NOTE),
    }


def check_visiting(unit: Unit, form: VisitingForm) -> dict[str, Any]:
    """Refuses one without a name, an account that is not here, an end before the beginning."""
    begins, ends = _span(form.begins, form.ends, ("begins", "ends"))
    if form.staff is not None and unit.session.get(Staff, form.staff) is None:
        raise Refusal("没有这个账号，请重新选择。", field="staff")
    return {
        "name": words(form.name, "name", "姓名", required=True, longest=40),
        "begins": begins,
        "ends": ends,
        "department": words(form.department, "department", "科室", longest=30),
        "title": words(form.title, "title", "职称", longest=30),
        "certificate": words(form.certificate, "certificate", "执业证号", longest=40),
        "phone": phone(form.phone),
        "staff": form.staff,
        "note": words(form.note, "note", "备注", longest=LONGEST_NOTE),
    }


def phone(said: str) -> str:
    """One or several numbers as they are dialled, or nothing; refuses what cannot be."""
    if not said.strip():
        return ""
    try:
        return read_phones(said)
    except Wrong as wrong:
        raise Refusal(f"{wrong.text}。", field="phone") from wrong


def refuse_namesake(unit: Unit, name: str, but: UUID | None = None) -> None:
    """Refuses a second partner of one name."""
    rid = unit.session.scalar(
        select(Partner.rid).where(Partner.name == name, Partner.current, Partner.state != "retracted")
    )
    if rid is not None and rid != but:
        raise Refusal(f"已经有“{name}”，不用再建一家。", field="name")


def _code(said: str) -> str:
    code = words(said, "code", "机构代码").upper().replace("-", "")
    if code and len(code) != 9 and (wrong := institution_code_problem(code)) is not None:
        raise Refusal(wrong, field="code")
    return code


def _span(begins: date | None, ends: date | None, fields: tuple[str, str]) -> tuple[date, date | None]:
    if begins is None:
        raise Refusal("请填写起始日期。", field=fields[0])
    if ends is not None and ends < begins:
        raise Refusal("到期日期早于起始日期，请核对。", field=fields[1])
    if ends is not None and ends - begins > 3 * _TEN_YEARS:
        raise Refusal("有效期超过 30 年，请核对年份。", field=fields[1])
    return begins, ends


def _remind(said: int | None, usual: int) -> int:
    return usual if said is None else int(_within(said, 730, "remind", "提前提醒"))


def _within(said: float, most: int, field: str, title: str) -> float:
    if not 0 <= said <= most:
        raise Refusal(f"{title}应在 0 到 {most} 之间，请核对。", field=field)
    return said
