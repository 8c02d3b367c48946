"""The citizen's identity number 公民身份号码 (GB 11643-1999): read, upgraded from 15 digits, checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.residents.rules.ages import check_birth
from app.residents.rules.folding import squeeze
from app.residents.rules.wrong import Wrong

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"  # by remainder of the weighted sum modulo 11
_PROVINCES = frozenset(
    str(code)
    for codes in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
    for code in codes
) | {"71", "81", "82", "83", "91"}
"""GB/T 2260 provinces, 81/82/83 of residence permits for Hong Kong, Macao and Taiwan, 91 of permanent residents."""
_NUMBER = re.compile(r"[0-9]{15}|[0-9]{17}[0-9X]")
_STRAY_MARKS = re.compile(r"[-.'’‘`]")
_SPREADSHEET_NUMBER = re.compile(r"\d(\.\d+)?[eE]\+?\d+")


@dataclass(frozen=True)
class IdNumber:
    """A checked number. `number` has 18 characters with a capital X; `sex` is 1 (male) or 2 (female), GB/T 2261.1."""

    number: str
    birth_date: date
    sex: str


def check_digit(first17: str) -> str:
    """The eighteenth character for the first seventeen digits (GB 11643-1999 §3; ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11]


def read_id_number(text: str, today: date) -> IdNumber:
    """Read 18 or 15 digits; refuses wrong lengths, characters, provinces, dates, check digits, impossible ages."""
    written = squeeze(text)
    number = _STRAY_MARKS.sub("", written).upper().replace("Х", "X").replace("×", "X")
    if _SPREADSHEET_NUMBER.fullmatch(written):
        raise Wrong("身份证号被表格软件改成了数字，末尾几位已丢失；请把该列设为“文本”后重新填写")
    if len(number) not in (15, 18):
        raise Wrong(f"身份证号应为18位（旧证15位），现有{len(number)}位")
    if not _NUMBER.fullmatch(number):
        raise Wrong("身份证号只能有数字，末位可以是X")
    if len(number) == 15:
        first17 = number[:6] + "19" + number[6:]
        number = first17 + check_digit(first17)
    return _checked(number, today)


def _checked(number: str, today: date) -> IdNumber:
    if number[:2] not in _PROVINCES:
        raise Wrong(f"身份证号开头的地区码“{number[:2]}”不存在，请核对")
    digits = number[6:14]
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise Wrong(f"身份证号中的出生日期“{digits}”不存在，请核对") from None
    if check_digit(number[:17]) != number[17]:
        raise Wrong("身份证号校验码不符，至少有一位填错，请对照证件核对")
    check_birth(birth, today)
    return IdNumber(number, birth, "1" if int(number[16]) % 2 else "2")
