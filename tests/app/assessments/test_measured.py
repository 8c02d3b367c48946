"""What is measured: results of readings, curves of them, least changes, and a whole form after its totals."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from app.assessments.instruments import Instrument, parse_instrument, shipped
from app.assessments.own import LoadInstrument
from app.assessments.record_queries import AssessmentRevisions
from app.assessments.rules import score
from app.assessments.trends.compare import Compare
from app.assessments.trends.readings import Curve
from app.compose import Station
from app.core.errors import Refusal
from app.core.resources import resource
from app.core.roles import Role
from tests.app.assessments.course import assessed
from tests.app.assessments.measured import assessed as assessed_by
from tests.app.assessments.people import Admit
from tests.support.station import become

TUG = resource("instruments", "tug.toml").read_text("utf-8")
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture
def resident(station: Station) -> UUID:
    return station.desk.do_now(Admit())


def measured(code: str, **readings: float) -> float | None:
    instrument = shipped()[code]
    given = {}
    for key, value in readings.items():
        quantity = instrument.items[key.replace("_", "-")].quantity
        assert quantity is not None
        given[key.replace("_", "-")] = quantity.digit(value)
    return score(instrument, given, {}).measured


def test_readings_come_to_the_mean_the_best_or_a_speed() -> None:
    assert measured("tug", first=12.4, second=13.1, third=11.8) == 12.4  # the mean of 37.3
    assert measured("5sts", first=14.2, second=11.8) == 11.8
    assert measured("sls", left_first=3.2, right_second=6.3) == 6.3
    assert measured("10mwt", first=20, second=22) == 0.48  # ten metres over 21 seconds
    assert measured("10mwt", third=12.5) == 0.8
    assert measured("tug") is None


def test_the_cut_of_grip_hangs_on_sex() -> None:
    grip = shipped()["grip"]
    for sex, value, low in (("男", 279, 1), ("男", 280, 0), ("女", 179, 1), ("女", 180, 0)):
        outcome = score(grip, {"left-first": value}, {"G.1": sex})
        assert outcome.level == low, (sex, value)
    assert score(grip, {"left-first": 280}, {}).level is None
    assert grip.fields["G.1"].offered == "sex"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("high = 9.9", "high = 9.8", "没有包括9.9分"),
        ("high = 9.9", "high = 10.0", "重叠"),
        ("low = 30\n", "low = 20\n", "重叠"),
        ('of = "mean"', 'of = "sum"', "应是 best、worst、mean 之一"),
        ("fewest = 1", "fewest = 4", "fewest 多于指标的个数3"),
        ("decimals = 1\nleast = 1", "decimals = 1\nleast = 2", "没有包括"),
        ('direction = "lower_is_better"', 'direction = "none"', "应有 direction"),
        ("timed = true", 'timed = "yes"', "应是 true 或 false"),
        ("measured = 12.4,", "measured = 12.5,", "测得值算得 12.4，文件写的是 12.5"),
        ("[change]\nleast = 3", "[change]\nleast = 0", "应大于0"),
    ],
)
def test_a_file_that_measures_wrongly_is_refused(station: Station, old: str, new: str, words: str) -> None:
    assert old in TUG
    become(station, Role.ADMINISTRATOR)
    text = TUG.replace(old, new, 1).replace('version = "1991.1"', 'version = "本院-1"')
    with pytest.raises(Refusal) as refused:
        station.desk.do_now(LoadInstrument("tug.toml", text))
    assert words in refused.value.text


def test_a_quantity_without_a_result_is_refused() -> None:
    begin, end = TUG.index("[measured]"), TUG.index("[[level]]")
    text = (TUG[:begin] + TUG[end:]).replace("high = 9.9", "high = 9").replace("high = 19.9", "high = 19")
    with pytest.raises(Refusal, match=r"应写 \[measured\]"):
        parse_instrument(text.replace("high = 29.9", "high = 29"), "tug.toml")


def test_readings_are_drawn_with_their_unit_and_least_change(station: Station, resident: UUID) -> None:
    assessed(station, resident, "tug", JUNE, {"first": 214})
    assessed(station, resident, "tug", JULY, {"first": 124, "second": 131, "third": 118})
    row = station.desk.ask_now(Curve(resident, "tug"))
    assert [(one.assessed_on, one.value, one.words) for one in row.readings] == [
        (JUNE, 21.4, "21.4 秒"),
        (JULY, 12.4, "12.4 秒"),
    ]
    assert [one.finding for one in row.readings] == ["21.4 秒 跌倒风险", "12.4 秒 大部分独立"]
    measure = row.measure
    assert (measure.unit, measure.direction, measure.least) == ("秒", "lower_is_better", 3)
    assert [(one.low, one.high) for one in measure.stripes] == [(1, 9.9), (10, 19.9), (20, 29.9), (30, 300)]
    barthel = station.desk.ask_now(Curve(resident, "barthel"))
    assert (barthel.readings, barthel.measure.least, barthel.measure.unit) == ((), 10, "分")


def test_what_is_least_and_which_way_is_better(station: Station, resident: UUID) -> None:
    def asked(code: str) -> tuple[float | None, str]:
        measure = station.desk.ask_now(Curve(resident, code)).measure
        return measure.least, measure.direction

    assert asked("barthel") == (10, "higher_is_better")
    assert asked("mas") == (1, "lower_is_better")
    assert asked("10mwt") == (0.1, "higher_is_better")
    assert asked("tcm33") == (None, "none")
    with pytest.raises(Refusal, match="没有编号"):
        asked("nobody")


def test_two_measurements_compare_by_the_value_not_by_the_trial(station: Station, resident: UUID) -> None:
    older = assessed(station, resident, "10mwt", JUNE, {"first": 250})
    newer = assessed(station, resident, "10mwt", JULY, {"first": 125, "second": 125})
    found = station.desk.ask_now(Compare(older, newer))
    value = next(one for one in found.figures if one.code == "measured")
    assert (value.label, value.before, value.after, value.how) == ("步速", "0.40 m/s", "0.80 m/s", "better")
    (trial,) = found.items  # the second was taken once only: that is no change
    assert (trial.before, trial.after, trial.how) == ("25.0", "12.5", "better")
    (revision,) = station.desk.ask_now(AssessmentRevisions(newer))
    assert (revision.total, revision.measured) == (None, 0.8)
    assert all(one.mark == "12.5" for one in revision.answers)
    assert not any(one.contradicts for one in revision.signatures)


def whole_form() -> str:
    """Tinetti item by item as an institution may load it: two parts to the same ends, no sums."""
    text = resource("instruments", "tinetti.toml").read_text("utf-8").replace("1986.1", "本院全表-1", 1)
    balance = "\n".join(
        f'[[dimension.item]]\ncode = "b{one}"\nname = "平衡{one}"\npoints = 4\n' for one in range(1, 5)
    )
    begin, end = text.index("[[dimension.item]]"), text.index('[[dimension]]\ncode = "G"')
    cases = text.index("[[case]]")
    return (
        text[:begin]
        + balance
        + "\n"
        + text[end:cases]
        + '[[case]]\nname = "满分"\nscores = { B = [4, 4, 4, 4], G = [12] }\n'
        + "expect = { answered = 5, total = 28, initial = 0, level = 0 }\n"
        + '[[case]]\nname = "差一项"\nscores = { B = [4, 4, 4, 4] }\nexpect = { answered = 4 }\n'
    )


def test_a_whole_form_follows_its_totals_and_is_compared_with_them(station: Station, resident: UUID) -> None:
    older = assessed(station, resident, "tinetti", JUNE, {"balance": 8, "gait": 6})
    become(station, Role.ADMINISTRATOR)
    loaded = station.desk.do_now(LoadInstrument("tinetti.toml", whole_form()))
    assert loaded.replaces == "1986.1"
    become(station, Role.NURSE)
    form: Instrument = parse_instrument(whole_form(), "tinetti.toml")
    newer = assessed_by(station, resident, form, {"b1": 4, "b2": 4, "b3": 3, "b4": 3, "gait": 8}, JULY)
    row = station.desk.ask_now(Curve(resident, "tinetti"))
    assert [(one.version, one.value) for one in row.readings] == [("1986.1", 14), ("本院全表-1", 22)]
    assert [one.sub_scores for one in row.readings] == [{"B": 8, "G": 6}, {"B": 14, "G": 8}]
    found = station.desk.ask_now(Compare(older, newer))
    told = [(one.code, one.before, one.after, one.how) for one in found.figures if one.code != "level"]
    assert told == [
        ("total", "14", "22", "better"),
        ("B", "8", "14", "better"),
        ("G", "6", "8", "better"),
    ]
    assert found.notes[0].startswith("两次所用版本不同")
