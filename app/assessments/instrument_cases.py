"""The worked cases of an instrument file: scores in the order of the items, usual facts, what must come out."""

from __future__ import annotations

from collections.abc import Mapping

from app.assessments.entries import Entry
from app.assessments.information_rules import fact_of
from app.assessments.instrument import Case, Dimension, Expected, Fact, Section

FEWEST = 2


def read_cases(
    entry: Entry, dimensions: tuple[Dimension, ...], sections: tuple[Section, ...]
) -> tuple[Case, ...]:
    """Read every worked case; an instrument without at least two is refused."""
    known = {field.code for section in sections for field in section.fields}
    usual = _facts(entry, "usual_facts", known) if entry.has("usual_facts") else {}
    return tuple(_case(one, dimensions, usual, known) for one in entry.tables("case", at_least=FEWEST))


def _case(
    entry: Entry, dimensions: tuple[Dimension, ...], usual: Mapping[str, Fact], known: set[str]
) -> Case:
    without = set(entry.texts("without")) if entry.has("without") else set()
    facts = {**usual, **(_facts(entry, "facts", known) if entry.has("facts") else {})}
    read = Case(
        name=entry.text("name"),
        answers=_answers(entry.table("scores"), dimensions),
        facts={code: said for code, said in facts.items() if code not in without},
        stack_raises=entry.flag("stack_raises"),
        expected=_expected(entry.table("expect")),
    )
    entry.end()
    return read


def _answers(entry: Entry, dimensions: tuple[Dimension, ...]) -> dict[str, int]:
    answers: dict[str, int] = {}
    for dimension in dimensions:
        if not entry.has(dimension.code):
            continue
        scores = entry.numbers(dimension.code, 0, 100)
        if len(scores) > len(dimension.items):
            entry.refuse(dimension.code, f"只有{len(dimension.items)}个指标")
        for item, points in zip(dimension.items, scores, strict=False):
            chosen = next((option for option in item.options if option.score == points), None)
            if chosen is None:
                entry.refuse(dimension.code, f"{item.code} 没有{points}分的选项")
            answers[item.code] = chosen.digit
    entry.end()
    return answers


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
        fired=entry.texts("fired", empty=True),
        total=entry.number_or_none("total"),
        initial=entry.number_or_none("initial"),
        level=entry.number_or_none("level"),
    )
    entry.end()
    return read
