"""Telephone numbers as they are dialled in China: mobile, landline with area code and extension, service numbers."""

from __future__ import annotations

import re

from app.residents.rules.folding import fold
from app.residents.rules.wrong import Wrong

_MOBILE = re.compile(r"1[3-9]\d{9}")
_AREA = r"(010|02\d|0[3-9]\d{2})"
_LANDLINE = re.compile(_AREA + r"-?([2-9]\d{6,7})(?:(?:-|转|[xX#,])(\d{1,6}))?")
_LOCAL = re.compile(r"[2-9]\d{6,7}")
_SERVICE = re.compile(r"[48]00\d{7}|95\d{3,6}|9[6-9]\d{3,6}|1[0-2]\d{1,4}")
_COUNTRY = re.compile(r"^(?:\+|00)86|^86(?=1[3-9]\d{9}$)")


def read_phone(text: str) -> str:
    """One number: `13800138000`, `021-55550000`, `021-55550000转12`; refuses what cannot be dialled."""
    folded = fold(text)
    digits = _COUNTRY.sub("", re.sub(r"[\s()\-.·]", "", folded))
    if not digits:
        raise Wrong("没有填写电话")
    if _MOBILE.fullmatch(digits) or _LOCAL.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return digits
    if digits.startswith("1") and digits.isdecimal() and len(digits) != 11:
        raise Wrong(f"手机号应为11位，现有{len(digits)}位")
    landline = _LANDLINE.fullmatch(re.sub(r"[\s()]", "", folded)) or _LANDLINE.fullmatch(digits)
    if landline is None:
        raise Wrong("电话号码不完整或有多余的字，固定电话请写成“区号-号码”")
    area, number, extension = landline.groups()
    return f"{area}-{number}" + (f"转{extension}" if extension else "")


def read_phones(text: str) -> str:
    """One or several numbers, as one text joined by 、 in the order written."""
    parts = [
        part for part in re.split(r"[/;；、，\n|]|(?<=\d),(?=\d{7})|或| {2,}", text.strip()) if part.strip()
    ]
    if not parts:
        raise Wrong("没有填写电话")
    if len(parts) == 1 and " " in parts[0].strip():
        halves = parts[0].split()
        if all(_MOBILE.fullmatch(fold(half)) for half in halves):
            parts = halves
    return "、".join(dict.fromkeys(read_phone(part) for part in parts))
