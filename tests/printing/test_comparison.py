"""Two assessments on one sheet: changed items with their direction, sub-scores side by side, the curve of all."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.assessments.instruments import Case, Instrument, shipped
from app.compose import Station
from app.core.errors import Refusal
from app.printing.comparison_data import AssessmentComparisonOf
from app.printing.pdf import draw
from app.printing.sheets.assessment_comparison import AssessmentComparison, sheet
from app.printing.sheets.score_curve import Curve, Spot, Stripe, curve_figure
from tests.app.assessments.people import Admit
from tests.printing.assessing import content, save, sign, whole
from tests.printing.test_layout import problems
from tests.printing.test_report import pages

GOLDEN = Path(__file__).with_name("assessment-comparison.golden.txt")
EVERY = [pytest.param(one, id=one.code) for one in shipped().values()]


@pytest.fixture
def resident(station: Station) -> UUID:
    return station.desk.do_now(Admit(name="欧阳淑华"))


def done(station: Station, resident: UUID, instrument: Instrument, case: Case, days: int) -> UUID:
    """A case signed so many days ago."""
    filled = whole(instrument, content(station, instrument, case))
    assert filled.assessed_on is not None
    earlier = replace(filled, assessed_on=filled.assessed_on - timedelta(days=days))
    save(station, resident, instrument, earlier)
    return sign(station, resident, instrument)


def compared(
    station: Station, resident: UUID, instrument: Instrument, *records: UUID
) -> AssessmentComparison:
    record, other = (*records, None, None)[:2]
    return station.desk.ask_now(AssessmentComparisonOf(resident, record, other, instrument.code))


def test_the_words_of_a_comparison_are_the_golden(station: Station, resident: UUID) -> None:
    barthel = shipped()["barthel"]
    by_total = {case.expected.total: case for case in barthel.cases}
    for total, days in ((100, 400), (60, 190), (40, 5)):
        done(station, resident, barthel, by_total[total], days)
    data = compared(station, resident, barthel)
    assert (data.before.total, data.after.total) == ("60 分", "40 分")
    assert data.verdict == "总分 60 → 40　▼ 下降；等级 中度依赖 → 重度依赖　▼ 下降"
    assert data.curve is not None
    assert [(spot.value, spot.marked) for spot in data.curve.spots] == [(100, False), (60, True), (40, True)]
    drawn = draw(sheet(data))
    assert problems(drawn) == []
    assert "\n".join(pages(drawn)) == GOLDEN.read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("instrument", EVERY)
def test_every_instrument_can_be_compared(station: Station, resident: UUID, instrument: Instrument) -> None:
    whole_ones = [case for case in instrument.cases if case.expected.answered == instrument.wanted]
    for case, days in ((whole_ones[0], 90), (whole_ones[-1], 1)):
        done(station, resident, instrument, case, days)
    data = compared(station, resident, instrument)
    drawn = draw(sheet(data))
    assert problems(drawn) == []
    assert drawn.missing_glyphs == ()
    text = re.sub(r"\s", "", "".join(pages(drawn)))
    for line in data.items:
        for words in (line.name, line.before.text, line.after.text):
            assert re.sub(r"\s", "", words) in text
    if instrument.measured is None:  # of readings and grades any number may be taken
        assert data.same + len(data.items) == instrument.wanted or instrument.either


def test_a_higher_risk_score_is_worse_and_a_higher_ability_better(station: Station, resident: UUID) -> None:
    for code, worse in (("morse", "▼"), ("braden", "▲")):
        one = shipped()[code]
        low, high = (pick(one.cases, key=lambda case: case.expected.total or 0) for pick in (min, max))
        low = next(case for case in one.cases if case.expected.total == one.minimum)
        done(station, resident, one, low, 30)
        done(station, resident, one, high, 2)
        data = compared(station, resident, one)
        assert {line.way[0] for line in data.items} == {worse}
        assert all(line.grave == (worse == "▼") for line in data.items)


def test_the_two_may_be_named_in_any_order_and_others_are_refused(station: Station, resident: UUID) -> None:
    one = shipped()["morse"]
    first = done(station, resident, one, one.cases[0], 60)
    with pytest.raises(Refusal, match="没有更早的同一量表的评估"):
        compared(station, resident, one)
    second = done(station, resident, one, one.cases[1], 3)
    for pair in ((first, second), (second, first)):
        data = compared(station, resident, one, *pair)
        assert data.before.day < data.after.day
    with pytest.raises(Refusal, match="没有更早"):
        compared(station, resident, one, first)  # nothing before the first
    with pytest.raises(Refusal, match="还没有两份"):
        compared(station, station.desk.do_now(Admit("01-000002", "张三")), one)


def test_many_spots_keep_their_numbers_apart() -> None:
    first = date(2026, 1, 1)
    spots = tuple(Spot(first + timedelta(days=n), n % 11, n in (58, 59)) for n in range(60))
    stripes = (Stripe(0, 0, "无痛"), Stripe(1, 3, "轻度疼痛"), Stripe(4, 6, "中度"), Stripe(7, 10, "重度"))
    figure = curve_figure(Curve(spots, stripes, 0, 10), 480)
    labels = [shape for shape in figure.shapes if hasattr(shape, "words")]
    assert len(labels) < 60
    alone = curve_figure(Curve((Spot(first, 5),), stripes, 0, 10), 480)
    assert alone.height == figure.height
