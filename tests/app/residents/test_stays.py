"""The course of a stay through the desk: each step with its time and reason, checked then and when written later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.compose import Station
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.core.orders import Order
from app.core.roles import Role
from app.core.unit import Unit
from app.residents.forms import ResidentForm
from app.residents.places import AddBeds, MoveBed
from app.residents.queries import (
    BedBoard,
    BedRow,
    Chart,
    CourseRow,
    FormOf,
    History,
    Occupancy,
    Presence,
    ResidentList,
    StatusCounts,
    StayEvents,
    presences,
)
from app.residents.queries.stay_events import happened
from app.residents.rules.windows import When
from app.residents.service import CreateResident, EditResident
from app.residents.stating import Seen
from app.residents.stays import (
    AbsenceForm,
    Admit,
    AwayForm,
    ChangeMode,
    CorrectAbsence,
    CorrectStay,
    Discharge,
    EndForm,
    Enquire,
    GoToHospital,
    KeepBed,
    Leave,
    RecordAbsence,
    Reopen,
    Reserve,
    RetractAbsence,
    RetractStay,
    Return,
    StayForm,
    Withdraw,
)
from app.residents.stays.taking_back import TakeBackAbsence
from tests.support.acts import Act, Look, rows
from tests.support.station import become

TODAY = date(2026, 11, 24)
ADMITTED = date(2026, 11, 1)
HOME, WARD = AwayForm("女儿家", "探亲", "女儿"), AwayForm("市一院", "肺炎")
BACK = EndForm("home")


@pytest.fixture
def house(station: Station) -> Station:
    """Room 301 with three beds; a nurse at the desk."""
    station.desk.do_now(AddBeds("2号楼", "", "301", "1-3", "nursing"))
    become(station, Role.NURSE)
    return station


@pytest.fixture
def rid(house: Station) -> UUID:
    """李桂兰, in bed 1 since the first of the month."""
    rid = enquired(house, "李桂兰")
    house.desk.do_now(Admit(rid, bed(house, "1").rid, when=When(ADMITTED, 600)))
    return rid


def enquired(house: Station, name: str, birth: date = date(1942, 5, 18), **more: object) -> UUID:
    form = ResidentForm(name, "2", birth, **more)  # type: ignore[arg-type]  # fields by name
    return house.desk.do_now(CreateResident(form, enquiry=True))


def bed(house: Station, name: str) -> BedRow:
    board = house.desk.ask_now(BedBoard())
    return next(one for room in board.rooms for one in room.beds if one.name == name)


def course(house: Station, rid: UUID) -> CourseRow:
    return house.desk.ask_now(StayEvents(rid))


def refused(house: Station, order: Order[Any], said: str, field: str | None = None) -> None:
    with pytest.raises(Refusal) as caught:
        house.desk.do_now(order)
    assert said in caught.value.text
    if field is not None:
        assert caught.value.field == field


def forward(house: Station, **time: int) -> None:
    assert isinstance(house.clock, SetClock)
    house.clock.forward(timedelta(**time))


def where(house: Station, rid: UUID, when: When | None = None) -> str:
    at = when.instant("Asia/Shanghai") if when else None
    return house.desk.ask_now(Presence(rid, at)).where


def absence(house: Station, rid: UUID) -> Seen:
    row = course(house, rid).absences[0]
    return Seen(row.rid, row.revision)


def the_stay(house: Station, rid: UUID) -> Seen:
    row = course(house, rid).stays[0]
    return Seen(row.rid, row.revision)


def test_from_the_first_call_to_the_bed(house: Station) -> None:
    rid = enquired(house, "王素芬")
    assert course(house, rid).steps == ("reserve", "admit", "withdraw")
    assert [one.name for one in house.desk.ask_now(ResidentList(status="coming")).rows] == ["王素芬"]
    assert not house.desk.ask_now(Chart(rid)).here
    house.desk.do_now(Reserve(rid, bed(house, "2").rid, TODAY + timedelta(days=3), "儿子来电"))
    held = bed(house, "2").who
    assert held is not None
    assert (held.name, held.state, held.until) == ("王素芬", "reserved", TODAY + timedelta(days=3))
    board = house.desk.ask_now(BedBoard())
    assert (board.taken, board.reserved, board.free) == (0, 1, 2)
    other = enquired(house, "丁玉兰")
    refused(house, Reserve(other, bed(house, "2").rid, TODAY), "已经由 王素芬 预留", "bed")
    stepped = house.desk.do_now(Admit(rid))
    assert stepped.bed == "2号楼 301-2"
    assert house.desk.ask_now(ResidentList("王素芬")).rows[0].bed == "2号楼 301-2"
    assert [one.title for one in course(house, rid).events] == ["入住", "预留床位", "咨询"]
    assert rows(house, "select distinct rid from stay where resident = :r", r=rid.bytes) != []


def test_a_withdrawn_enquiry_frees_the_bed_and_may_be_taken_up_again(house: Station) -> None:
    rid = enquired(house, "王素芬")
    house.desk.do_now(Reserve(rid, bed(house, "2").rid, TODAY))
    refused(house, Withdraw(rid, " "), "请填写撤回的原因", "why")
    house.desk.do_now(Withdraw(rid, "去了别家"))
    assert bed(house, "2").who is None
    assert course(house, rid).steps == ("enquire", "reserve", "admit")
    assert house.desk.do_now(Reopen(the_stay(house, rid), "又说要来"))
    held = bed(house, "2").who
    assert held is not None
    assert held.state == "reserved"


def test_leave_and_back(house: Station, rid: UUID) -> None:
    forward(house, hours=2)
    away = AwayForm("女儿家", "探亲", "女儿", "13800135520", planned=When(TODAY, 1440))
    house.desk.do_now(Leave(rid, away, When(TODAY, 540)))
    held = bed(house, "1").who
    assert held is not None
    assert (held.state, held.until) == ("leave", TODAY)
    assert where(house, rid) == "leave"
    assert where(house, rid, When(TODAY, 539)) == "here"
    assert house.desk.ask_now(StatusCounts()) == {"in": 1, "away": 1}
    refused(house, Leave(rid, HOME), "已经请假外出")
    refused(house, Return(rid, when=When(TODAY, 530)), "早于离开的时间", "time")
    house.desk.do_now(Return(rid, "精神好"))
    assert where(house, rid) == "here"
    assert course(house, rid).absences[0].condition == "精神好"


def test_what_is_written_later_is_checked_as_well(house: Station, rid: UUID) -> None:
    house.desk.do_now(GoToHospital(rid, WARD, When(date(2026, 11, 10), 480)))
    house.desk.do_now(Return(rid, when=When(date(2026, 11, 12), 1440)))
    refused(house, Leave(rid, HOME, When(date(2026, 11, 11), 480)), "重叠", "time")
    refused(house, Leave(rid, HOME, When(date(2026, 10, 31), 480)), "早于入住日期", "time")
    refused(house, Leave(rid, HOME, When(TODAY + timedelta(days=1), 0)), "在现在之后", "day")
    refused(house, Discharge(rid, BACK, When(date(2026, 11, 12), 600)), "还有外出或住院记录", "day")
    house.desk.do_now(Leave(rid, HOME, When(date(2026, 11, 13), 0)))  # touches the return at 24:00
    refused(house, Return(rid, when=When(date(2026, 11, 12), 1200)), "早于离开", "time")
    house.desk.do_now(Return(rid, when=When(date(2026, 11, 14), 600)))
    past = AbsenceForm("leave", When(date(2026, 11, 3), 480), When(date(2026, 11, 10), 480), HOME)
    refused(house, RecordAbsence(rid, replace(past, ends=None)), "要写明返回时间", "back_day")
    refused(house, RecordAbsence(rid, replace(past, ends=When(date(2026, 11, 10), 481))), "重叠", "time")
    refused(house, RecordAbsence(rid, replace(past, begins=When(date(2026, 10, 3), 0))), "不在住", "day")
    house.desk.do_now(RecordAbsence(rid, past))
    assert where(house, rid, When(date(2026, 11, 12), 1439)) == "hospital"
    assert where(house, rid, When(date(2026, 11, 13), 0)) == "leave"


def test_hospital_from_a_leave_with_the_bed_given_up_and_another_on_return(house: Station, rid: UUID) -> None:
    house.desk.do_now(Leave(rid, HOME, When(date(2026, 11, 20), 480)))
    refused(house, GoToHospital(rid, AwayForm("", "跌倒")), "请填写医院", "whither")
    gone = AwayForm("市一院", "跌倒", bed_kept=False)
    house.desk.do_now(GoToHospital(rid, gone, When(date(2026, 11, 21), 480)))
    assert [one.ends is None for one in course(house, rid).absences] == [True, False]
    assert bed(house, "1").who is None
    assert where(house, rid) == "hospital"
    refused(house, KeepBed(rid, True, None, "家属要求"), "已经不保留", "bed_kept")
    house.desk.do_now(Return(rid, "转归平稳", bed(house, "3").rid))
    held = bed(house, "3").who
    assert held is not None
    assert (held.name, held.state) == ("李桂兰", "here")


def test_the_bed_of_somebody_in_hospital_may_be_given_up_later(house: Station, rid: UUID) -> None:
    house.desk.do_now(GoToHospital(rid, WARD))
    house.desk.do_now(KeepBed(rid, True, TODAY + timedelta(days=7), "家属要求"))
    away = course(house, rid).away
    assert away is not None
    assert away.keep_until == TODAY + timedelta(days=7)
    refused(house, KeepBed(rid, True, TODAY + timedelta(days=7), "再说"), "没有变化")
    house.desk.do_now(KeepBed(rid, False, None, "家属放弃"))
    assert bed(house, "1").who is None


def test_discharge_frees_the_bed_and_readmission_is_a_new_stay(house: Station, rid: UUID) -> None:
    house.desk.do_now(Leave(rid, HOME, When(date(2026, 11, 20), 480)))
    refused(house, Discharge(rid, EndForm("hospital")), "请填写去往的单位", "whither")
    house.desk.do_now(Discharge(rid, EndForm("hospital", "市一院"), When(date(2026, 11, 22), 1440)))
    assert bed(house, "1").who is None
    assert all(one.ends is not None for one in course(house, rid).absences)
    assert where(house, rid, When(date(2026, 11, 22), 1439)) == "leave"
    assert where(house, rid, When(date(2026, 11, 23), 0)) == "out"
    chart = house.desk.ask_now(Chart(rid))
    assert (chart.here, chart.bed, chart.stay.status) == (False, "", "ended")
    assert [one.where for one in house.desk.ask_now(ResidentList(status="out")).rows] == ["已退住"]
    refused(house, Admit(rid, when=When(date(2026, 11, 21), 600)), "重叠", "day")
    house.desk.do_now(Admit(rid, bed(house, "2").rid, when=When(date(2026, 11, 22), 1200)))
    assert [one.status for one in course(house, rid).stays] == ["in", "ended"]
    chart = house.desk.ask_now(Chart(rid))
    assert (chart.here, chart.bed, chart.admitted_on) == (True, "2号楼 301-2", date(2026, 11, 22))
    page = house.desk.ask_now(ResidentList())
    assert (page.count, len(page.rows)) == (1, 1)


def test_the_dead_do_not_come_back_but_an_error_does(house: Station, rid: UUID) -> None:
    refused(house, Discharge(rid, EndForm("death")), "死亡确认人", "confirmed_by")
    house.desk.do_now(Discharge(rid, EndForm("death", confirmed_by="陈永康医师")))
    for order in (Admit(rid), Enquire(rid), Return(rid), Reserve(rid, bed(house, "1").rid, TODAY)):
        refused(house, order, "已登记去世")
    assert course(house, rid).events[0].title == "去世"
    assert house.desk.do_now(Reopen(the_stay(house, rid), "记错人"))
    assert where(house, rid) == "here"
    held = bed(house, "1").who
    assert held is not None
    assert course(house, rid).stay is not None
    assert "由陈永康医师确认死亡" not in course(house, rid).stays[0].note


def test_a_discharge_taken_back_opens_the_absence_it_ended(house: Station, rid: UUID) -> None:
    house.desk.do_now(GoToHospital(rid, WARD))
    forward(house, minutes=5)
    house.desk.do_now(Discharge(rid, BACK))
    other = enquired(house, "丁玉兰")
    house.desk.do_now(Admit(other, bed(house, "1").rid))
    assert not house.desk.do_now(Reopen(the_stay(house, rid), "家属改主意"))
    assert where(house, rid) == "hospital"
    assert course(house, rid).stays[0].bed == ""
    refused(house, Reopen(the_stay(house, rid), "再来"), "没有结束")


def test_discharge_says_what_is_left(house: Station, rid: UUID) -> None:
    from db.models import CareTask

    def plan(unit: Unit) -> None:
        task = CareTask(**unit.stamp(), revision=1, resident=rid, code="turn", words="翻身", begins=TODAY)
        unit.session.add(task)

    house.desk.do_now(Act(plan))
    assert house.desk.do_now(Discharge(rid, BACK)).open == ("照护计划 1 项未停",)


def test_modes_and_what_they_need(house: Station, rid: UUID) -> None:
    refused(house, ChangeMode(rid, "home", "回家养"), "要有住址", "mode")
    refused(house, ChangeMode(rid, "resident", "没变"), "没有变化", "mode")
    seen = house.desk.ask_now(FormOf(rid))
    house.desk.do_now(EditResident(rid, replace(seen.form, address="安和市北湖区文昌路8号"), seen.revision))
    house.desk.do_now(ChangeMode(rid, "home_bed", "家属要求"))
    assert bed(house, "1").who is None
    refused(house, MoveBed(rid, bed(house, "1").rid, "护理需要"), "不占机构床位")
    assert house.desk.ask_now(Presence(rid)).mode == "home_bed"
    house.desk.do_now(ChangeMode(rid, "day", "家属白天上班"))
    other = enquired(house, "丁玉兰")
    house.desk.do_now(Admit(other, mode="day"))
    refused(house, Admit(enquired(house, "卢月娥"), mode="home"), "要有住址", "mode")


def test_an_absence_is_set_right_and_retracted(house: Station, rid: UUID) -> None:
    house.desk.do_now(GoToHospital(rid, WARD, When(date(2026, 11, 10), 480)))
    house.desk.do_now(Return(rid, when=When(date(2026, 11, 12), 600)))
    house.desk.do_now(Leave(rid, HOME, When(date(2026, 11, 14), 480)))
    house.desk.do_now(Return(rid, when=When(date(2026, 11, 14), 1000)))
    hospital = course(house, rid).absences[1]
    seen = Seen(hospital.rid, hospital.revision)
    late = AbsenceForm("hospital", When(date(2026, 11, 10), 480), When(date(2026, 11, 14), 500), WARD)
    refused(house, CorrectAbsence(seen, late, "时间更正"), "重叠", "time")
    right = AbsenceForm("hospital", When(date(2026, 11, 9), 480), When(date(2026, 11, 14), 480), WARD)
    refused(house, CorrectAbsence(seen, right, ""), "请选择原因", "reason")
    house.desk.do_now(CorrectAbsence(seen, right, "时间更正"))
    refused(house, CorrectAbsence(seen, right, "时间更正"), "刚被林晓燕改过")
    open_again = AbsenceForm("leave", When(date(2026, 11, 14), 480), None, HOME)
    house.desk.do_now(CorrectAbsence(absence(house, rid), open_again, "笔误"))
    assert where(house, rid) == "leave"
    house.desk.do_now(RetractAbsence(absence(house, rid), "记错人"))
    assert where(house, rid) == "here"
    assert [one.code for one in course(house, rid).absences] == ["hospital"]
    said = [change for entry in house.desk.ask_now(History(rid)) for change in entry.changes]
    assert any(one.field == "请假外出" and not one.new and "记错人" in one.why for one in said)


def test_the_days_of_a_stay_are_set_right(house: Station, rid: UUID) -> None:
    house.desk.do_now(GoToHospital(rid, WARD, When(date(2026, 11, 10), 480)))
    house.desk.do_now(Return(rid, when=When(date(2026, 11, 12), 600)))
    seen = the_stay(house, rid)
    refused(house, CorrectStay(seen, StayForm(date(2026, 11, 11)), "笔误"), "会落在这次入住之外", "begins")
    refused(house, CorrectStay(seen, StayForm(ADMITTED, TODAY), "笔误"), "还没有退住", "ends")
    house.desk.do_now(CorrectStay(seen, StayForm(date(2026, 11, 3)), "时间更正"))
    house.desk.do_now(Discharge(rid, BACK))
    seen = the_stay(house, rid)
    wrong = StayForm(date(2026, 11, 3), date(2026, 11, 11), "home")
    refused(house, CorrectStay(seen, wrong, "笔误"), "会落在这次入住之外", "ends")
    house.desk.do_now(CorrectStay(seen, StayForm(date(2026, 11, 3), date(2026, 11, 20), "home"), "时间更正"))
    assert where(house, rid, When(date(2026, 11, 20), 1439)) == "here"
    assert where(house, rid, When(date(2026, 11, 21), 0)) == "out"
    refused(house, RetractStay(the_stay(house, rid), "记错人"), "先逐条作废")
    house.desk.do_now(RetractAbsence(absence(house, rid), "记错人"))
    house.desk.do_now(RetractStay(the_stay(house, rid), "记错人"))
    assert course(house, rid).stays == ()


def test_a_slip_is_taken_back_within_minutes(house: Station, rid: UUID) -> None:
    house.desk.do_now(Leave(rid, HOME, When(date(2026, 11, 20), 480)))
    gone = house.desk.do_now(GoToHospital(rid, AwayForm("市一院", "跌倒", bed_kept=False)))
    forward(house, minutes=9)
    house.desk.do_now(TakeBackAbsence(Seen(gone.rid, gone.revision)))
    assert where(house, rid) == "leave"
    assert bed(house, "1").who is not None
    house.desk.do_now(Return(rid))
    gone = house.desk.do_now(GoToHospital(rid, WARD))
    forward(house, minutes=11)
    refused(house, TakeBackAbsence(Seen(gone.rid, gone.revision)), "超过 10 分钟")


def test_the_form_does_not_admit_or_discharge(house: Station, rid: UUID) -> None:
    house.desk.do_now(Discharge(rid, BACK))
    other = enquired(house, "丁玉兰")
    house.desk.do_now(Admit(other, bed(house, "1").rid))
    seen = house.desk.ask_now(FormOf(rid))
    house.desk.do_now(EditResident(rid, replace(seen.form, phone="13800135520"), seen.revision))
    seen = house.desk.ask_now(FormOf(rid))
    refused(
        house,
        EditResident(rid, replace(seen.form, admitted_on=TODAY), seen.revision),
        "入住与外出",
        "admitted_on",
    )


def test_numbers_of_the_house(house: Station, rid: UUID) -> None:
    house.desk.do_now(Leave(rid, HOME))
    other = enquired(house, "丁玉兰")
    house.desk.do_now(Reserve(other, bed(house, "2").rid, TODAY))
    said = house.desk.ask_now(Occupancy())
    assert (said.beds, said.taken, said.reserved, said.free) == (3, 1, 1, 1)
    assert (said.residents, said.here, said.leave, said.hospital) == (1, 0, 1, 0)
    assert said.nursing_share == 1.0
    assert list(house.desk.ask_now(Look(lambda reader: presences(reader, reader.now)))) == [rid]
    told = house.desk.ask_now(Look(lambda reader: list(happened(reader, rid))))
    assert {one.title for one in told} == {"咨询", "入住", "请假外出"}


def test_only_who_may_manages_stays(house: Station, rid: UUID) -> None:
    become(house, Role.CAREGIVER)
    refused(house, Leave(rid, HOME), "办理入住、外出与退住")
