"""What is asked of a resident, as values without a screen: the form, its contacts, and its checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from app.core.errors import Refusal
from app.residents.codes import code_list
from app.residents.rules import (
    AllergyStatement,
    PlacePath,
    Wrong,
    check_birth,
    read_id_number,
    read_name,
    read_phones,
    squeeze,
)

T = TypeVar("T")

CARE_LEVELS = {"independent": "自理", "partial": "半护理", "full": "全护理"}
"""护理等级 as the institution bills it; not the ability level of an assessment."""

CITIZEN_ID = "01"
"""居民身份证 in resources/codes/id_type.toml: the one kind of paper whose number can be checked (GB 11643)."""

SEXES = {"1": "男", "2": "女", "0": "未知", "9": "未说明"}
"""GB/T 2261.1."""

NOT_UPLOADED = "不上传（未同意）"
"""How a resident who refused the district platform is shown."""


@dataclass(frozen=True)
class ContactForm:
    """A relative or guardian."""

    name: str
    relation: str = ""
    phone: str = ""
    guardian: bool = False


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


def check_form(form: ResidentForm, today: date, *, birth_known: bool = True) -> ResidentForm:
    """The form in its proper shape; refuses, beside the field, what cannot be.

    A roster may bring people whose birth date nobody knows (`birth_known` False): they can still be edited.
    """
    name = _read("name", lambda: read_name(form.name))
    if form.sex not in SEXES:
        raise Refusal("请选择性别。", field="sex")
    birth, id_number = form.birth_date, squeeze(form.id_number).upper()
    if id_number and form.id_type == CITIZEN_ID:
        found = _read("id_number", lambda: read_id_number(id_number, today))
        id_number = found.number
        if birth is not None and birth != found.birth_date:
            words = f"出生日期与身份证号不一致，身份证号里是 {found.birth_date.isoformat()}。"
            raise Refusal(words, field="birth_date")
        if form.sex in ("1", "2") and form.sex != found.sex:
            raise Refusal(f"性别与身份证号不一致，身份证号里是{SEXES[found.sex]}。", field="sex")
        birth = found.birth_date
    if birth is None and birth_known:
        raise Refusal("请填写出生日期或身份证号。", field="birth_date")
    if birth is not None:
        _check_birth(birth, today)
    if form.admitted_on is not None:
        _check_admission(form.admitted_on, birth, today)
    if form.care_level and form.care_level not in CARE_LEVELS:
        raise Refusal("请选择护理等级。", field="care_level")
    phone = _read("phone", lambda: read_phones(form.phone)) if form.phone.strip() else ""
    return _proper(form, name, birth, (id_number, phone))


def _check_birth(birth: date, today: date) -> None:
    _read("birth_date", lambda: check_birth(birth, today))


def _check_admission(admitted: date, birth: date | None, today: date) -> None:
    if admitted > today:
        raise Refusal(f"入住日期 {admitted.isoformat()} 在今天之后。", field="admitted_on")
    if birth is not None and admitted < birth:
        raise Refusal("入住日期早于出生日期。", field="admitted_on")


def _proper(form: ResidentForm, name: str, birth: date | None, numbers: tuple[str, str]) -> ResidentForm:
    id_number, phone = numbers
    named = (contact for contact in form.contacts if contact.name.strip() or contact.phone.strip())
    contacts = tuple(replace(contact, relation=_code("relation", contact.relation)) for contact in named)
    return replace(
        form,
        name=name,
        ethnicity=_code("ethnicity", form.ethnicity),
        education=_code("education", form.education),
        marital_status=_code("marital_status", form.marital_status),
        insurance=tuple(_code("insurance", said) for said in form.insurance if said.strip()),
        birth_date=birth,
        id_number=id_number,
        phone=phone,
        address=form.address.strip(),
        contacts=contacts,
        diagnoses=tuple(words.strip() for words in form.diagnoses if words.strip()),
    )


def _read(field_name: str, reading: Callable[[], T]) -> T:
    try:
        return reading()
    except Wrong as wrong:
        raise Refusal(wrong.text + "。", field=field_name) from wrong


def _code(name: str, said: str) -> str:
    """The code of what was said, as the import keeps it; what the list does not know is kept as said."""
    return code_list(name).find(said) or said.strip()
