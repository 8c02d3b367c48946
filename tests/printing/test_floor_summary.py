"""The summary of a floor: everybody with the latest finding and the next day, counts by level, one sheet a floor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.assessments.instruments import shipped
from app.care.floors import FloorName
from app.compose import Station
from app.core.errors import Refusal
from app.core.watch import Watch
from app.printing.batch import Wanted, WhoIsHere, draw_batch
from app.printing.floor_data import FloorSummaryOf
from app.printing.pdf import draw
from app.printing.registry import SHEETS, offered, offered_in_one_go
from app.printing.sheets.floor_summary import Count, FloorSummary, Latest, sheet
from tests.printing.assessing import content, save, sign
from tests.printing.test_layout import problems
from tests.printing.test_report import pages
from tests.ui.residents.stage import people

GOLDEN = Path(__file__).with_name("assessment-floor.golden.txt")
MORSE = shipped()["morse"]
DAY = date(2026, 11, 24)


def floors(station: Station) -> tuple[FloorName, ...]:
    return station.desk.ask_now(WhoIsHere()).floors


def assessed(station: Station, residents: list[UUID]) -> None:
    """Morse at three levels, the second person's long over."""
    by_total = {case.expected.total: case for case in MORSE.cases}
    for resident, total, days in zip(residents, (125, 45, 25), (1, 40, 10), strict=False):
        filled = content(station, MORSE, by_total[total])
        save(station, resident, MORSE, replace(filled, assessed_on=DAY - timedelta(days=days)))
        sign(station, resident, MORSE)


def test_the_words_of_a_summary_are_the_golden(station: Station) -> None:
    assessed(station, people(station, 5))
    sheets = [station.desk.ask_now(FloorSummaryOf(one.rid)) for one in floors(station)]
    assert sum(len(one.people) for one in sheets) == 5
    found = [latest for one in sheets for person in one.people for latest in person.latest if latest]
    assert Latest("高风险", grave=True, due=date(2026, 10, 22), late=True) in found
    assert Latest("中风险", grave=True, due=date(2027, 2, 14), late=False) in found
    text = []
    for one in sheets:
        drawn = draw(sheet(one))
        assert problems(drawn) == []
        text += pages(drawn)
    assert "\n".join(text) == GOLDEN.read_text(encoding="utf-8").strip()


def test_counts_stand_in_the_order_of_the_levels(station: Station) -> None:
    assessed(station, people(station, 5))
    counts = [
        one
        for floor in floors(station)
        for one in station.desk.ask_now(FloorSummaryOf(floor.rid, wanted=("morse",))).counts
    ]
    assert {one.instrument for one in counts} == {"Morse跌倒"}
    assert sum(number for one in counts for words, number in one.findings if words == "未评") == 2
    assert sum(one.late for one in counts) == 3  # the two never assessed were due after their admission
    assert isinstance(counts[0], Count)


@pytest.mark.parametrize("group", sorted({one.group for one in shipped().values()}))
def test_a_group_of_instruments_can_be_chosen(station: Station, group: str) -> None:
    people(station, 3)
    found: FloorSummary = station.desk.ask_now(FloorSummaryOf(floors(station)[0].rid, group))
    assert found.instruments == tuple(one.short for one in shipped().values() if one.group == group)
    assert problems(draw(sheet(found))) == []


def test_a_floor_without_people_is_refused(station: Station) -> None:
    with pytest.raises(Refusal, match="没有在住老人"):
        station.desk.ask_now(FloorSummaryOf(UUID(int=77)))


def test_one_sheet_a_floor_in_one_file(station: Station) -> None:
    people(station, 5)
    kind = SHEETS["assessment-floor"]
    assert kind in offered_in_one_go()
    assert kind not in offered()
    every = floors(station)
    wanted = Wanted(kind, (), DAY, "楼层评估汇总", every, {"group": "风险"})
    batch = draw_batch(station.desk, wanted, Watch())
    assert batch.residents == tuple(one.rid for one in every)
    assert batch.drawn is not None
    assert batch.drawn.pages >= len(every)
