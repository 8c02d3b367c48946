"""Temperature chart and vital signs record: what stands where, the right day, clean pages however much there is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.journals import AddEntry
from app.printing.service import draw
from app.printing.sheets import temperature_chart, vitals_record
from app.printing.sheets.temperature_week import Beats, Temperature, Week, Written
from app.printing.sheets.vitals_record import Measured, Visit
from app.printing.temperature_data import TemperatureChartOf
from app.printing.temperature_slots import Columns, clock_words
from app.printing.vitals_record_data import VitalsRecordOf
from app.vitals.service import RecordSets
from tests.printing.test_layout import problems
from tests.printing.vitals_sample import ADDRESS, ZONE, admitted, fortnight, moment, visit

HOURS = (2, 6, 10, 14, 18, 22)
FIRST = date(2026, 11, 9)
GOLDEN = Path(__file__).parent


def lines_of(pdf: bytes) -> list[str]:
    """The lines of a PDF as a reader copies them, white space made even."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[at].get_textpage().get_text_bounded() for at in range(len(document))]
    document.close()
    return [re.sub(r"\s+", " ", line).strip() for page in pages for line in page.splitlines() if line.strip()]


def same_as_kept(name: str, lines: list[str]) -> None:
    """Compare with the golden; write it anew where it is missing, and fail so that somebody reads it."""
    path = GOLDEN / f"{name}.golden.txt"
    text = "\n".join(lines) + "\n"
    if not path.exists():
        path.write_text(text, encoding="utf-8")
        pytest.fail(f"{path.name} was missing and is written now: read it, then keep it")
    assert text == path.read_text(encoding="utf-8")


def test_the_words_of_both_sheets(station: Station) -> None:
    rid = fortnight(station)
    span = (FIRST, date(2026, 11, 22))
    for name, question in (
        ("temperature-chart", TemperatureChartOf(rid, *span)),
        ("vitals-record", VitalsRecordOf(rid, *span)),
    ):
        drawn = draw(station.desk, name, question, rid)
        assert problems(drawn) == []
        assert drawn.missing_glyphs == ()
        same_as_kept(name, lines_of(drawn.pdf))


def test_a_week_holds_what_was_measured_in_it(station: Station) -> None:
    rid = fortnight(station)
    data = station.desk.ask_now(TemperatureChartOf(rid, FIRST, date(2026, 11, 20)))
    first, second = data.weeks
    assert first.stay_days == tuple(map(str, range(1, 8)))
    fever = next(one for one in first.temperatures if one.value == 39.3)
    assert (fever.slot, fever.cooled) == (3 * 6 + 3, 38.4)
    # corrected: the new value with the new site; retracted: not drawn at all
    assert (first.temperatures[0].value, first.temperatures[0].sign) == (36.8, "disc")
    assert first.rows[1].cells[:2] == (("95",), ())
    assert [one.words for one in first.written] == ["入住", "拒测"]
    assert [one.words for one in second.written] == ["请假｜九时三十分", "返回｜十七时"]
    # nothing joins what stands on either side of a refusal or a leave
    assert not next(one for one in first.temperatures if one.slot == 6 * 6 + 1).joined
    assert not next(one for one in second.pulses if one.slot >= 3 * 6).joined


def test_midnight_and_the_last_minute_of_a_day_stand_on_their_day(station: Station) -> None:
    rid = admitted(station)
    early = visit(rid, moment(date(2026, 11, 15), 0), temperature="36.1")
    late = visit(rid, moment(date(2026, 11, 15), 23, 59), temperature="36.2")
    next_day = visit(rid, moment(date(2026, 11, 15), 0) + timedelta(hours=24), temperature="36.3")
    station.desk.do_now(RecordSets((early, late, next_day)))
    weeks = station.desk.ask_now(TemperatureChartOf(rid, date(2026, 11, 15), date(2026, 11, 16))).weeks
    drawn = [[(one.slot, one.value) for one in week.temperatures] for week in weeks]
    assert drawn == [[(6 * 6, 36.1), (6 * 6 + 5, 36.2)], [(0, 36.3)]]  # 24:00 is the next day's first column


def test_a_clock_change_moves_nothing_to_another_day() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    columns = Columns(date(2026, 10, 24), HOURS)
    # the night of 2026-10-25 has 25 hours: 02:30 comes twice, 23:30 UTC before it is 01:30 already
    for instant, slot in (
        (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), 5),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), 6),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 6),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 6),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), 11),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), 12),
    ):
        assert columns.slot(instant.astimezone(berlin)) == slot, instant


