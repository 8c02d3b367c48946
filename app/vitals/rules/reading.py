"""Reads what was typed into a cell: 186/94, 36,5, full-width digits, LO and HI, letters; refuses what cannot be."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from app.vitals.rules.measured import How, Measured, number_words
from app.vitals.rules.sign import Range, Sign
from app.vitals.rules.wrong import Wrong

_NUMBER = re.compile(r"\d+(\.\d*)?|\.\d+")
_PAIR = re.compile(r"(\d+)\s*[/\-\\ ]\s*(\d+)")
_FLOW = re.compile(r"(\d+)\s*/\s*(\d+(?:\.\d+)?)")
_MOST_OXYGEN = 15
_UNITS = re.compile(r"(℃|°?C|次/分|次|MMHG|MMOL/L|KG|CM|%|分)$")


def read_value(sign: Sign, text: str, age_years: int | None = None) -> Measured:
    """A typed value; refuses (Wrong) what is none, and what lies outside the hard limits.

    A saturation of `93` is one on room air, `93/2` one with 2 L of oxygen a minute.
    """
    plain = _plain(sign, text)
    if not plain:
        raise Wrong(f"请填写{sign.words}。")
    if sign.letters:
        return _letter(sign, plain)
    if sign.beyond is not None and plain in sign.beyond:
        return Measured(sign.code, words=plain)
    if sign.second is not None:
        measured = _pair(sign, plain)
    elif sign.code == "spo2":
        measured = _saturation(sign, plain)
    else:
        measured = Measured(sign.code, _number(sign, plain))
    check_hard(sign, measured, age_years)
    return measured


def check_hard(sign: Sign, measured: Measured, age_years: int | None = None) -> None:
    """Refuse a value outside the hard limits, and a pressure whose lower value is not the lower."""
    if measured.value is None:
        return
    value, second = measured.value, measured.second
    limits = sign.at(age_years)
    if sign.second is not None:
        if second is None:
            raise Wrong(f"{sign.words}请填两个数，如 142/78。")
        _inside(sign, sign.first, value, limits.hard)
        _inside(sign, sign.second_words, second, sign.second_at(age_years).hard)
        if second >= value:
            raise Wrong(f"{sign.second_words} {second:g} 应小于{sign.first} {value:g}，请核对后重新输入。")
        return
    _inside(sign, sign.words, value, limits.hard)


def _inside(sign: Sign, words: str, value: float, hard: Range | None) -> None:
    if hard is not None and not hard.holds(value):
        unit = f" {sign.unit}" if sign.unit and sign.unit != "0–10" else ""
        allowed = f"{number_words(sign, hard.low)}–{number_words(sign, hard.high)}"
        raise Wrong(f"{words} {number_words(sign, value)}{unit} 超出可录范围 {allowed}，请核对后重新输入。")


def _plain(sign: Sign, text: str) -> str:
    """Half width, upper case, a decimal comma as a point, no unit at the end."""
    plain = unicodedata.normalize("NFKC", text).strip().upper().replace("。", ".").replace("、", "/")
    plain = plain.replace("∕", "/").replace("—", "-").replace("－", "-")
    if not sign.letters:
        plain = _UNITS.sub("", plain).strip()
    if re.fullmatch(r"\d+,\d{1,2}", plain):
        plain = plain.replace(",", ".")
    return plain


def _number(sign: Sign, plain: str) -> float:
    if not _NUMBER.fullmatch(plain):
        raise Wrong(f"{sign.words}请填数字，现在是“{plain}”。")
    value = float(plain)
    if round(value, sign.decimals) != value:
        said = f"最多 {sign.decimals} 位小数" if sign.decimals else "请填整数"
        raise Wrong(f"{sign.words}{said}，现在是“{plain}”。")
    return value


def _pair(sign: Sign, plain: str) -> Measured:
    match = _PAIR.fullmatch(plain)
    if match is None:
        raise Wrong(f"{sign.words}请填两个数，如 142/78。")
    return Measured(sign.code, float(match[1]), float(match[2]))


def _saturation(sign: Sign, plain: str) -> Measured:
    how: How = (("oxygen", "air"),)
    match = _FLOW.fullmatch(plain)
    if match is None:
        return Measured(sign.code, _number(sign, plain), how=how)
    flow = float(match[2])
    if flow > _MOST_OXYGEN:
        raise Wrong(f"吸氧流量 {flow:g} L/min 超出可录范围 0–{_MOST_OXYGEN}，请核对后重新输入。")
    if flow > 0:
        how = (("oxygen", "oxygen"), ("flow", f"{flow:g}"))
    return Measured(sign.code, float(match[1]), how=how)


def _letter(sign: Sign, plain: str) -> Measured:
    """`A`; `C+` says that the confusion is new in somebody who is usually confused."""
    fresh = plain.endswith("+")
    meant = plain.rstrip("+")
    letter = sign.letter(meant) or next((one for one in sign.letters if one.words == meant), None)
    if letter is None:
        raise Wrong(f"{sign.words}请填 {' '.join(one.code for one in sign.letters)} 中的一个。")
    measured = Measured(sign.code, words=letter.code)
    return replace(measured, how=(("change", "new"),)) if fresh else measured
