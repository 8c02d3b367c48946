"""Visits recorded, corrected, retracted, moved to the right person; nothing twice, nothing lost."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Role
from app.vitals.queries import LatestOf, SetOf, VitalHistory
from app.vitals.rules import Measured, News2
from app.vitals.service import (
    CorrectVital,
    NotMeasured,
    RecordSet,
    RecordSets,
    RetractVital,
    Seen,
    SetProfile,
    TakeBackSet,
    WrongResident,
)
from tests.app.vitals.ward import forward, measured, ward
from tests.support.acts import count, rows
from tests.support.station import MORNING, become

WHOLE = measured(
    temperature="36.5", pulse="76", respiration="18", blood_pressure="132/78", spo2="97", consciousness="A"
)


@pytest.fixture
def people(station: Station, tmp_path: Path) -> list[UUID]:
    return ward(station, tmp_path)


def record(station: Station, rid: UUID, *values: Measured, set_id: UUID | None = None) -> UUID:
    return station.desk.do_now(RecordSet(rid, station.clock.now(), values, set_id=set_id))


def latest(station: Station, rid: UUID) -> dict[str, str]:
    return {one.code: one.text for one in station.desk.ask_now(LatestOf(rid))}


def seen(station: Station, set_id: UUID, code: str = "temperature") -> Seen:
    one = station.desk.ask_now(SetOf(set_id)).counting[code]
    return Seen(one.rid, one.revision)


def test_all_values_of_a_visit_are_one_set_with_its_score(station: Station, people: list[UUID]) -> None:
    visit = station.desk.ask_now(SetOf(record(station, people[0], *WHOLE)))
    assert isinstance(visit.news2, News2)
    assert visit.news2.total == 0
    assert {one.text for one in visit.values} == {"36.5", "76", "18", "132/78", "97", "A"}
    assert (visit.by, visit.late) == ("林晓燕", False)
    assert latest(station, people[0])["blood_pressure"] == "132/78"
    assert rows(station, "select count(*) from audit where kind = 'vital' and act = 'record_set'") == [(6,)]


def test_the_same_set_twice_is_one(station: Station, people: list[UUID]) -> None:
    set_id = uuid4()
    for _ in range(2):
        assert record(station, people[0], *WHOLE, set_id=set_id) == set_id
    assert count(station, "vital") == 6


def test_a_visit_is_gone_on_with_and_another_value_is_no_way_to_change_it(
    station: Station, people: list[UUID]
) -> None:
    set_id = record(station, people[0], *measured(temperature="36.5"))
    record(station, people[0], *measured(pulse="80"), set_id=set_id)
    assert len(station.desk.ask_now(SetOf(set_id)).values) == 2
    with pytest.raises(Refusal, match=r"这次已录入 36\.5"):
        record(station, people[0], *measured(temperature="36.9"), set_id=set_id)
    with pytest.raises(Refusal, match="另一位老人"):
        record(station, people[1], *measured(pulse="81"), set_id=set_id)


def test_a_repeated_value_stands_beside_the_first(station: Station, people: list[UUID]) -> None:
    set_id = record(station, people[0], *WHOLE[:3], *measured(spo2="97", consciousness="A"))
    record(station, people[0], Measured("blood_pressure", 186, 94, confirmed=True), set_id=set_id)
    forward(station, minutes=2)
    record(station, people[0], Measured("blood_pressure", 164, 88, turn=1), set_id=set_id)
    visit = station.desk.ask_now(SetOf(set_id))
    pressures = [one for one in visit.values if one.code == "blood_pressure"]
    assert [(one.text, one.turn, one.judgement.tone) for one in pressures] == [
        ("186/94", 0, "danger"),
        ("164/88", 1, "warn"),
    ]
    assert visit.counting["blood_pressure"].text == "164/88"
    assert isinstance(visit.news2, News2)


@pytest.mark.parametrize(("minutes", "sentence"), [(5, "还没有到"), (-60 * 24 * 365 * 100, "早于出生日期")])
def test_a_time_that_cannot_be_is_refused(
    station: Station, people: list[UUID], minutes: int, sentence: str
) -> None:
    at = station.clock.now() + timedelta(minutes=minutes)
    with pytest.raises(Refusal, match=sentence) as refused:
        station.desk.do_now(RecordSet(people[0], at, WHOLE))
    assert refused.value.field == "at"
    assert count(station, "vital") == 0


def test_limits_hold_at_the_desk_too(station: Station, people: list[UUID]) -> None:
    with pytest.raises(Refusal, match="超出可录范围") as refused:
        record(station, people[0], Measured("temperature", 43.6))
    assert refused.value.field == "temperature"
    doubtful = measured(blood_pressure="186/94")
    with pytest.raises(Refusal, match="再按一次 Enter 确认"):
        record(station, people[0], *doubtful)
    record(station, people[0], *measured(weight="52.0"))
    with pytest.raises(Refusal, match=r"上次 52\.0"):
        record(station, people[0], *measured(weight="57.5"))


def test_a_floor_is_recorded_in_one_act_or_not_at_all(station: Station, people: list[UUID]) -> None:
    now = station.clock.now()
    sets = tuple(RecordSet(rid, now, WHOLE) for rid in people)
    made = station.desk.do_now(RecordSets(sets))
    assert len(set(made)) == 4
    bad = (RecordSet(people[0], now, WHOLE), RecordSet(people[1], now, (Measured("pulse", 300),)))
    with pytest.raises(Refusal, match=r"^李贵兰：脉率 300"):
        station.desk.do_now(RecordSets(bad))
    assert count(station, "vital") == 24


def test_why_nothing_was_measured_is_said(station: Station, people: list[UUID]) -> None:
    set_id = station.desk.do_now(
        NotMeasured(people[0], station.clock.now(), ("temperature", "pulse"), "refused")
    )
    visit = station.desk.ask_now(SetOf(set_id))
    assert {one.absent for one in visit.values} == {"拒测"}
    assert latest(station, people[0]) == {}
    with pytest.raises(Refusal, match="未测原因"):
        station.desk.do_now(NotMeasured(people[0], station.clock.now(), ("pulse",), "bored"))
    part = RecordSet(people[1], station.clock.now(), measured(temperature="36.5"), absent="agitated")
    values = station.desk.ask_now(SetOf(station.desk.do_now(part))).values
    assert sorted(one.code for one in values if one.absent) == [
        "blood_pressure",
        "pulse",
        "respiration",
        "spo2",
    ]


def test_a_correction_is_a_revision_with_its_reason(station: Station, people: list[UUID]) -> None:
    set_id = record(station, people[0], *measured(temperature="38.5"))
    before = seen(station, set_id)
    with pytest.raises(Refusal, match="请选择原因"):
        station.desk.do_now(CorrectVital(before, Measured("temperature", 36.5), "手滑"))
    station.desk.do_now(CorrectVital(before, Measured("temperature", 36.5), "笔误"))
    history = station.desk.ask_now(VitalHistory(before.rid))
    assert [(one.revision, one.state, one.text, one.reason) for one in history] == [
        (2, "corrected", "36.5", "笔误"),
        (1, "signed", "38.5", ""),
    ]
    assert latest(station, people[0]) == {"temperature": "36.5"}
    with pytest.raises(Refusal, match="刚被"):
        station.desk.do_now(CorrectVital(before, Measured("temperature", 36.6), "笔误"))


def test_another_persons_record_is_changed_only_by_who_may(station: Station, people: list[UUID]) -> None:
    set_id = record(station, people[0], *measured(temperature="38.5"))
    become(station, Role.CAREGIVER)
    with pytest.raises(Refusal, match="更正已签名的记录"):
        station.desk.do_now(RetractVital(seen(station, set_id), "量错"))
    become(station, Role.HEAD_NURSE)
    station.desk.do_now(RetractVital(seen(station, set_id), "体温计没电"))
    assert latest(station, people[0]) == {}
    with pytest.raises(Refusal, match="已作废"):
        station.desk.ask_now(SetOf(set_id))


def test_a_retraction_brings_the_value_before_back(station: Station, people: list[UUID]) -> None:
    record(station, people[0], *measured(temperature="36.4"))
    forward(station, hours=4)
    again = record(station, people[0], *measured(temperature="38.0"))
    station.desk.do_now(RetractVital(seen(station, again), "量错人"))
    assert latest(station, people[0]) == {"temperature": "36.4"}


def test_a_visit_of_the_wrong_person_moves_in_one_act(station: Station, people: list[UUID]) -> None:
    set_id = record(station, people[0], *WHOLE)
    for why, to, sentence in (("", people[1], "怎么录错"), ("隔壁床", people[0], "本来就在")):
        with pytest.raises(Refusal, match=sentence):
            station.desk.do_now(WrongResident(set_id, to, why))
    forward(station, minutes=30)
    fresh = station.desk.do_now(WrongResident(set_id, people[1], "隔壁床"))
    assert latest(station, people[0]) == {}
    moved = station.desk.ask_now(SetOf(fresh))
    assert (moved.resident, moved.at, len(moved.values)) == (people[1], MORNING, 6)
    assert "转来：隔壁床" in station.desk.ask_now(VitalHistory(moved.values[0].rid))[0].reason
    with pytest.raises(Refusal, match="已作废"):
        station.desk.do_now(WrongResident(set_id, people[1], "再来"))
    assert count(station, "vital") == 18


def test_a_visit_is_taken_back_within_ten_minutes_by_who_made_it(
    station: Station, people: list[UUID]
) -> None:
    first, second = record(station, people[0], *WHOLE), record(station, people[1], *WHOLE)
    become(station, Role.HEAD_NURSE)
    with pytest.raises(Refusal, match="只有录入的人"):
        station.desk.do_now(TakeBackSet(first))
    become(station, Role.NURSE)
    station.desk.do_now(TakeBackSet(first))
    assert latest(station, people[0]) == {}
    forward(station, minutes=11)
    with pytest.raises(Refusal, match="超过 10 分钟"):
        station.desk.do_now(TakeBackSet(second))


def test_only_a_doctor_sets_a_profile_and_it_is_what_values_are_judged_by(
    station: Station, people: list[UUID]
) -> None:
    copd = SetProfile(people[0], spo2_scale=2, note="慢阻肺，高碳酸血症，目标 88–92%")
    with pytest.raises(Refusal, match="设定个人体征范围"):
        station.desk.do_now(copd)
    become(station, Role.DOCTOR)
    with pytest.raises(Refusal, match="写明依据"):
        station.desk.do_now(SetProfile(people[0], spo2_scale=2))
    with pytest.raises(Refusal, match="大于上限"):
        station.desk.do_now(SetProfile(people[0], limits={"pulse": {"low": 90, "high": 60}}))
    station.desk.do_now(copd)
    with pytest.raises(Refusal, match="刚被别人改过"):
        station.desk.do_now(copd)
    set_id = record(station, people[0], *WHOLE[:4], *measured(spo2="90", consciousness="A"))
    visit = station.desk.ask_now(SetOf(set_id))
    assert isinstance(visit.news2, News2)
    assert (visit.news2.total, visit.news2.scale) == (0, 2)
    assert visit.scale == "SpO₂ 量表 2（陈永康 11-24）"
    assert visit.counting["spo2"].judgement.tone == "ok"


def test_a_child_is_measured_by_its_age(station: Station, tmp_path: Path) -> None:
    (child,) = ward(station, tmp_path, 1, births=(date(2023, 5, 1),))
    visit = station.desk.ask_now(
        SetOf(record(station, child, Measured("weight", 14.2), Measured("pulse", 118)))
    )
    assert visit.counting["pulse"].judgement.tone == "ok"
    assert visit.counting["weight"].text == "14.2"
