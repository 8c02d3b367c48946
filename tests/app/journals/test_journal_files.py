"""Every journal's file plays its worked cases: order, line, signs, due day, correction, retraction."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from app.compose import Station
from app.core.clock import SetClock
from app.core.resources import resource
from app.core.roles import Right, Role
from app.journals import AddEntry, CorrectEntry, RetractEntry, Seen
from app.journals.journal import Case, Journal
from app.journals.journal_file import journal_called, shelf
from app.journals.queries import DueEntries, EntryHistory, EntryOf, Signs
from app.residents.forms import ResidentForm
from app.residents.service import CreateResident
from tests.app.journals.old import WroteThen
from tests.support.station import become

CASES = [
    pytest.param(journal.code, number, id=f"{journal.code}-{number}")
    for journal in shelf().values()
    for number in range(len(journal.cases))
]
TODAY = date(2026, 11, 24)


@pytest.fixture
def rid(station: Station) -> UUID:
    become(station, Role.NURSE)
    return station.desk.do_now(
        CreateResident(ResidentForm("李桂兰", "2", date(1942, 5, 18), admitted_on=date(2026, 1, 1)))
    )


def case_of(code: str, number: int) -> tuple[Journal, Case]:
    journal = journal_called(code)
    return journal, journal.cases[number]


@pytest.mark.parametrize(("code", "number"), CASES)
def test_a_worked_case_comes_out_as_it_says(station: Station, rid: UUID, code: str, number: int) -> None:
    journal, case = case_of(code, number)
    entry = station.desk.do_now(WroteThen(AddEntry(rid, code, case.content)))
    row = station.desk.ask_now(EntryOf(entry))
    assert row.line == case.line
    assert tuple(sign.words for sign in row.signs) == case.badges
    assert str(row.due_on or "") == case.due
    assert (row.begins is None) == journal.event
    if case.due:
        until = date.fromisoformat(case.due)
        assert [one.rid for one in station.desk.ask_now(DueEntries(until))] == [entry]
        assert station.desk.ask_now(DueEntries(until - timedelta(days=1))) == ()
    if journal.missing is not None:
        assert journal.missing.words not in {one.words for one in station.desk.ask_now(Signs(rid))}


@pytest.mark.parametrize("code", list(shelf()))
def test_a_case_is_corrected_and_retracted(station: Station, rid: UUID, code: str) -> None:
    """Some line of text, a choice or a date is said otherwise; what it was stays readable, then it is retracted."""
    journal, case = case_of(code, 0)
    entry = station.desk.do_now(WroteThen(AddEntry(rid, code, case.content)))
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(hours=1))
    key, value = other(journal, case)
    content = {**case.content, key: value}
    station.desk.do_now(CorrectEntry(Seen(entry, 1), content, "笔误"))
    first, second = station.desk.ask_now(EntryHistory(entry))
    assert (first.line, second.state, second.reason) == (case.line, "corrected", "笔误")
    field = journal.field(key)
    assert field is not None
    assert field.label in {label for label, _old, _new in second.changes}
    station.desk.do_now(RetractEntry(Seen(entry, 2), "记错"))
    assert station.desk.ask_now(EntryOf(entry)).retracted


def other(journal: Journal, case: Case) -> tuple[str, str]:
    """A field that can be said otherwise, and another value for it."""
    for field in journal.fields:
        if field.key in case.content and field.choices and isinstance(case.content[field.key], str):
            asks = {name for one in journal.fields for name in _conditions(one.required_when, one.when)}
            if field.key not in asks:
                keys = [one.key for one in field.choices if one.key != case.content[field.key]]
                return field.key, keys[0]
    texts = (one.key for one in journal.fields if one.key in case.content and one.kind in ("text", "lines"))
    return next(texts), "说法改了"


def _conditions(*conditions: object) -> set[str]:
    return {name for one in conditions if one is not None for name in one.fields}  # type: ignore[attr-defined]  # conditions of a field


@pytest.mark.parametrize("journal", list(shelf().values()), ids=list(shelf()))
def test_a_file_is_whole(journal: Journal) -> None:
    """Its drawing is there, its key is its own, its rights are real, its group of choices readable."""
    assert resource("icons", f"{journal.icon}.svg").exists()
    keys = [one.key for one in shelf().values() if one.key]
    assert keys.count(journal.key) <= 1
    assert journal.write in Right
    assert journal.source


def test_keys_that_others_read_are_there() -> None:
    """The platform's translation and other subjects read these."""
    keys = {code: {field.key for field in journal.fields} for code, journal in shelf().items()}
    assert keys["insurance"] == {"type", "number", "insurer", "valid_from", "valid_to", "level"}
    assert keys["consent"] == {"scope", "version", "given", "by", "relation", "on"}
    assert {"wish", "source", "witness", "on"} <= keys["resuscitation"]
    assert keys["tube"] == {"kind", "size", "placed_on", "change_by", "place", "state"}
    assert keys["labs"] == {"item", "value", "unit", "flag", "lab", "sampled_at", "read_back"}
    assert {"site", "stage", "length", "width", "depth", "exudate", "tissue", "treatment", "photos"} == keys[
        "skin"
    ]
    assert keys["vaccination"] == {"vaccine", "dose", "lot", "on", "place", "next_on"}
