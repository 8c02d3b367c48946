"""The code on a resident's wristband: digits only, the last one a check digit.

A scanner types digits as they are, whatever the input method; the check digit is that of ISO/IEC 7812-1 (mod 10, Luhn).
"""

from __future__ import annotations

import re

DIGITS = 9
_NUMBER = re.compile(r"(\d{2})-(\d{6})")


def wristband_code(number: str) -> str:
    """`01-000123` → `010001238`; empty for a number that is none of a station's."""
    found = _NUMBER.fullmatch(number)
    if found is None:
        return ""
    digits = found[1] + found[2]
    return digits + check_of(digits)


def read_wristband(code: str) -> str | None:
    """The resident's number of a scanned code; None where it is no wristband, or was read wrongly."""
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()) or check_of(code[:-1]) != code[-1]:
        return None
    return f"{code[:2]}-{code[2:8]}"


def check_of(digits: str) -> str:
    """The check digit that belongs behind these."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        twice = int(digit) * (2 - place % 2)
        total += twice - 9 if twice > 9 else twice
    return str(-total % 10)
