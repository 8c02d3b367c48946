"""The same treatment twice: one substance in two medicines (also a hidden one), or two medicines of one class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from app.medication.rules.checks.book import Book
from app.medication.rules.checks.finding import CLASS, INGREDIENT, Finding, Severity
from app.medication.rules.checks.medicine import Medicine, named

KIND = "duplicate"


def doubled(book: Book, medicines: Sequence[Medicine]) -> Iterator[Finding]:
    """Each pair once: the substances they share, or else the class. What ended is no double."""
    running = [one for one in medicines if one.runs]
    for one, other in combinations(running, 2):
        if one.local != other.local:
            continue
        if shared := _substances(book, one, other):
            yield _same_substance(book, one, other, shared)
        elif one.drug.group != other.drug.group:
            yield from _same_class(book, one, other)


def _substances(book: Book, one: Medicine, other: Medicine) -> list[str]:
    there = set(other.drug.ingredients) - book.duplicates.ignored
    found = [ingredient for ingredient in one.drug.ingredients if ingredient in there]
    if not found and one.drug.group == other.drug.group and one.drug.ingredients == other.drug.ingredients:
        return [] if set(one.drug.ingredients) <= book.duplicates.ignored else list(one.drug.ingredients)
    return found


def _same_substance(book: Book, one: Medicine, other: Medicine, shared: list[str]) -> Finding:
    rules = book.duplicates
    lesser = set(shared) <= rules.lesser
    severity = rules.lesser_severity if lesser else _softened(book, rules.ingredient, one, other)
    names = "、".join(book.name_of(ingredient) for ingredient in shared)
    hidden = [m.name for m in (one, other) if set(shared) & set(m.drug.hidden)]
    said = f"都含{names}" + (f"（{'、'.join(dict.fromkeys(hidden))}为含西药成分的中成药）" if hidden else "")
    if one.drug.group == other.drug.group:
        said = "同一种药已有医嘱" if one.key == "" or other.key == "" else "同一种药有两条医嘱"
    title, about = _title(one, other), named((one, other))
    return Finding("same-ingredient", KIND, severity, title, said, *about, rules.source, INGREDIENT)


def _same_class(book: Book, one: Medicine, other: Medicine) -> Iterator[Finding]:
    """The gravest class they share, the nearest of those."""
    rules = book.duplicates
    there = set(other.drug.classes)
    found = [
        (rules.graver.get(key, rules.of_class), -place, key)
        for place, key in enumerate(one.drug.classes)
        if key in there and book.classes[key].duplicate
    ]
    if not found:
        return
    severity, _, key = max(found)
    words = f"同属{book.classes[key].words}，请确认不是重复用药"
    graver = _softened(book, severity, one, other)
    title, about = _title(one, other), named((one, other))
    yield Finding(f"same-class-{key}", KIND, graver, title, words, *about, rules.source, CLASS)


def _softened(book: Book, severity: Severity, one: Medicine, other: Medicine) -> Severity:
    """A dose once or when needed beside a regular one is often meant so."""
    if (one.regular and other.regular) or severity is Severity.CONTRAINDICATED:
        return severity
    return min(severity, book.duplicates.not_regular)


def _title(one: Medicine, other: Medicine) -> str:
    """The new one first."""
    ordered = sorted((one, other), key=lambda each: (each.key != "", each.name, each.key))
    return " + ".join(each.name for each in ordered)
