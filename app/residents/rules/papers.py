"""The number of an identity paper, by the kind of paper: what is certain of each kind is checked, nothing else.

Kinds are the codes of `resources/codes/id_type.toml`. Sources: GB 11643-1999 (citizens, residence permits of Hong
Kong, Macao and Taiwan), 公安部出入境管理局公告 (travel permits; permanent residents' cards of 2017 and 2023).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.residents.rules.ages import check_birth
from app.residents.rules.folding import squeeze
from app.residents.rules.id_number import check_digit, read_id_number
from app.residents.rules.wrong import Wrong

CITIZEN, BOOKLET, PASSPORT, OFFICER = "01", "02", "03", "04"
HONG_KONG_MACAO, TAIWAN = "06", "07"
PERMANENT, BIRTH_CERTIFICATE, RESIDENCE_PERMIT = "90", "91", "92"

_HONG_KONG_MACAO = re.compile(r"[HM]\d{8}(\d{2})?")
_TAIWAN = re.compile(r"\d{8}(\d{2}[A-Z]?)?")
_OLD_PERMANENT = re.compile(r"[A-Z]{3}\d{12}")
_NEW_PERMANENT = re.compile(r"9\d{16}[0-9X]")
_PASSPORT = re.compile(r"[A-Z0-9]{5,15}")
_BIRTH_CERTIFICATE = re.compile(r"[A-Z]\d{9}")
_ANY = re.compile(r"[\w\-/()号字第]{3,40}")


@dataclass(frozen=True)
class Paper:
    """A checked number; `birth_date` and `sex` (GB/T 2261.1) where the number itself says them."""

    number: str
    birth_date: date | None = None
    sex: str = ""


def read_paper(kind: str, text: str, today: date) -> Paper:
    """The number in its one form: no spaces, capitals. Refuses what cannot be a number of this kind."""
    if kind == CITIZEN:
        return _citizen(text, today)
    number = squeeze(text).upper()
    if kind == RESIDENCE_PERMIT:
        return _permit(number, today)
    if kind == PERMANENT:
        return _permanent(number, today)
    right, wrong = _SHAPES.get(kind, (_ANY, "证件号码太短，或有不该有的符号"))
    if not right.fullmatch(number):
        raise Wrong(wrong)
    return Paper(number)


def _citizen(text: str, today: date) -> Paper:
    read = read_id_number(text, today)
    return Paper(read.number, read.birth_date, read.sex)


def _permit(number: str, today: date) -> Paper:
    if number[:2] not in ("81", "82", "83"):
        raise Wrong("港澳台居民居住证号码以 81（香港）、82（澳门）或 83（台湾）开头，共18位")
    return _citizen(number, today)


def _permanent(number: str, today: date) -> Paper:
    """Since 2023: 9, place, country, birth date, sequence, check digit; before: three letters and twelve digits."""
    if _OLD_PERMANENT.fullmatch(number):
        return Paper(number)
    if not _NEW_PERMANENT.fullmatch(number):
        raise Wrong("外国人永久居留身份证号应为9开头的18位，旧证为3个字母加12位数字")
    if check_digit(number[:17]) != number[17]:
        raise Wrong("外国人永久居留身份证号校验码不符，至少有一位填错，请对照证件核对")
    digits = number[6:14]
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise Wrong(f"证件号码中的出生日期“{digits}”不存在，请核对") from None
    check_birth(birth, today)
    return Paper(number, birth)


_Shape = tuple[re.Pattern[str], str]
_SHAPES: dict[str, _Shape] = {
    PASSPORT: (_PASSPORT, "护照号码只有字母和数字，5 到 15 位"),
    HONG_KONG_MACAO: (_HONG_KONG_MACAO, "港澳居民来往内地通行证号码是 H 或 M 加 8 位数字（旧证 10 位）"),
    TAIWAN: (_TAIWAN, "台湾居民来往大陆通行证号码是 8 位数字（旧证 10 位，可带一个字母）"),
    BIRTH_CERTIFICATE: (_BIRTH_CERTIFICATE, "出生医学证明编号是 1 个字母加 9 位数字"),
}
