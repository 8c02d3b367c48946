"""A form as data, without a screen: its fields, and what is wrong with a value, in a sentence for the person.

A subject describes its form here once (`app/<subject>/form.py`); the screen draws it, the import and the command
line can check with the same words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from app.core.form_times import read_moment, read_time

Value = str | tuple[str, ...]
"""What a field holds: text as it is kept (dates `1935-03-12`, numbers `36.5`), or the keys of several choices.

A body map holds the keys of the sites marked (`app.core.body`), photos their names in the file (`app.core.blobs`), or
`data:image/jpeg;base64,…` while they are new.
"""


class Kind(StrEnum):
    """What a field takes; each kind has one file in `ui/forms/fields`."""

    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    SUGGESTED = "suggested"
    PASSWORD = "password"  # noqa: S105  # a kind of field
    TIME = "time"
    MOMENT = "moment"
    BODY = "body"
    PHOTOS = "photos"


@dataclass(frozen=True)
class Choice:
    """One answer: the key that is kept, the words that are shown."""

    key: str
    label: str


@dataclass(frozen=True)
class Field:
    """One input. `low` and `high` bound a number; `earliest` and `latest` a date or moment; `wide` takes the whole row.
    `most`: how many choices, marks or photos at most, 0 for any; `listed`: choices as a list however few they are;
    `today`: the day a bare time of a moment is meant of; `pdf`: beside photos a PDF may be added.

    `check` gets a value that already fits the kind and answers with a sentence, or None when it is good. `suggest`
    gets what is typed and answers with what may be meant, the likeliest first; other words may be kept all the same.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    hint: str = ""
    placeholder: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    max_length: int = 0
    decimals: int = 0
    low: float | None = None
    high: float | None = None
    earliest: date | None = None
    latest: date | None = None
    check: Callable[[str], str | None] | None = None
    wide: bool = False
    most: int = 0
    listed: bool = False
    today: date | None = None
    suggest: Callable[[str], tuple[Choice, ...]] | None = None
    pdf: bool = False


@dataclass(frozen=True)
class Section:
    """A titled group of fields. `folded`: only its title shows until somebody opens it or it has something to say."""

    title: str
    fields: tuple[Field, ...]
    folded: bool = False


@dataclass(frozen=True)
class Form:
    """What is asked, in order."""

    sections: tuple[Section, ...]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for section in self.sections for field in section.fields)


_DATE = re.compile(r"^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?$|^(\d{4})(\d{2})(\d{2})$")
_MOBILE = re.compile(r"^1[3-9]\d{9}$")
_LANDLINE = re.compile(r"^(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?$")


def fold(text: str) -> str:
    """Full-width signs to plain ones, no spaces at the ends: `１３８　` becomes `138`."""
    return unicodedata.normalize("NFKC", text).strip()


def read_date(text: str) -> date | None:
    """A typed date: `1935-03-12`, `1935.3.12`, `1935/3/12`, `1935年3月12日`, `19350312`. None if it is no date."""
    match = _DATE.match(fold(text))
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def tidy(field: Field, value: Value) -> Value:
    """The value as it is kept: folded where signs have one meaning, a date in ISO form. Wrong ones stay as typed."""
    if isinstance(value, tuple) or field.kind is Kind.PASSWORD:
        return value
    if field.kind in {Kind.TEXT, Kind.LINES, Kind.SUGGESTED}:
        return value.strip()
    if field.kind is Kind.MOMENT:
        return read_moment(value, field.today) or fold(value)
    return _TIDY.get(field.kind, fold)(value)


def problem(field: Field, value: Value) -> str | None:
    """What is wrong with a value, as a sentence; None when it may be kept."""
    kept = tidy(field, value)
    if not kept:
        return _missing(field) if field.required else None
    if isinstance(kept, tuple):
        return f"最多 {field.most} 项，现在 {len(kept)} 项。" if 0 < field.most < len(kept) else None
    if field.max_length and len(kept) > field.max_length:
        return f"最多 {field.max_length} 个字，现在 {len(kept)} 个。"
    wrong = _KINDS[field.kind](field, kept) if field.kind in _KINDS else None
    if wrong is None and field.check is not None:
        wrong = field.check(kept)
    return wrong


def _missing(field: Field) -> str:
    if field.kind is Kind.PHOTOS:
        return f"请添加{field.label}。"
    chosen = field.kind in {Kind.CHOICE, Kind.CHOICES, Kind.BODY}
    return f"请选择{field.label}。" if chosen else f"请填写{field.label}。"


def _number(field: Field, text: str) -> str | None:
    if not re.fullmatch(r"[-+]?\d+(\.\d+)?", text):
        return "请填数字。"
    places = len(text.partition(".")[2])
    if places > field.decimals:
        return f"最多 {field.decimals} 位小数。" if field.decimals else "请填整数。"
    number = float(text)
    too_low = field.low is not None and number < field.low
    too_high = field.high is not None and number > field.high
    if too_low or too_high:
        return _range_words(field)
    return None


def _range_words(field: Field) -> str:
    unit = f" {field.unit}" if field.unit else ""
    if field.low is None:
        return f"不能大于 {field.high:g}{unit}，请核对。"
    if field.high is None:
        return f"不能小于 {field.low:g}{unit}，请核对。"
    return f"应在 {field.low:g} 到 {field.high:g}{unit}{' ' if unit else ''}之间，请核对。"


def _date(field: Field, text: str) -> str | None:
    day = read_date(text)
    if day is None:
        return "日期不存在，请按 1935-03-12 这样填写。"
    if field.earliest is not None and day < field.earliest:
        return f"不能早于 {field.earliest.isoformat()}。"
    if field.latest is not None and day > field.latest:
        return f"不能晚于 {field.latest.isoformat()}。"
    return None


def _time(_field: Field, text: str) -> str | None:
    return None if read_time(text) else "时间不存在，请按 08:30 这样填写。"


def _moment(field: Field, text: str) -> str | None:
    moment = read_moment(text, field.today)
    if moment is None:
        return "时间不存在，请按 8:30 或 11-23 22:10 这样填写。"
    return _date(field, moment[:10])


def _choice(field: Field, key: str) -> str | None:
    known = any(choice.key == key for choice in field.choices)
    return None if known else f"没有这个{field.label}，请从列表中选择。"


def _id_number(_field: Field, text: str) -> str | None:
    if re.fullmatch(r"\d{17}[\dX]", text) or re.fullmatch(r"\d{15}", text):
        return None
    return (
        f"身份证号应为 18 位，现在 {len(text)} 位。"
        if len(text) != 18
        else "身份证号只有数字，末位可以是 X。"
    )


def _phone(_field: Field, text: str) -> str | None:
    if _MOBILE.match(text) or _LANDLINE.match(text):
        return None
    return "电话应为 11 位手机号，或带区号的座机号。"


def _tidy_date(text: str) -> str:
    day = read_date(text)
    return day.isoformat() if day else fold(text)


_TIDY: dict[Kind, Callable[[str], str]] = {
    Kind.TIME: lambda text: read_time(text) or fold(text),
    Kind.DATE: _tidy_date,
    Kind.ID_NUMBER: lambda text: re.sub(r"[\s-]", "", fold(text)).upper(),
    Kind.PHONE: lambda text: re.sub(r"\s", "", fold(text)),
}

_KINDS: dict[Kind, Callable[[Field, str], str | None]] = {
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.MOMENT: _moment,
    Kind.CHOICE: _choice,
    Kind.ID_NUMBER: _id_number,
    Kind.PHONE: _phone,
}
