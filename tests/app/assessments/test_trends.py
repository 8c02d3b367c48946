"""A resident's records over all instruments, and two of them compared: in the order of the form, nothing guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.assessments.instruments import shipped
from app.assessments.service import Correct, Retract
from app.assessments.trends.compare import Compare
from app.assessments.trends.comparing import BETTER, CHANGED, WORSE, Comparison, Side, compare
from app.assessments.trends.measure import POINTS, SCALES, STEPS, measure_of
from app.assessments.trends.records import Trends, TrendsRow, value_of
from app.compose import Station
from app.core.errors import Refusal
from app.core.orders import Question
from app.core.roles import Role
from tests.app.assessments.course import assessed
from tests.app.assessments.people import Admit, filled, signed
from tests.support.station import become

MORSE, BRADEN, GB, TCM = "morse", "braden", "gbt42195-2022", "tcm33"


@pytest.fixture
def resident(station: Station) -> UUID:
    return station.desk.do_now(Admit())


def ask(station: Station, resident: UUID, instrument: str = "") -> TrendsRow:
    return station.desk.ask_now(Trends(resident, instrument))


def test_records_of_every_instrument_newest_first_with_what_was_said_then(
    station: Station, resident: UUID
) -> None:
    assessed(station, resident, MORSE, date(2026, 1, 5), [0, 0, 0, 0, 0, 0])
    ability = signed(station, resident, replace(filled(station, 62), assessed_on=date(2026, 3, 1)))
    latest = assessed(station, resident, MORSE, date(2026, 9, 1), [1, 1, 0, 0, 1, 0])
    row = ask(station, resident)
    assert [(one.instrument, one.total, one.finding) for one in row.records] == [
        (MORSE, 50, "高风险"),
        (GB, 62, "中度失能"),
        (MORSE, 0, "低风险"),
    ]
    assert list(row.measures) == [GB, MORSE]
    assert row.records[1].who == "林晓燕、沈思远"
    assert (row.records[0].who, row.records[0].tone, row.records[0].due_on) == (
        "林晓燕",
        "danger",
        date(2026, 9, 8),
    )
    assert row.before(latest) == row.records[2]
    assert row.before(ability) is None
    assert len(ask(station, resident, GB).records) == 1


def test_what_was_retracted_is_gone_and_what_was_refused_has_a_day_but_no_value(
    station: Station, resident: UUID
) -> None:
    first = assessed(station, resident, MORSE, date(2026, 1, 5), [1, 0, 0, 0, 0, 0])
    wrong = assessed(station, resident, MORSE, date(2026, 2, 5), [0, 0, 0, 0, 0, 0])
    station.desk.do_now(Retract(wrong, "笔误"))
    assessed(station, resident, MORSE, date(2026, 3, 5), "拒绝评估")
    last = assessed(station, resident, MORSE, date(2026, 4, 5), [1, 1, 0, 0, 0, 0])
    row = ask(station, resident)
    measure = row.measures[MORSE]
    assert [(one.undone, value_of(measure, one)) for one in row.records] == [
        ("", 40),
        ("拒绝评估", None),
        ("", 25),
    ]
    assert row.records[1].finding == "未评：拒绝评估"
    assert row.before(last) is row.records[2]
    assert row.records[2].record == first


@pytest.mark.parametrize("code", shipped())
def test_the_bands_of_a_measure_cover_it_and_scales_have_none(code: str) -> None:
    instrument = shipped()[code]
    measure = measure_of(instrument, {})
    assert (measure.kind == SCALES) == bool(instrument.scales)
    assert (measure.kind == POINTS) == instrument.sums
    if measure.kind == SCALES:
        assert measure.stripes == ()
        assert [words for _code, words in measure.scales][-1] == "平和质"
        return
    assert [one.number for one in measure.stripes] == list(range(len(measure.stripes)))
    assert min(one.low for one in measure.stripes) == measure.low
    assert max(one.high for one in measure.stripes) == measure.high


def test_bands_follow_the_fact_they_depend_on(station: Station, resident: UUID) -> None:
    place = next(
        number for number, one in enumerate(shipped()["mmse"].cases) if one.facts.get("M.1") == "小学"
    )
    assessed(station, resident, "mmse", date(2026, 5, 1), place)
    measure = ask(station, resident).measures["mmse"]
    assert [(one.low, one.high) for one in measure.stripes] == [(21, 30), (0, 20)]
    assert measure.banded_by == "文化程度：小学"


def test_a_matrix_steps_by_level_and_scales_keep_their_verdicts(station: Station, resident: UUID) -> None:
    assessed(station, resident, "nine-risk", date(2026, 5, 1), dict.fromkeys(shipped()["nine-risk"].items, 0))
    assessed(station, resident, TCM, date(2026, 6, 1), 0)
    row = ask(station, resident)
    steps = row.measures["nine-risk"]
    assert (steps.kind, steps.low, steps.high) == (STEPS, 0, 2)
    assert value_of(steps, row.of("nine-risk")[0]) == 0
    record = row.of(TCM)[0]
    case = shipped()[TCM].cases[0]
    assert {one.code: one.words for one in record.scales} == {
        **{scale.code: "否" for scale in shipped()[TCM].scales},
        **case.expected.verdicts,
    }
    assert len(record.scales) == 9


def test_items_that_changed_in_the_order_of_the_form(station: Station, resident: UUID) -> None:
    older = signed(station, resident, replace(filled(station, 72), assessed_on=date(2026, 3, 1)))
    content = filled(station, 72)
    answers = {**content.answers, "B.1.8": 1, "B.1.1": 2, "B.4.2": 1}
    newer = signed(station, resident, replace(content, answers=answers, assessed_on=date(2026, 9, 1)))
    found = station.desk.ask_now(Compare(newer, older))  # in whichever order they are given
    assert (found.older.record, found.newer.record, found.days) == (older, newer, 184)
    before = content.answers
    assert [found.words(one) for one in found.items] == [
        f"下降：进食 {before['B.1.1']}→2",
        f"下降：{shipped()[GB].items['B.1.8'].name} {before['B.1.8']}→1",
        f"好转：{shipped()[GB].items['B.4.2'].name} 0→1",
    ]
    option = shipped()[GB].items["B.1.1"].option(2)
    assert option is not None
    assert found.items[0].after_text == option.text
    assert (found.same, found.count(WORSE), found.count(BETTER)) == (23, 2, 1)
    assert [one.label for one in found.figures] == ["总分", "自理能力", "感知觉与社会参与"]
    assert found.notes == found.older_only == found.newer_only == ()


def test_where_a_low_score_is_good_a_rise_is_worse(station: Station, resident: UUID) -> None:
    older = assessed(station, resident, MORSE, date(2026, 3, 1), [0, 0, 1, 0, 0, 0])
    newer = assessed(station, resident, MORSE, date(2026, 9, 1), [1, 0, 0, 1, 0, 0])
    found = station.desk.ask_now(Compare(older, newer))
    assert [found.words(one) for one in found.items] == [
        "变差：跌倒史 0→25",
        "好转：行走辅助 15→0",
        "变差：静脉输液或使用肝素锁（留置静脉通路） 0→20",
    ]
    assert [(one.label, one.before, one.after, one.how) for one in found.figures] == [
        ("总分", "15", "45", WORSE),
        ("等级", "低风险", "高风险", WORSE),
    ]


def test_an_item_that_could_not_be_answered_is_told_not_weighed(station: Station, resident: UUID) -> None:
    digits = dict.fromkeys(shipped()["frail"].items, 0)
    older = assessed(station, resident, "frail", date(2026, 3, 1), digits)
    newer = assessed(station, resident, "frail", date(2026, 9, 1), {**digits, next(iter(digits)): -2})
    found = station.desk.ask_now(Compare(older, newer))
    assert [(one.before, one.after, one.how) for one in found.items] == [("0", "拒答", CHANGED)]
    assert ("等级", "无衰弱", "1项未能评，不计总分", CHANGED) in [
        (one.label, one.before, one.after, one.how) for one in found.figures
    ]


def test_a_refused_assessment_has_nothing_to_compare(station: Station, resident: UUID) -> None:
    older = assessed(station, resident, MORSE, date(2026, 3, 1), "拒绝评估：家属在场时再说")
    newer = assessed(station, resident, MORSE, date(2026, 9, 1), [0, 0, 0, 0, 0, 0])
    found = station.desk.ask_now(Compare(older, newer))
    assert (found.items, found.figures, found.same) == ((), (), 0)
    assert found.notes == ("2026-03-01 这次没有评成（拒绝评估：家属在场时再说），没有可比的条目",)


def test_scales_are_better_where_their_verdict_is_calmer(station: Station, resident: UUID) -> None:
    tcm = shipped()[TCM]
    calm = dict.fromkeys(tcm.items, 1)
    tired = {**calm, "2": 3, "3": 3, "4": 3, "14": 3}
    older = assessed(station, resident, TCM, date(2025, 6, 1), tired)
    newer = assessed(station, resident, TCM, date(2026, 6, 1), calm)
    found = station.desk.ask_now(Compare(older, newer))
    assert next((one.label, one.before, one.after, one.how) for one in found.figures) == (
        "气虚质",
        "12 是",
        "4 否",
        BETTER,
    )
    assert {one.how for one in found.items} == {CHANGED}
    assert found.same == 29


def test_only_two_of_one_person_and_instrument_are_compared(station: Station, resident: UUID) -> None:
    other = station.desk.do_now(Admit("01-000002", "李秀英", "2号楼 313-1"))
    morse = assessed(station, resident, MORSE, date(2026, 3, 1), [0] * 6)
    for one in (
        assessed(station, other, MORSE, date(2026, 3, 1), [0] * 6),
        assessed(station, resident, BRADEN, date(2026, 3, 1), 0),
    ):
        with pytest.raises(Refusal, match="只能比较同一位老人、同一种量表的两份评估"):
            station.desk.ask_now(Compare(morse, one))
    station.desk.do_now(Retract(morse, "笔误"))
    with pytest.raises(Refusal, match="这份评估已作废"):
        station.desk.ask_now(Compare(morse, morse))


def test_a_correction_takes_the_place_of_what_it_corrects(station: Station, resident: UUID) -> None:
    record = assessed(station, resident, MORSE, date(2026, 3, 1), [0] * 6)
    become(station, Role.HEAD_NURSE)
    station.desk.do_now(Correct(record, "笔误"))
    assert assessed(station, resident, MORSE, date(2026, 3, 1), [1, 1, 0, 0, 0, 0]) == record
    assert [(one.total, one.revision) for one in ask(station, resident).records] == [(40, 2)]


def test_who_may_not_read_residents_reads_no_trend(station: Station, resident: UUID) -> None:
    become(station, Role.ADMINISTRATOR)
    questions: tuple[Question[Any], ...] = (Trends(resident), Compare(resident, resident))
    for question in questions:
        with pytest.raises(Refusal, match="查看老人档案"):
            station.desk.ask_now(question)


# across versions, which no shipped file has yet --------------------------------------------------------------------


def answer(score: int | None, name: str, text: str) -> dict[str, Any]:
    return {"digit": score if score is not None else -1, "score": score, "name": name, "text": text}


def side(version: str, day: date, answers: dict[str, Any], **more: Any) -> Side:
    said = {"finding": "", "tone": "neutral", "undone": "", "total": None, "level": None, **more}
    return Side(
        record=uuid4(), assessed_on=day, version=version, sub_scores={}, scales=(), answers=answers, **said
    )


def across(older: dict[str, Any], newer: dict[str, Any], **more: Any) -> Comparison:
    morse = shipped()[MORSE]
    return compare(
        morse,
        side("1989", date(2025, 1, 1), older, **more),
        side(morse.version, date(2026, 1, 1), newer, total=40, level=1, finding="中风险"),
    )


def test_an_item_of_one_version_only_is_told_never_guessed() -> None:
    found = across(
        {"1": answer(25, "跌倒史", "有"), "7": answer(5, "视力", "差"), "2": answer(0, "第二诊断", "无")},
        {"1": answer(25, "跌倒史", "有"), "2": answer(15, "超过1个医学诊断", "有")},
    )
    assert (found.items, found.same) == ((), 1)
    assert found.older_only == ("第二诊断 0", "视力 5")
    assert found.newer_only == ("超过1个医学诊断 15",)
    assert found.notes[0].startswith("两次所用版本不同：1989 与 ")


def test_across_versions_only_what_todays_form_counts_alike_is_better_or_worse() -> None:
    found = across(
        {"1": answer(25, "跌倒史", "有"), "5": answer(7, "步态", "弱")},
        {"1": answer(0, "跌倒史", "无"), "5": answer(10, "步态", "虚弱（乏力）")},
        total=60,
        level=2,
        finding="高风险",
    )
    assert [(one.label, one.how) for one in found.items] == [("跌倒史", BETTER), ("步态", CHANGED)]
    assert [(one.label, one.how) for one in found.figures] == [("总分", CHANGED), ("等级", BETTER)]


def test_levels_of_another_version_that_are_called_otherwise_are_not_ranked() -> None:
    found = across({}, {}, total=60, level=2, finding="重度危险")
    assert [(one.label, one.how) for one in found.figures] == [("总分", CHANGED), ("等级", CHANGED)]
