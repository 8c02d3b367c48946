"""A house by one instrument: levels by floor and care level, who was never assessed, who got better or worse."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from app.assessments.instruments import shipped
from app.assessments.service import Retract
from app.assessments.trends.house import CARE, FLOORS, NEVER, OTHER, HouseLevels, HouseRow, StandRow
from app.assessments.trends.people import PeopleAt
from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Role
from app.residents.forms import ResidentForm
from app.residents.rules import PlacePath
from app.residents.service import CreateResident
from tests.app.assessments.course import assessed
from tests.support.station import become

MORSE = "morse"
LOW, MIDDLE, HIGH = [0] * 6, [1, 0, 0, 0, 0, 0], [1, 1, 0, 0, 1, 0]


@pytest.fixture
def house(station: Station) -> dict[str, UUID]:
    """Five residents on two floors: better, worse, the same long ago, first time, never (refused)."""
    people = {}
    for place, (name, floor, care) in enumerate(
        (
            ("赵好转", "3层", "partial"),
            ("钱变差", "3层", "partial"),
            ("孙不变", "3层", "full"),
            ("李首评", "10层", "full"),
            ("周拒评", "", ""),
        )
    ):
        bed = PlacePath("2号楼", floor, f"30{place}", "1") if floor else None
        born = date(1940, 1, 1 + place)
        form = ResidentForm(name, "2", born, admitted_on=date(2026, 1, 2), place=bed, care_level=care)
        people[name] = station.desk.do_now(CreateResident(form))
    for name, day, digits in (
        ("赵好转", date(2026, 2, 1), HIGH),
        ("赵好转", date(2026, 10, 1), MIDDLE),
        ("钱变差", date(2026, 2, 1), LOW),
        ("钱变差", date(2026, 11, 1), HIGH),
        ("孙不变", date(2025, 2, 1), LOW),
        ("孙不变", date(2026, 3, 1), LOW),
        ("李首评", date(2026, 11, 20), MIDDLE),
    ):
        assessed(station, people[name], MORSE, day, digits)
    assessed(station, people["周拒评"], MORSE, date(2026, 11, 20), "拒绝评估")
    return people


def ask(station: Station, instrument: str = MORSE, months: int = 6) -> HouseRow:
    return station.desk.ask_now(HouseLevels(instrument, months))


def told(row: StandRow) -> tuple[str, int, dict[str, int]]:
    return row.words, row.residents, dict(row.counts)


def names(station: Station, **asked: object) -> list[str]:
    question = PeopleAt(MORSE, **asked)  # type: ignore[arg-type]  # fields come from the tests below
    return [row.name for row in station.desk.ask_now(question)]


def test_levels_by_floor_and_by_care_level(station: Station, house: dict[str, UUID]) -> None:
    found = ask(station)
    assert [(one.key, one.words) for one in found.columns] == [
        ("0", "低风险"),
        ("1", "中风险"),
        ("2", "高风险"),
    ]
    assert told(found.whole) == ("全院", 5, {"1": 2, "2": 1, "0": 1, NEVER: 1})
    assert [told(one) for one in found.floors] == [
        ("2号楼 3层", 3, {"0": 1, "1": 1, "2": 1}),
        ("2号楼 10层", 1, {"1": 1}),
        ("未安排楼层", 1, {NEVER: 1}),
    ]
    assert [told(one) for one in found.care] == [
        ("半护理", 2, {"1": 1, "2": 1}),
        ("全护理", 2, {"0": 1, "1": 1}),
        ("未定", 1, {NEVER: 1}),
    ]


@pytest.mark.parametrize(
    ("months", "moved"),
    [
        (1, {"better": 0, "same": 0, "worse": 1, "first": 1}),
        (6, {"better": 1, "same": 0, "worse": 1, "first": 1}),
        (12, {"better": 1, "same": 1, "worse": 1, "first": 1}),
    ],
)
def test_movement_counts_those_assessed_in_the_time_against_the_one_before(
    station: Station, house: dict[str, UUID], months: int, moved: dict[str, int]
) -> None:
    assert dict(ask(station, months=months).whole.moved) == moved


def test_what_was_retracted_neither_stands_nor_moves(station: Station, house: dict[str, UUID]) -> None:
    [row] = [one for one in station.desk.ask_now(PeopleAt(MORSE)) if one.name == "钱变差"]
    assert row.record is not None
    station.desk.do_now(Retract(row.record, "笔误"))
    found = ask(station)
    assert dict(found.whole.counts) == {"0": 2, "1": 2, NEVER: 1}
    assert found.whole.moved["worse"] == 0


def test_who_stands_behind_a_number(station: Station, house: dict[str, UUID]) -> None:
    found = ask(station)
    third = found.floors[0].key
    assert names(station, by=FLOORS, key=third) == ["赵好转", "钱变差", "孙不变"]
    assert names(station, by=FLOORS, key=third, column="2") == ["钱变差"]
    assert names(station, by=FLOORS, key=found.floors[2].key) == ["周拒评"]
    assert names(station, column=NEVER) == ["周拒评"]
    assert names(station, column="better") == ["赵好转"]
    assert names(station, by=CARE, key="full") == ["孙不变", "李首评"]
    assert names(station, by=CARE, key="") == ["周拒评"]
    assert len(names(station, limit=2)) == 2
    worse = next(one for one in station.desk.ask_now(PeopleAt(MORSE)) if one.name == "钱变差")
    assert (worse.bed, worse.total, worse.finding, worse.moved, worse.before, worse.before_on) == (
        "2号楼 301-1",
        50,
        "高风险",
        "worse",
        "低风险",
        date(2026, 2, 1),
    )


def test_an_assessment_without_level_counts_as_such_and_the_level_before_as_movement(
    station: Station, house: dict[str, UUID]
) -> None:
    digits = dict.fromkeys(shipped()["frail"].items, 0)
    rid = house["赵好转"]
    assessed(station, rid, "frail", date(2026, 10, 1), digits)
    assessed(station, rid, "frail", date(2026, 11, 1), {**digits, next(iter(digits)): -1})
    found = ask(station, "frail")
    assert dict(found.whole.counts) == {OTHER: 1, NEVER: 4}
    assert dict(found.whole.moved) == {"better": 0, "same": 0, "worse": 0, "first": 1}
    assert [one.name for one in station.desk.ask_now(PeopleAt("frail", column=OTHER))] == ["赵好转"]


def test_of_scales_each_that_holds_is_counted(station: Station, house: dict[str, UUID]) -> None:
    tcm = shipped()["tcm33"]
    calm = dict.fromkeys(tcm.items, 1)
    both = {**calm, **dict.fromkeys(("2", "3", "4", "14", "11", "12", "13", "29"), 4)}
    assessed(station, house["赵好转"], "tcm33", date(2026, 6, 1), both)
    assessed(station, house["钱变差"], "tcm33", date(2026, 6, 1), calm)
    found = ask(station, "tcm33")
    assert not found.exclusive
    assert [one.words for one in found.columns][:2] == ["气虚质", "阳虚质"]
    counts = found.whole.counts
    assert (counts["qixu"], counts["yangxu"], counts[NEVER]) == (1, 1, 3)
    at = station.desk.ask_now(PeopleAt("tcm33", column="qixu"))
    assert [one.name for one in at] == ["赵好转"]
    assert all(one.name != "赵好转" for one in station.desk.ask_now(PeopleAt("tcm33", column=OTHER)))


def test_an_empty_house_has_no_rows(station: Station) -> None:
    found = ask(station)
    assert (found.whole.residents, found.floors, found.care) == (0, (), ())
    assert station.desk.ask_now(PeopleAt(MORSE)) == ()


def test_who_may_not_read_residents_reads_no_house(station: Station, house: dict[str, UUID]) -> None:
    become(station, Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="查看老人档案"):
        ask(station)
    with pytest.raises(Refusal, match="查看老人档案"):
        station.desk.ask_now(PeopleAt(MORSE))
