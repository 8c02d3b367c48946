"""What is asked of a resident, as values without a screen: the form, its contacts, and its checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from app.core.errors import Refusal
from app.residents.codes import code_list
from app.residents.rules import (
    GUARDIAN,
    AllergyStatement,
    Paper,
    PlacePath,
    Wrong,
    check_birth,
    guardian_missing,
    guards,
    read_archive_number,
    read_name,
    read_paper,
    read_phones,
)

T = TypeVar("T")

CARE_LEVELS = {"independent": "自理", "partial": "半护理", "full": "全护理"}
"""护理等级 as the institution bills it; not the ability level of an assessment."""

CITIZEN_ID = "01"
"""居民身份证 in resources/codes/id_type.toml: the kind of paper a new form begins with."""

SEXES = {"1": "男", "2": "女", "0": "未知", "9": "未说明"}
"""GB/T 2261.1."""

NOT_UPLOADED = "不上传（未同意）"
"""How a resident who refused the district platform is shown."""

REGISTER_COLUMNS = (
    "name", "sex", "birth_date", "id_type", "ethnicity", "education", "marital_status", "phone", "address",
    "care_level", "upload_refused", "archive_number", "household_address", "residence", "occupation", "blood_type",
    "rhesus", "living", "nurse", "doctor",
)  # fmt: skip
"""Fields of the form that are columns of the register row, kept as they are."""


@dataclass(frozen=True)
class ContactForm:
    """A relative or guardian; `powers` by `resources/codes/powers.toml`. `guardian` is said by them, too."""

    name: str
    relation: str = ""
    phone: str = ""
    guardian: bool = False
    powers: tuple[str, ...] = ()
    second_phone: str = ""
    address: str = ""
    note: str = ""

    @property
    def empty(self) -> bool:
        return not (self.name.strip() or self.phone.strip() or self.second_phone.strip())


@dataclass(frozen=True)
class ResidentForm:
    """A resident as typed or imported. `allergies` None or not known means unknown, never none."""

    name: str
    sex: str
    birth_date: date | None = None
    id_type: str = CITIZEN_ID
    id_number: str = ""
    ethnicity: str = ""
    education: str = ""
    marital_status: str = ""
    phone: str = ""
    address: str = ""
    insurance: tuple[str, ...] = ()
    care_level: str = ""
    admitted_on: date | None = None
    place: PlacePath | None = None
    contacts: tuple[ContactForm, ...] = ()
    allergies: AllergyStatement | None = None
    diagnoses: tuple[str, ...] = ()
    remarks: dict[str, str] = field(default_factory=dict)
    upload_refused: bool = False  # 不同意上传区平台
    archive_number: str = ""
    household_address: str = ""
    residence: str = ""
    occupation: str = ""
    blood_type: str = ""
    rhesus: str = ""
    living: str = ""
    nurse: UUID | None = None  # 责任护士
    doctor: UUID | None = None  # 责任医生


def check_form(form: ResidentForm, today: date, *, birth_known: bool = True) -> ResidentForm:
    """The form in its proper shape; refuses, beside the field, what cannot be.

    A roster may bring people whose birth date nobody knows (`birth_known` False): they can still be edited.
    """
    name = _read("name", lambda: read_name(form.name))
    if form.sex not in SEXES:
        raise Refusal("请选择性别。", field="sex")
    birth, paper = form.birth_date, Paper("")
    if form.id_number.strip():
        paper = _read("id_number", lambda: read_paper(form.id_type, form.id_number, today))
        birth = _agreed_birth(form, paper)
    if birth is None and birth_known:
        raise Refusal("请填写出生日期或身份证号。", field="birth_date")
    if birth is not None:
        _check_birth(birth, today)
    if form.admitted_on is not None:
        _check_admission(form.admitted_on, birth, today)
    if form.care_level and form.care_level not in CARE_LEVELS:
        raise Refusal("请选择护理等级。", field="care_level")
    checked = _proper(replace(form, name=name, birth_date=birth, id_number=paper.number))
    if (wrong := guardian_missing(birth, today, checked.contacts)) is not None:
        raise Refusal(wrong + "。", field="contact1_powers")
    return checked


def _agreed_birth(form: ResidentForm, paper: Paper) -> date | None:
    """The birth date the paper says, or the one written; refuses where date or sex are not the paper's."""
    if paper.birth_date is None:
        return form.birth_date
    what = "身份证号" if form.id_type == CITIZEN_ID else "证件号码"
    if form.birth_date not in (None, paper.birth_date):
        words = f"出生日期与{what}不一致，{what}里是 {paper.birth_date.isoformat()}。"
        raise Refusal(words, field="birth_date")
    if paper.sex and form.sex in ("1", "2") and form.sex != paper.sex:
        raise Refusal(f"性别与{what}不一致，{what}里是{SEXES[paper.sex]}。", field="sex")
    return paper.birth_date


def _check_birth(birth: date, today: date) -> None:
    _read("birth_date", lambda: check_birth(birth, today))


def _check_admission(admitted: date, birth: date | None, today: date) -> None:
    if admitted > today:
        raise Refusal(f"入住日期 {admitted.isoformat()} 在今天之后。", field="admitted_on")
    if birth is not None and admitted < birth:
        raise Refusal("入住日期早于出生日期。", field="admitted_on")


CODED = (
    "ethnicity",
    "education",
    "marital_status",
    "occupation",
    "blood_type",
    "rhesus",
    "residence",
    "living",
)
"""Fields of a resident that hold a code of the list of their name, or what was said where the list knows no code."""


def _proper(form: ResidentForm) -> ResidentForm:
    codes: dict[str, Any] = {name: _code(name, getattr(form, name)) for name in CODED}
    archive = form.archive_number.strip()
    return replace(
        form,
        **codes,
        insurance=tuple(_code("insurance", said) for said in form.insurance if said.strip()),
        phone=_phones("phone", form.phone),
        address=form.address.strip(),
        household_address=form.household_address.strip(),
        archive_number=_read("archive_number", lambda: read_archive_number(archive)) if archive else "",
        contacts=tuple(_contact(number, one) for number, one in enumerate(form.contacts, 1) if not one.empty),
        diagnoses=tuple(words.strip() for words in form.diagnoses if words.strip()),
    )


def _contact(number: int, said: ContactForm) -> ContactForm:
    powers = tuple(dict.fromkeys(_code("powers", one) for one in said.powers))
    if said.guardian and not guards(powers):
        powers = (*powers, GUARDIAN)
    return ContactForm(
        name=said.name.strip(),
        relation=_code("relation", said.relation),
        phone=_phones(f"contact{number}_phone", said.phone),
        guardian=guards(powers),
        powers=powers,
        second_phone=_phones(f"contact{number}_second_phone", said.second_phone),
        address=said.address.strip(),
        note=said.note.strip(),
    )


def _phones(field_name: str, said: str) -> str:
    return _read(field_name, lambda: read_phones(said)) if said.strip() else ""


def _read(field_name: str, reading: Callable[[], T]) -> T:
    try:
        return reading()
    except Wrong as wrong:
        raise Refusal(wrong.text + "。", field=field_name) from wrong


def _code(name: str, said: str) -> str:
    """The code of what was said, as the import keeps it; what the list does not know is kept as said."""
    return code_list(name).find(said) or said.strip()
