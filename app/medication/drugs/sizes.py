"""What a table says of a medicine's size, in any of the usual ways: `5mg*28片/盒`, `10ml:1g`, `0.5g×12片×2板`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from app.residents.rules import squeeze

_UNITS = {
    "mg": "mg", "毫克": "mg", "g": "g", "克": "g", "ug": "µg", "mcg": "µg", "微克": "µg", "ml": "mL", "毫升": "mL",
    "u": "U", "iu": "U", "单位": "U", "国际单位": "U", "axaiu": "U", "mmol": "mmol",
}  # fmt: skip
_COUNTED = {
    "片": "片", "粒": "粒", "袋": "袋", "支": "支", "丸": "丸", "枚": "枚", "瓶": "瓶", "贴": "贴", "吸": "吸",
    "揿": "揿", "喷": "喷", "泡": "吸", "包": "袋", "s": "", "板": "",
}  # fmt: skip
_NUMBER = r"(\d+(?:\.\d+)?)"
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_AMOUNT = re.compile(rf"{_NUMBER}(万)?({_UNIT})")
_COUNT = re.compile(rf"(\d+)({'|'.join(_COUNTED)})?(?:/(盒|瓶|袋|支|板|包|罐|桶|箱))?")
_ASIDE = re.compile(r"[(（].*?[)）]|按.*?计")


@dataclass(frozen=True)
class Size:
    """What is in one unit, what one counts, and how many of them are in a pack; empty where nothing is said.

    `volume`: the mL in which the strength is, where the box says both.
    """

    strength: Decimal | None = None
    strength_unit: str = ""
    words: str = ""
    unit: str = ""
    pack: int = 0
    pack_unit: str = ""
    volume: Decimal | None = None


def read_size(said: str) -> Size | None:
    """The size in words; None where they cannot be read."""
    text = _ASIDE.sub("", said)
    text = squeeze(text).lower().replace("µ", "u").replace("μ", "u").replace("×", "*").replace("：", ":")
    text = re.sub(r"(?<=\d|[a-z片粒袋支丸枚瓶贴板])x(?=\d)", "*", text)
    if not text:
        return Size()
    content, *counts = text.split("*")
    if not counts and (counted := _COUNT.fullmatch(content)) is not None and counted[2]:
        content, counts = "", [content]
    found = _content(content)
    packed = _packed(counts)
    if found is None or packed is None:
        return None
    unit, pack, pack_unit = packed
    strength, strength_unit, words, volume = found
    return Size(strength, strength_unit, words, unit, pack, pack_unit, volume)


def _content(text: str) -> tuple[Decimal | None, str, str, Decimal | None] | None:
    """Strength, its unit, the words where one number does not say it, the mL it is in."""
    text, _, per = text.partition("/")
    if per and _AMOUNT.search(per):  # 150mg/12.5mg, 300u/3ml
        text = f"{text}/{per}"
    if not text:
        return None, "", "", None
    amounts = [_amount(match) for match in _AMOUNT.finditer(text)]
    if not amounts:
        return (None, "", text, None) if "%" in text or "复方" in text else None
    volume = [one for one in amounts if one[1] == "mL"]
    masses = [one for one in amounts if one[1] != "mL"]
    words = _words(text) if len(amounts) > 1 or "%" in text else ""
    within = volume[0][0] if volume else None
    if len(masses) == 1:
        return *masses[0], words, within
    return (None, "", words, within) if masses else (*volume[0], words, None)


def _packed(counts: list[str]) -> tuple[str, int, str] | None:
    """Unit, how many, and in what, of `28片/盒`, `12片`, `2板/盒`."""
    unit, pack, pack_unit = "", 1, ""
    for part in counts:
        match = _COUNT.fullmatch(part)
        if match is None:
            return None
        pack *= int(match[1])
        unit = unit or _COUNTED.get(match[2] or "", "")
        pack_unit = match[3] or pack_unit
    return (unit, pack, pack_unit or "盒") if counts else ("", 0, "")


def _amount(match: re.Match[str]) -> tuple[Decimal, str]:
    number = Decimal(match[1]) * (10_000 if match[2] else 1)
    return number, _UNITS[match[3]]


def _words(text: str) -> str:
    """As it is printed: a space before each unit."""
    return _AMOUNT.sub(lambda match: f"{match[1]}{match[2] or ''} {_UNITS[match[3]]}", text)
