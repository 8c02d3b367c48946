"""Amounts: one dose outside the usual, too much of a substance in a day over all orders, weekly ones daily."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from app.medication.rules.amounts import amount_words, in_unit
from app.medication.rules.checks.book import Book, DayLimit
from app.medication.rules.checks.finding import CLASS, INGREDIENT, Finding
from app.medication.rules.checks.medicine import Medicine, named

KIND = "limit"


def overdosed(book: Book, medicines: Sequence[Medicine]) -> Iterator[Finding]:
    running = [one for one in medicines if one.runs]
    for one in running:
        yield from _single(book, one)
        yield from _weekly(book, one)
    yield from _days(book, running)


def _single(book: Book, one: Medicine) -> Iterator[Finding]:
    """One dose against the usual of an older person."""
    limit, rules = one.drug.limit, book.doses
    amount = None if limit is None else one.as_unit(one.single, limit.unit)
    if limit is None or amount is None or amount == 0:
        return
    said = f"{one.name} · 每次 {amount_words(amount)} {limit.unit}"
    if limit.high is not None and amount > limit.high:
        gross = amount >= limit.high * rules.gross_times
        words = f"老年人常用每次不超过 {amount_words(limit.high)} {limit.unit}"
        severity = rules.gross if gross else rules.above
        yield Finding("dose-high", KIND, severity, said, words, *named((one,)), rules.source, INGREDIENT)
    elif limit.low is not None and amount < limit.low:
        words = f"常用每次不少于 {amount_words(limit.low)} {limit.unit}"
        yield Finding("dose-low", KIND, rules.below, said, words, *named((one,)), rules.source, INGREDIENT)


def _weekly(book: Book, one: Medicine) -> Iterator[Finding]:
    if one.drug.weekly and one.regular and one.minutes and (one.weekdays != 1 or len(one.minutes) != 1):
        words = "每周只用一次，每日使用可致命" if "antifolate" in one.tokens else "每周只用一次"
        said = f"{one.name} · 频次"
        rules = book.doses
        yield Finding("weekly", KIND, rules.weekly, said, words, *named((one,)), rules.source, INGREDIENT)


def _days(book: Book, running: Sequence[Medicine]) -> Iterator[Finding]:
    """A day's total of each substance, over all that hold it: two orders, a compound, a patent medicine."""
    holding: dict[str, list[Medicine]] = defaultdict(list)
    for one in running:
        for ingredient in {*one.drug.ingredients, *(part.ingredient for part in one.drug.contains)}:
            if not one.local:
                holding[ingredient].append(one)
    for ingredient in sorted(holding):
        limit = _limit(book, ingredient, holding[ingredient])
        if limit is not None:
            yield from _total(book, limit, holding[ingredient])


def _limit(book: Book, ingredient: str, some: Sequence[Medicine]) -> DayLimit | None:
    """That of the table, else the least any of the medicines names for its only substance."""
    if ingredient in book.limits:
        return book.limits[ingredient]
    said = [
        (one.drug.limit.day, one.drug.limit.unit)
        for one in some
        if one.drug.limit is not None and one.drug.limit.day is not None and len(one.drug.ingredients) == 1
    ]
    if not said:
        return None
    in_one = [(in_unit(day, unit, said[0][1]), unit) for day, unit in said]
    least = min((day for day, _ in in_one if day is not None), default=said[0][0])
    rules = book.doses
    return DayLimit(ingredient, least, said[0][1], rules.day, "", rules.source)


def _total(book: Book, limit: DayLimit, some: Sequence[Medicine]) -> Iterator[Finding]:
    parts = [
        (one, amount)
        for one in some
        if (amount := one.of_ingredient(limit.ingredient, one.daily, limit.unit)) is not None and amount
    ]
    total = sum((amount for _, amount in parts), Decimal(0))
    if total <= limit.amount:
        return
    rules = book.doses
    gross = total >= limit.amount * rules.gross_times
    names = " + ".join(dict.fromkeys(one.name for one, _ in parts))
    substance = book.name_of(limit.ingredient)
    what = "" if len(parts) == 1 and parts[0][0].name == substance else substance
    said = f"{names} · 每日{what} {amount_words(total)} {limit.unit}"
    words = limit.words or f"每日不超过 {amount_words(limit.amount)} {limit.unit}"
    severity = max(rules.gross, limit.severity) if gross else limit.severity
    key = f"day-{limit.ingredient}"
    about = named(one for one, _ in parts)
    yield Finding(key, KIND, severity, said, words, *about, limit.source, CLASS)
