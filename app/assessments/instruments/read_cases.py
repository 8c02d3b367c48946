"""The worked cases of an instrument file: scores in the order of the items, usual facts, what must come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.assessments.instruments.entries import Entry
from app.assessments.instruments.facts import Fact, Section, fact_of
from app.assessments.instruments.items import Dimension, Item
from app.assessments.instruments.model import UNABLE, Case, Expected

FEWEST = 2


def read_cases(
    entry: Entry, dimensions: tuple[Dimension, ...], sections: tuple[Section, ...], unable: int
) -> tuple[Case, ...]:
    """Read every worked case; an instrument without at least two is refused. `unable`: ways of not answering."""
    asked = _Asked(
        dimensions,
        {field.code for section in sections for field in section.fields}
        | {
            item.supplement(option.digit)
            for one in dimensions
            for item in one.items
            for option in item.options
        },
        unable,
    )
    usual = _facts(entry, "usual_facts", asked.known) if entry.has("usual_facts") else {}
    return tuple(_case(one, asked, usual) for one in entry.tables("case", at_least=FEWEST))


@dataclass(frozen=True)
class _Asked:
    """What a case may speak of."""

    dimensions: tuple[Dimension, ...]
    known: set[str]
    unable: int


def _case(entry: Entry, asked: _Asked, usual: Mapping[str, Fact]) -> Case:
    known = asked.known
    without = set(entry.texts("without")) if entry.has("without") else set()
    facts = {**usual, **(_facts(entry, "facts", known) if entry.has("facts") else {})}
    read = Case(
        name=entry.text("name"),
        answers=_all_answers(entry, asked),
        facts={code: said for code, said in facts.items() if code not in without},
        stack_raises=entry.flag("stack_raises"),
        expected=_expected(entry.table("expect")),
    )
    entry.end()
    return read


def _all_answers(entry: Entry, asked: _Asked) -> dict[str, int]:
    """By scores in the order of the items, by digits, or not answered at all."""
    answers = _answers(entry.table("scores"), asked.dimensions) if entry.has("scores") else {}
    items = {item.code: item for one in asked.dimensions for item in one.items}
    digits = entry.table("digits") if entry.has("digits") else None
    for code in digits or ():
        if digits is None or code not in items:
            entry.refuse("digits", f"没有指标 {code}")
        answers[code] = digits.number(code, 0, 100)
        if items[code].option(answers[code]) is None:
            digits.refuse(code, f"没有选项 {answers[code]}")
    for code in entry.texts_or_none("unable"):
        if code not in items or not asked.unable:
            entry.refuse("unable", f"没有指标 {code}，或本量表不允许“无法完成”")
        answers[code] = UNABLE
    return answers


def _answers(entry: Entry, dimensions: tuple[Dimension, ...]) -> dict[str, int]:
    answers: dict[str, int] = {}
    for dimension in dimensions:
        if not entry.has(dimension.code):
            continue
        scores = entry.raw(dimension.code)
        if not isinstance(scores, list):
            entry.refuse(dimension.code, "应是一列分值")
        if len(scores) > len(dimension.items):
            entry.refuse(dimension.code, f"只有{len(dimension.items)}个指标")
        for item, points in zip(dimension.items, scores, strict=False):
            digit = _digit(item, points)
            if digit is None:
                entry.refuse(dimension.code, f"{item.code} 没有{points}分的选项")
            answers[item.code] = digit
    entry.end()
    return answers


def _digit(item: Item, said: object) -> int | None:
    """What a case says of an item as it is kept: a score, a measured number, or a grade as it is written."""
    if isinstance(said, str):
        return next((option.digit for option in item.options if option.mark == said), None)
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    if item.quantity is not None:
        return item.quantity.digit(said) if item.quantity.holds(said) else None
    return next((option.digit for option in item.options if option.score == said), None)


def _facts(entry: Entry, key: str, known: set[str]) -> dict[str, Fact]:
    table = entry.table(key)
    facts: dict[str, Fact] = {}
    for code in table:
        if code not in known:
            table.refuse(code, "没有这个栏目")
        facts[code] = fact_of(code, table.raw(code))
    return facts


def _expected(entry: Entry) -> Expected:
    read = Expected(
        answered=entry.number("answered"),
        fired=entry.texts("fired", empty=True) if entry.has("fired") else (),
        total=entry.number_or_none("total"),
        initial=entry.number_or_none("initial"),
        level=entry.number_or_none("level"),
        measured=entry.decimal_or_none("measured"),
        verdicts=_verdicts(entry.table("verdicts")) if entry.has("verdicts") else {},
    )
    entry.end()
    return read


def _verdicts(entry: Entry) -> dict[str, str]:
    return {scale: entry.text(scale) for scale in entry}
