"""Everybody by ability, the worklist beside it, histories, and what is carried from one form to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.assessments.content import Content
from app.assessments.due.choosing import InstrumentsFor
from app.assessments.due.everybody import EverybodysAbility
from app.assessments.due.queries import CountDue, CountDues, DueList, DuesOf
from app.assessments.due.reckoning import VIEWS
from app.assessments.queries import History, LatestLevels
from app.assessments.record_queries import AssessmentRevisions, OpenForm
from app.compose import Station
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.core.orders import Question
from app.core.roles import Role
from tests.app.assessments.people import GB, Admit, filled, first, save, signed
from tests.support.station import become


@pytest.fixture
def house(station: Station) -> dict[str, UUID]:
    """Five residents: never assessed, overdue, due within a week, not due, half signed."""
    people = {
        name: station.desk.do_now(Admit(f"01-00000{place}", name, f"2号楼 30{place}-1"))
        for place, name in enumerate(("赵从未", "钱逾期", "孙将到", "李未到", "周半签"), 1)
    }
    for name, day in {
        "钱逾期": date(2025, 10, 1),
        "孙将到": date(2025, 11, 30),
        "李未到": date(2026, 10, 1),
    }.items():
        signed(station, people[name], replace(filled(station), assessed_on=day))
    save(station, people["周半签"], filled(station))
    first(station, people["周半签"], Role.NURSE)
    return people


def names(station: Station, **asked: object) -> list[str]:
    question = EverybodysAbility(**asked)  # type: ignore[arg-type]  # fields come from the table below
    return [row.name for row in station.desk.ask_now(question)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["赵从未", "周半签", "钱逾期", "孙将到", "李未到"]),
        ({"words": "30"}, ["赵从未", "周半签", "钱逾期", "孙将到", "李未到"]),
        ({"words": "302-1"}, ["钱逾期"]),
        ({"words": "李"}, ["李未到"]),
        ({"words": "%"}, []),
        ({"words": "_"}, []),
        ({"limit": 2, "offset": 1}, ["周半签", "钱逾期"]),
    ],
)
def test_everybody_is_there_the_never_assessed_first(
    station: Station, house: dict[str, UUID], asked: dict[str, object], found: list[str]
) -> None:
    assert names(station, **asked) == found


def test_a_row_tells_all_the_list_shows(station: Station, house: dict[str, UUID]) -> None:
    rows = {row.name: row for row in station.desk.ask_now(EverybodysAbility())}
    row = rows["周半签"]
    assert (row.bed, row.sex, row.birth_date, row.latest) == ("2号楼 305-1", "2", date(1941, 3, 12), None)
    assert row.draft is not None
    assert (row.draft.holder_name, row.draft.answered, row.draft.awaits_second) == ("周敏", 26, True)
    done = rows["李未到"]
    assert done.latest is not None
    assert (done.latest.total, done.latest.level, done.latest.due_on) == (62, 2, date(2027, 10, 1))


@pytest.mark.parametrize(
    ("view", "found"),
    [
        ("due", ["赵从未", "周半签", "钱逾期", "孙将到"]),
        ("overdue", ["赵从未", "周半签", "钱逾期"]),
        ("draft", ["周半签"]),
        ("decided", []),
    ],
)
def test_the_longest_due_come_first(
    station: Station, house: dict[str, UUID], view: str, found: list[str]
) -> None:
    page = station.desk.ask_now(DueList(view=view, instrument=GB.code))
    assert [row.name for row in page.rows] == found
    assert page.count == len(found)
    assert page.counts.by_instrument.get(GB.code, 0) == len(found)


def test_the_counts_are_those_of_the_lists(station: Station, house: dict[str, UUID]) -> None:
    counts = station.desk.ask_now(CountDues())
    for view in VIEWS:
        assert getattr(counts, view) == station.desk.ask_now(DueList(view=view, limit=999)).count
    assert (counts.draft, counts.residents) == (1, 5)
    assert station.desk.ask_now(CountDue()) == counts.due
    found = station.desk.ask_now(DueList(words="钱逾期"))
    assert {row.name for row in found.rows} == {"钱逾期"}
    assert found.counts.residents == 1


def test_a_stretch_of_the_list_goes_on_where_the_one_before_ended(
    station: Station, house: dict[str, UUID]
) -> None:
    whole = station.desk.ask_now(DueList(limit=999)).rows
    first = station.desk.ask_now(DueList(limit=7)).rows
    then = station.desk.ask_now(DueList(limit=999, offset=7)).rows
    assert (*first, *then) == whole
    assert len({row.key for row in whole}) == len(whole)


def test_an_empty_house_owes_nothing(station: Station) -> None:
    counts = station.desk.ask_now(CountDues())
    assert (counts.due, counts.overdue, counts.draft, counts.decided, counts.residents) == (0, 0, 0, 0, 0)
    assert station.desk.ask_now(DueList()).rows == ()
    assert station.desk.ask_now(EverybodysAbility()) == ()


def test_history_shows_the_latest_first(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    for points, day in ((30, date(2026, 3, 1)), (62, date(2026, 9, 1)), (50, date(2026, 6, 1))):
        signed(station, resident, replace(filled(station, points), assessed_on=day))
    rows = station.desk.ask_now(History(resident))
    assert [row.level.total for row in rows] == [62, 50, 30]
    assert rows[0].signers == ("林晓燕", "沈思远")
    assert station.desk.ask_now(LatestLevels((resident,)))[resident].total == 62


def test_what_hardly_changes_is_carried_to_the_next_form(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    facts = {"A.2.9": "小学", "A.2.7": "有", "A.2.7/有": "佛教", "A.5.1": "Ⅱ期", "A.2.5": "52.5"}
    signed(station, resident, filled(station, 62, dict(facts)))
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(days=300))
    form = station.desk.ask_now(OpenForm(resident))
    carried = {code: form.content.information.get(code) for code in facts}
    assert carried == {"A.2.9": "小学", "A.2.7": "有", "A.2.7/有": "佛教", "A.5.1": None, "A.2.5": None}
    assert form.previous is not None
    assert form.previous.total == 62


def test_who_may_not_read_residents_reads_no_assessment(station: Station, house: dict[str, UUID]) -> None:
    become(station, Role.ADMINISTRATOR)
    resident = house["钱逾期"]
    questions: tuple[Question[Any], ...] = (
        EverybodysAbility(),
        DueList(),
        CountDue(),
        CountDues(),
        DuesOf(resident),
        InstrumentsFor(resident),
        History(resident),
        LatestLevels((resident,)),
        OpenForm(resident),
        AssessmentRevisions(resident),
    )
    for question in questions:
        with pytest.raises(Refusal, match="您没有“查看老人档案”的权限"):
            station.desk.ask_now(question)


def test_screens_hear_of_records_and_of_voided_signatures(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    heard: list[frozenset[str]] = []
    stop = station.desk.listen(lambda changes: heard.append(changes.kinds))
    content = filled(station)
    save(station, resident, content)
    first(station, resident, Role.NURSE)
    save(station, resident, Content())
    stop()
    assert heard == [frozenset({"assessment"})] * 2