@pytest.mark.parametrize("hours", [HOURS, (4, 8, 12, 16, 20, 24)])
def test_every_minute_of_a_day_has_a_column_of_that_day(hours: tuple[int, ...]) -> None:
    columns = Columns(FIRST, hours)
    start = moment(FIRST + timedelta(days=2), 0)
    slots = [columns.slot(start + timedelta(minutes=minute)) for minute in range(24 * 60)]
    assert all(slot is not None and slot // 6 == 2 for slot in slots)
    assert slots == sorted(slots, key=int)  # type: ignore[arg-type]  # none is missing, said above
    assert columns.slot(start - timedelta(days=3)) is None


def test_times_are_written_as_they_are_read() -> None:
    said = [clock_words(moment(FIRST, hour, minute)) for hour, minute in ((0, 0), (8, 30), (10, 5), (23, 59))]
    assert said == ["零时", "八时三十分", "十时五分", "二十三时五十九分"]


def test_a_crowded_week_is_laid_out_clean(station: Station) -> None:
    data = station.desk.ask_now(TemperatureChartOf(fortnight(station), FIRST, FIRST))
    every = range(42)
    week = Week(
        first=date(2026, 12, 28),
        stay_days=("1999",) * 7,
        temperatures=tuple(
            Temperature(slot, 35 + slot % 5, "cross", cooled=34.5) for slot in every if slot != 9
        ),
        pulses=tuple(Beats(slot, 40 + slot % 5 * 30) for slot in every),
        hearts=tuple(Beats(slot, 60 + slot % 5 * 30) for slot in every),
        breaths=tuple((slot, str(10 + slot)) for slot in every),
        unrisen=(9,),
        written=tuple(Written(slot, "返回｜二十三时五十九分", slot % 2 == 0) for slot in every),
        rows=tuple(replace(row, cells=(("186/104", "178/101"),) * 7) for row in data.weeks[0].rows),
    )
    long = replace(
        data, name="欧阳淑华娜仁托娅", bed="2号楼3层312-1", diagnosis="高血压病3级（极高危）；" * 6
    )
    drawn = temperature_chart.draw(replace(long, weeks=(week,) * 3))
    assert drawn.pages == 3
    assert problems(drawn) == []


def test_a_pulse_beyond_the_scale_stands_at_its_edge_with_its_number(station: Station) -> None:
    data = station.desk.ask_now(TemperatureChartOf(fortnight(station), FIRST, FIRST))
    week = replace(data.weeks[0], temperatures=(), pulses=(Beats(3, 196, joined=False),))
    assert "196" in " ".join(lines_of(temperature_chart.draw(replace(data, weeks=(week,))).pdf))


def test_seven_hundred_lines_go_over_many_pages_and_each_says_whose_they_are(station: Station) -> None:
    data = station.desk.ask_now(VitalsRecordOf(fortnight(station), FIRST, date(2026, 11, 22)))
    assert data.columns[0] == Measured("体温", "℃", 36.0)
    note = "体温原 83.6，更正为 36.8（笔误）；拒测（血压、脉率、呼吸）；" * 2
    at = datetime(2026, 1, 1, 7, 30)  # noqa: DTZ001  # local time as printed
    visits = tuple(
        Visit(
            at + timedelta(hours=12 * place),
            ("36.8", "118", "18", "186/104", "96", "A", "12.8"),
            note,
            "林晓燕",
        )
        for place in range(700)
    )
    drawn = vitals_record.draw(replace(data, visits=visits))
    assert problems(drawn) == []
    lines = lines_of(drawn.pdf)
    assert len([line for line in lines if line.startswith("欧阳淑华 女 85岁")]) == drawn.pages > 20
    assert any(f"第 {drawn.pages} 页 共 {drawn.pages} 页" in line for line in lines)
    assert any(ADDRESS in line for line in lines)


def test_an_empty_span_and_a_wrong_one(station: Station) -> None:
    rid = admitted(station)
    text = lines_of(draw(station.desk, "vitals-record", VitalsRecordOf(rid), rid).pdf)
    assert "这段时间没有记录。" in text
    with pytest.raises(Refusal, match="结束日期早于开始日期"):
        station.desk.ask_now(TemperatureChartOf(rid, date(2026, 11, 2), date(2026, 11, 1)))
    with pytest.raises(Refusal, match="结束日期早于开始日期"):
        station.desk.ask_now(VitalsRecordOf(rid, date(2026, 11, 2), date(2026, 11, 1)))
    with pytest.raises(Refusal, match="一次最多打印 60 周"):
        station.desk.ask_now(TemperatureChartOf(rid, date(2024, 1, 1), date(2026, 11, 1)))
    assert station.settings.zone == ZONE


def test_the_rows_of_the_journal_are_filled_in(station: Station) -> None:
    rid = admitted(station)
    noon = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo(ZONE))
    drunk = {"direction": "in", "kind_in": "drink", "amount": "300"}
    for hours in (0, 2):
        station.desk.do_now(AddEntry(rid, "intake-output", drunk, noon + timedelta(hours=hours)))
    stool = {"direction": "out", "kind_out": "stool", "amount": "100", "look": "4"}
    station.desk.do_now(AddEntry(rid, "intake-output", stool, noon))
    chart = station.desk.ask_now(TemperatureChartOf(rid, noon.date(), noon.date()))
    rows = {row.words: [value for day in row.cells for value in day] for row in chart.weeks[0].rows}
    assert (rows["入量"], rows["出量"], rows["大便"]) == (["600"], ["100"], ["1"])
