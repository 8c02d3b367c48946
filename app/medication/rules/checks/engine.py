"""The checks of one person's medicines: everything that speaks against them together, the lesser swallowed, ranked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.medication.rules.checks.allergic import allergic
from app.medication.rules.checks.book import Book
from app.medication.rules.checks.doses import overdosed
from app.medication.rules.checks.duplicates import doubled
from app.medication.rules.checks.finding import Finding, gathered, swallowed
from app.medication.rules.checks.giving import unknown_kidneys, ways
from app.medication.rules.checks.medicine import Medicine
from app.medication.rules.checks.patient import Patient
from app.medication.rules.checks.rule import spoken, ward

NEW = ""
"""The key of the order that is being written."""


def among(book: Book, patient: Patient, medicines: Sequence[Medicine]) -> tuple[Finding, ...]:
    """All that stands between some medicines of one person. In whatever order they are given, the same comes out."""
    ordered = sorted(medicines, key=lambda one: one.key)
    return swallowed(_all(book, patient, ordered))


def check(book: Book, patient: Patient, new: Medicine, running: Sequence[Medicine]) -> tuple[Finding, ...]:
    """What speaks against one more order, one line a rule."""
    return gathered(among(book, patient, [new, *running]), new.key)


def _all(book: Book, patient: Patient, medicines: Sequence[Medicine]) -> Iterator[Finding]:
    here = ward(patient, medicines)
    for rule in book.rules:
        yield from spoken(rule, here)
    yield from doubled(book, medicines)
    yield from allergic(book, patient, medicines)
    yield from overdosed(book, medicines)
    yield from ways(book, patient, medicines)
    yield from unknown_kidneys(book, here)
