"""The cover of the health record, kept and read back: carers, powers, photo, archive number, what history says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.access.queries import ActorByNumber
from app.compose import Station
from app.core.blobs import MOST, BlobOf
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.core.roles import Role
from app.printing.admission_data import UNKNOWN_ALLERGY, AdmissionFormOf
from app.residents.carers import Carers
from app.residents.forms import ContactForm, ResidentForm
from app.residents.importing import ImportRoster
from app.residents.queries import Change, Chart, FormOf, History, ResidentList
from app.residents.service import CreateResident, EditResident, NewPhoto
from tests.support.acts import rows
from tests.support.station import PEOPLE

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
JPEG = b"\xff\xd8\xff" + b"1" * 40
LI = ResidentForm(
    name="李桂兰",
    sex="2",
    birth_date=date(1942, 5, 18),
    id_type="06",
    id_number="H12345678",
    archive_number="310199-002-003-00012",
    household_address="安和市百合弄2号",
    residence="户籍",
    occupation="教师",
    blood_type="AB",
    rhesus="阳性",
    living="独居",
    contacts=(
        ContactForm("王建国", "子", "13800138000", powers=("legal", "guarantor"), note="晚上打座机"),
        ContactForm("王丽萍", "女", "13900139000", powers=("emergency",), second_phone="021-55550001"),
    ),
)


def carer(station: Station, role: Role) -> ResidentForm:
    actor = station.ask_as_nobody(ActorByNumber(PEOPLE[role].number))
    assert actor is not None
    return replace(LI, **{"nurse" if role is Role.NURSE else "doctor": actor.rid})


def test_everything_comes_back_in_words(station: Station) -> None:
    nurse = carer(station, Role.NURSE).nurse
    rid = station.desk.do_now(CreateResident(replace(carer(station, Role.DOCTOR), nurse=nurse), photo=PNG))
    chart = station.desk.ask_now(Chart(rid))
    assert (chart.archive_number, chart.household_address) == ("31019900200300012", "安和市百合弄2号")
    assert (chart.residence, chart.occupation, chart.living) == ("户籍", "专业技术人员", "独居")
    assert (chart.blood_type, chart.rhesus) == ("AB型", "RH阳性")
    assert (chart.nurse, chart.doctor) == ("林晓燕", "陈永康")
    assert [(one.name, one.powers, one.first) for one in chart.contacts] == [
        ("王丽萍", ("紧急联系人",), True),
        ("王建国", ("法定监护人", "费用担保人"), False),
    ]
    assert chart.contacts[1].guardian
    assert station.desk.ask_now(BlobOf(chart.photo)) == PNG
    assert rows(station, "select count(*) from blob") == [(1,)]
    form = station.desk.ask_now(FormOf(rid)).form
    assert [one.name for one in form.contacts] == ["王建国", "王丽萍"]  # as written


def test_who_can_be_named_works_here_in_the_profession(station: Station) -> None:
    known = station.desk.ask_now(Carers())
    assert [one.name for one in known.doctor] == ["陈永康"]
    assert {one.name for one in known.nurse} == {"周敏", "林晓燕"}
    wrong = replace(LI, doctor=known.nurse[0].rid)
    with pytest.raises(Refusal, match="责任医生要从在职的医师里选") as refused:
        station.desk.do_now(CreateResident(wrong))
    assert refused.value.field == "doctor"


def test_one_archive_number_one_person(station: Station) -> None:
    station.desk.do_now(CreateResident(LI))
    other = replace(LI, name="李桂蓝", id_number="H87654321")
    with pytest.raises(Refusal, match="档案编号已登记为 李桂兰") as refused:
        station.desk.do_now(CreateResident(other))
    assert refused.value.field == "archive_number"
    with pytest.raises(Refusal, match="证件号码已登记为 李桂兰"):
        station.desk.do_now(CreateResident(replace(other, id_number="h12345678", archive_number="")))
    station.desk.do_now(
        CreateResident(replace(other, id_type="03", id_number="H12345678", archive_number=""))
    )


def test_a_child_needs_a_guardian(station: Station) -> None:
    child = replace(LI, birth_date=date(2018, 5, 18), contacts=LI.contacts[1:])
    with pytest.raises(Refusal, match="未满 18 岁") as refused:
        station.desk.do_now(CreateResident(child))
    assert refused.value.field == "contact1_powers"
    station.desk.do_now(CreateResident(replace(child, contacts=LI.contacts)))


def test_a_refusal_names_the_contact_it_is_about(station: Station) -> None:
    kin = (LI.contacts[0], ContactForm(""), replace(LI.contacts[1], second_phone="12"))
    with pytest.raises(Refusal) as refused:
        station.desk.do_now(CreateResident(replace(LI, contacts=kin)))
    assert refused.value.field == "contact3_second_phone"


def test_the_photo_changes_and_goes_with_a_reason_and_history_tells(station: Station) -> None:
    rid = station.desk.do_now(CreateResident(LI, photo=JPEG))
    clock = station.clock
    assert isinstance(clock, SetClock)
    clock.forward(timedelta(hours=1))
    seen = station.desk.ask_now(FormOf(rid))
    taller = replace(seen.form, occupation="农民", contacts=seen.form.contacts[:1])
    station.desk.do_now(EditResident(rid, taller, seen.revision, photo=NewPhoto(PNG)))
    seen = station.desk.ask_now(FormOf(rid))
    with pytest.raises(Refusal, match="为什么去掉照片"):
        station.desk.do_now(EditResident(rid, seen.form, seen.revision, photo=NewPhoto()))
    clock.forward(timedelta(hours=1))
    station.desk.do_now(EditResident(rid, seen.form, seen.revision, photo=NewPhoto(why="不是本人")))
    assert station.desk.ask_now(Chart(rid)).photo == ""
    gone, changed, begun = station.desk.ask_now(History(rid))
    (removed,) = gone.changes
    assert (removed.field, removed.new, removed.why) == ("照片", "", "不是本人")
    said = {one.field: (one.old, one.new) for one in changed.changes}
    assert said["职业"] == ("专业技术人员", "农、林、牧、渔、水利业生产人员")
    assert said["联系人 2"] == ("王丽萍 女 13900139000 021-55550001，紧急联系人", "")
    assert said["照片"][0] != said["照片"][1]
    assert (
        Change("联系人 1", "", "王建国 子 13800138000，法定监护人，费用担保人，晚上打座机") in begun.changes
    )
    assert Change("血型", "", "AB型") in begun.changes
    # another edit does not carry the old reason on
    seen = station.desk.ask_now(FormOf(rid))
    station.desk.do_now(EditResident(rid, replace(seen.form, phone="13800138009"), seen.revision))
    assert rows(station, "select reason from resident") == [(None,)]


@pytest.mark.parametrize(
    ("photo", "sentence"),
    [(b"GIF89a", "JPEG 或 PNG"), (JPEG + b"0" * MOST, "太大")],
)
def test_what_is_no_photo_is_refused(station: Station, photo: bytes, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        station.desk.do_now(CreateResident(LI, photo=photo))
    assert refused.value.field == "photo"


@pytest.mark.parametrize("typed", ["31019900200300012", "00300012", "王丽萍", "wlp", "wanglip", "55550001"])
def test_found_by_archive_number_and_kin(station: Station, typed: str) -> None:
    station.desk.do_now(CreateResident(LI))
    station.desk.do_now(CreateResident(ResidentForm("赵甲", "1", date(1940, 1, 1))))
    assert [one.name for one in station.desk.ask_now(ResidentList(text=typed)).rows] == ["李桂兰"]


def test_a_roster_brings_the_new_fields(station: Station, tmp_path: Path) -> None:
    heads = "姓名,性别,出生日期,现住址,户籍地址,档案编号,血型,RH血型,职业,责任护士,责任医生,监护人,监护人电话,居住情况"
    lines = (
        "甲一,女,1940-01-02,文昌路1号,望江路7号,31019900200300012,A,阳性,工人,林晓燕,无此人,王一,13800138000,独居",
        "甲二,男,1941-01-02,,望江路8号,310199-002-003-00012,A型,,油漆匠,,,,,",
    )
    path = tmp_path / "a.csv"
    path.write_text("\n".join((heads, *lines)), encoding="utf-8")
    outcome = station.desk.do_now(ImportRoster(path))
    assert (outcome.accepted, outcome.rejected) == (2, 0)
    first, second = (
        station.desk.ask_now(Chart(one.rid)) for one in station.desk.ask_now(ResidentList()).rows
    )
    assert (first.address, first.household_address) == ("文昌路1号", "望江路7号")
    assert (first.archive_number, first.blood_type, first.rhesus) == ("31019900200300012", "A型", "RH阳性")
    assert (first.nurse, first.doctor, first.living) == ("林晓燕", "", "独居")
    assert first.remarks == (("责任医生", "无此人"),)
    assert [(one.powers, one.guardian) for one in first.contacts] == [(("监护人",), True)]
    assert (second.address, second.household_address, second.archive_number) == ("", "望江路8号", "")
    assert dict(second.remarks) == {"职业": "油漆匠", "档案编号": "31019900200300012"}
    said = "；".join(doubt.reason for doubt in outcome.doubts)
    assert "没有叫“无此人”的在职人员" in said
    assert "这个档案编号已登记为“甲一”" in said


def test_the_admission_form_says_what_is_known(station: Station) -> None:
    rid = station.desk.do_now(CreateResident(carer(station, Role.NURSE)))
    sheet = station.desk.ask_now(AdmissionFormOf(rid))
    assert (sheet.id_type, sheet.id_number) == ("港澳居民来往内地通行证", "H12345678")
    assert (sheet.blood, sheet.nurse, sheet.ability) == ("AB型 RH阳性", "林晓燕", "")
    assert sheet.allergies == UNKNOWN_ALLERGY
    assert sheet.kin[0].first
    assert sheet.kin[0].phones == "13900139000\n021-55550001"
