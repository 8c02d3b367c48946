"""The worklist: who is due, who holds drafts, in the order of what is most urgent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.assessments.content import Content
from app.assessments.queries import History, LatestLevels
from app.assessments.record_queries import AssessmentRevisions, OpenForm
from app.assessments.worklist import CountWork, WorkCounts, Worklist
from app.compose import Station
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.core.orders import Question
from app.core.roles import Role
from tests.app.assessments.people import Admit, filled, first, save, signed
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
    question = Worklist(**asked)  # type: ignore[arg-type]  # fields come from the table below
    return [row.name for row in station.desk.ask_now(question)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["赵从未", "周半签", "钱逾期", "孙将到", "李未到"]),
        ({"view": "never"}, ["赵从未", "周半签"]),
        ({"view": "overdue"}, ["钱逾期"]),
        ({"view": "soon"}, ["赵从未", "周半签", "钱逾期", "孙将到"]),
        ({"view": "draft"}, ["周半签"]),
        ({"words": "30"}, ["赵从未", "周半签", "钱逾期", "孙将到", "李未到"]),
        ({"words": "302-1"}, ["钱逾期"]),
        ({"words": "李"}, ["李未到"]),
        ({"words": "%"}, []),
        ({"words": "_"}, []),
        ({"limit": 2, "offset": 1}, ["周半签", "钱逾期"]),
    ],
)
def test_the_worklist_shows_the_most_urgent_first(
    station: Station, house: dict[str, UUID], asked: dict[str, object], found: list[str]
) -> None:
    assert names(station, **asked) == found


def test_a_row_tells_all_the_list_shows(station: Station, house: dict[str, UUID]) -> None:
    row = next(row for row in station.desk.ask_now(Worklist()) if row.name == "周半签")
    assert (row.bed, row.sex, row.birth_date, row.latest) == ("2号楼 305-1", "2", date(1941, 3, 12), None)
    assert row.draft is not None
    assert (row.draft.holder_name, row.draft.answered, row.draft.awaits_second) == ("周敏", 26, True)
    done = next(row for row in station.desk.ask_now(Worklist()) if row.name == "李未到")
    assert done.latest is not None
    assert (done.latest.total, done.latest.level, done.latest.due_on) == (62, 2, date(2027, 10, 1))


def test_the_counts_are_those_of_the_lists(station: Station, house: dict[str, UUID]) -> None:
    assert station.desk.ask_now(CountWork()) == WorkCounts(all=5, never=2, overdue=1, soon=4, draft=1)


def test_an_empty_house_counts_nothing(station: Station) -> None:
    assert station.desk.ask_now(CountWork()) == WorkCounts(0, 0, 0, 0, 0)
    assert station.desk.ask_now(Worklist()) == ()


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
        Worklist(),
        CountWork(),
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
