"""The items of an instrument file: dimensions, items, options, points, and items of which only one is answered."""

from __future__ import annotations

from collections.abc import Mapping

from app.assessments.instruments.entries import TONES, Entry
from app.assessments.instruments.items import Dimension, Either, Item, Option
from app.assessments.instruments.levels import GRADES, Band
from app.assessments.instruments.quantities import Quantity

KNOWN = (
    "age", "bmi", "weight_lost_3m", "weight_lost_12m_percent", "falls_90d", "falls_365d", "diagnoses",
)  # fmt: skip
"""What the station may know of an item: years, kg/m², kg, percent, counts of falls, count of diagnoses."""

MOST_POINTS = 100
MOST_DECIMALS = 3
LAST_DIGIT, LAST_MARKED = 9, 20
"""The greatest digit an option may have: a key, or any number where another sign is written."""


def read_dimensions(entry: Entry) -> tuple[Dimension, ...]:
    """Read every dimension; options several items have in common stand once under `option_list`."""
    lists = entry.table("option_list") if entry.has("option_list") else None
    named = {key: _options(lists, key) for key in lists} if lists else {}
    return tuple(_dimension(one, named) for one in entry.tables("dimension"))


def read_either(entry: Entry) -> tuple[Either, ...]:
    return tuple(_either(one) for one in entry.tables("either", at_least=0))


def _dimension(entry: Entry, named: Mapping[str, tuple[Option, ...]]) -> Dimension:
    asked = read_quantity(entry.table("quantity")) if entry.has("quantity") else None
    timed = entry.flag("timed")
    if timed and asked is None:
        entry.refuse("timed", "只用于有 quantity 的分项")
    read = Dimension(
        code=entry.text("code"),
        name=entry.text("name"),
        maximum=entry.number_or_none("maximum", 1) or 0,
        items=tuple(
            _reading(one, asked, timed=timed) if asked else _item(one, named) for one in entry.tables("item")
        ),
        bands=tuple(_band(one) for one in entry.tables("band", at_least=0)),
        loinc=entry.text("loinc", ""),
    )
    entry.end()
    return read


def read_quantity(entry: Entry, *, ends: bool = True) -> Quantity:
    """A number with its unit and limits; `ends` False: what stands beside it in the table is the caller's."""
    read = Quantity(
        unit=entry.text("unit"),
        ucum=entry.text("ucum"),
        decimals=entry.number("decimals", 0, MOST_DECIMALS),
        least=entry.decimal_or_none("least") or 0.0,
        most=entry.decimal_or_none("most") or 0.0,
        step=entry.decimal_or_none("step") or 0.0,
    )
    if not 0 <= read.least < read.most:
        entry.refuse("most", "应大于 least，least 不小于0")
    if ends:
        entry.end()
    return read


def _reading(entry: Entry, quantity: Quantity, *, timed: bool) -> Item:
    """One reading of a measured number."""
    read = Item(
        code=entry.text("code"),
        name=entry.text("name"),
        options=(),
        help=entry.text("help", ""),
        icon=entry.text("icon", ""),
        loinc=entry.text("loinc", ""),
        quantity=quantity,
        timed=timed,
    )
    entry.end()
    return read


def _band(entry: Entry) -> Band:
    read = Band(
        entry.number("number", 0, 9),
        entry.text("name"),
        entry.number("low"),
        entry.number("high"),
        entry.one_of("tone", TONES),
    )
    entry.end()
    return read


def _item(entry: Entry, named: Mapping[str, tuple[Option, ...]]) -> Item:
    points = entry.has("points")
    read = Item(
        code=entry.text("code"),
        name=entry.text("name"),
        options=_points(entry) if points else _item_options(entry, named),
        help=entry.text("help", ""),
        remark=entry.text("remark", ""),
        icon=entry.text("icon", ""),
        points=points,
        known=entry.one_of("known", ("", *KNOWN), ""),
        risk=entry.text("risk", ""),
        loinc=entry.text("loinc", ""),
    )
    if any(option.risk for option in read.options) and not read.risk:
        entry.refuse("risk", "选项写了 risk，指标也应写明是哪一种风险")
    entry.end()
    return read


def _item_options(entry: Entry, named: Mapping[str, tuple[Option, ...]]) -> tuple[Option, ...]:
    found = entry.raw("options")
    if not isinstance(found, str):
        return _options(entry, "options")
    if found not in named:
        entry.refuse("options", f"option_list 里没有“{found}”")
    return named[found]


def _points(entry: Entry) -> tuple[Option, ...]:
    """Whole points, typed as a number; `anchors` names some of them."""
    last, first = entry.number("points", 1, MOST_POINTS), entry.number_or_none("from", 0, MOST_POINTS) or 0
    if first >= last:
        entry.refuse("from", "应小于 points")
    anchors: dict[int, str] = {}
    if entry.has("anchors"):
        table = entry.table("anchors")
        for key in table:
            if not (key.isascii() and key.isdigit() and first <= int(key) <= last):
                table.refuse(key, f"应是{first}～{last}之间的整数")
            anchors[int(key)] = table.text(key)
    return tuple(
        Option(one, one, anchors.get(one, f"{one} 分"), value=float(one)) for one in range(first, last + 1)
    )


def _options(entry: Entry, key: str) -> tuple[Option, ...]:
    read = tuple(_option(one) for one in entry.tables(key, at_least=2))
    digits = [option.digit for option in read]
    if len(set(digits)) != len(digits):
        entry.refuse(key, "选择的数字重复，分值相同时另写 digit")
    if any(option.digit > (LAST_MARKED if option.mark else LAST_DIGIT) for option in read):
        entry.refuse(key, "选择的数字应在0～9之间，分值更大时另写 digit")
    marks = [option.sign for option in read]
    if len(set(marks)) != len(marks):
        entry.refuse(key, "写法（mark）重复")
    return read


def _option(entry: Entry) -> Option:
    points = entry.number("score", 0, 100)
    mark = entry.text("mark", "")
    digit = entry.number_or_none("digit", 0, LAST_MARKED if mark else LAST_DIGIT)
    value = entry.decimal_or_none("value")
    read = Option(
        digit=points if digit is None else digit,
        score=points,
        text=entry.text("text"),
        asks=entry.text("asks", ""),
        at_least=entry.decimal_or_none("at_least"),
        below=entry.decimal_or_none("below"),
        risk=entry.one_of("risk", ("", *GRADES), ""),
        mark=mark,
        value=float(points) if value is None else value,
    )
    if value is not None and not mark:
        entry.refuse("value", "只与 mark 同用")
    entry.end()
    return read


def _either(entry: Entry) -> Either:
    read = Either(entry.texts("items"), entry.text("words"))
    if len(read.items) < 2:
        entry.refuse("items", "应有至少2个指标")
    entry.end()
    return read
