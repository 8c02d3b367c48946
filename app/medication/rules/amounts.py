"""Amounts of medicine: decimal numbers in units as a person writes them, never with a trailing zero or a bare point.

Amounts are kept as text (`"0.5"`), so that nothing is lost between the key and the sheet.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache

_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,4})?")
_PARTS = re.compile(r"(\d+)/(\d+)")
_IN_MILLIGRAMS = {"g": Decimal(1000), "mg": Decimal(1), "µg": Decimal("0.001")}
UNITS = (
    "mg",
    "g",
    "µg",
    "mL",
    "U",
    "mmol",
    "揿",
    "吸",
    "滴",
    "贴",
    "片",
    "粒",
    "袋",
    "支",
    "丸",
    "枚",
    "瓶",
    "喷",
    "cm",
)
"""Units a dose may be in; `U` is printed as 单位 on sheets (the bare letter is misread as a zero)."""


class WrongAmount(Exception):
    """What was typed is no amount; `text` says why, in words."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def read_amount(said: str) -> Decimal:
    """`0.5`, `１２`, `1/2` as a number above zero. Refuses `.5`, which is misread as 5."""
    text = unicodedata.normalize("NFKC", said).strip()
    if text.startswith("."):
        raise WrongAmount(f"请写成 0{text}，小数点前要有 0")
    if (parts := _PARTS.fullmatch(text)) is not None and int(parts[2]):
        number = Decimal(int(parts[1])) / Decimal(int(parts[2]))
        if number != round(number, 4):
            raise WrongAmount("这个分数除不尽，请写成小数")
    elif _NUMBER.fullmatch(text) is None:
        raise WrongAmount("剂量请写数字，如 5 或 0.5")
    else:
        try:
            number = Decimal(text)
        except InvalidOperation as error:  # pragma: no cover  # the pattern lets only numbers through
            raise WrongAmount("剂量请写数字，如 5 或 0.5") from error
    if number <= 0:
        raise WrongAmount("剂量要大于 0")
    return number


def amount_words(number: Decimal) -> str:
    """`5`, `0.5`, `12.25`: no trailing zero, a zero before the point."""
    text = format(number.normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@cache
def pieces_words(number: Decimal) -> str:
    """A count of tablets as it is said: `1`, `半`, `1½`, `¼`; other fractions as decimals."""
    whole, rest = divmod(Fraction(number), 1)
    sign = {Fraction(1, 2): "½", Fraction(1, 4): "¼", Fraction(3, 4): "¾"}.get(rest)
    if rest == 0 or sign is None:
        return amount_words(number)
    return sign if not whole else f"{whole}{sign}"


def in_unit(number: Decimal, unit: str, wanted: str) -> Decimal | None:
    """The amount in another unit of mass; None where the two are not of one kind."""
    if unit == wanted:
        return number
    if unit in _IN_MILLIGRAMS and wanted in _IN_MILLIGRAMS:
        return number * _IN_MILLIGRAMS[unit] / _IN_MILLIGRAMS[wanted]
    return None
