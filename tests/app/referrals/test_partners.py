"""Partners, agreements, papers and doctors who come: kept, changed, renewed, ended, refused beside the field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.referrals.criteria import book
from app.referrals.partners import (
    AddAgreement,
    AddLicence,
    AddPartner,
    AddVisitingDoctor,
    AgreementForm,
    ChangeAgreement,
    ChangeLicence,
    ChangePartner,
    ChangeVisitingDoctor,
    CountExpiring,
    DepartmentRow,
    DropDepartment,
    EndAgreement,
    EndLicence,
    EndPartner,
    EndVisitingDoctor,
    Expiring,
    KeepDepartment,
    LicenceForm,
    Licences,
    PartnerForm,
    Partners,
    RenewAgreement,
    RenewLicence,
    ResumeAgreement,
    ResumeLicence,
    ResumePartner,
    RetractAgreement,
    RetractLicence,
    RetractPartner,
    RetractVisitingDoctor,
    Terms,
    VisitingDoctors,
    VisitingForm,
)
from app.referrals.partners.lists import lists
from app.referrals.queries.partner_choice import PartnersToRefer
from app.referrals.revising import Seen
from app.today.board import Today
from tests.app.referrals.house import DAY, Desk
from tests.app.referrals.partnered import CITY, PHOTO, agreed, city, licensed, page


@pytest.fixture(autouse=True)
def _doctor(desk: Desk) -> None:
    desk.become(Role.DOCTOR)


def refused(desk: Desk, order: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        desk.do(order)
    return caught.value


def test_a_nurse_may_look_and_not_write(desk: Desk) -> None:
    rid = city(desk)
    desk.become(Role.NURSE)
    assert "维护协作机构与协议" in refused(desk, AddPartner(CITY)).text
    assert "护士长" in refused(desk, EndPartner(page(desk, rid).seen, DAY, "停业")).text
    assert desk.ask(Partners())


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"name": " "}, "name", "请填写机构名称"),
        ({"name": "安和市第一人民医院"}, "name", "已经有"),
        ({"kind": "ship"}, "kind", "请选择机构类型"),
        ({"phone": "12"}, "phone", "手机号应为11位"),
        ({"code": "91350200MA0000000A"}, "code", "统一社会信用代码"),
        ({"km": -1.0}, "km", "路程应在"),
        ({"minutes": 9999}, "minutes", "车程应在"),
        ({"capabilities": ("magic",)}, "capabilities", "没有这项"),
    ],
)
def test_what_is_wrong_with_a_partner_stands_beside_its_field(
    desk: Desk, said: dict[str, Any], field: str, words: str
) -> None:
    refusal = refused(desk, AddPartner(replace(CITY, **said)))
    assert refusal.field == field
    assert words in refusal.text


def test_a_partner_is_changed_without_a_reason_and_keeps_its_departments(desk: Desk) -> None:
    rid = city(desk)
    seen = desk.do(ChangePartner(page(desk, rid).seen, replace(CITY, phone="120")))
    after = page(desk, rid)
    assert (after.form.phone, len(after.departments), seen) == ("120", 3, after.seen)
    assert desk.do(ChangePartner(seen, after.form)) == seen, "nothing was changed: no revision"


def test_a_change_of_what_another_changed_meanwhile_is_refused(desk: Desk) -> None:
    rid = city(desk)
    old = page(desk, rid).seen
    desk.do(ChangePartner(old, replace(CITY, phone="120")))
    assert (
        "刷新" in refused(desk, ChangePartner(old, CITY)).text
        or "改" in refused(desk, ChangePartner(old, CITY)).text
    )


def test_departments_are_kept_one_by_one(desk: Desk) -> None:
    rid = city(desk)
    seen = page(desk, rid).seen
    assert refused(desk, KeepDepartment(seen, DepartmentRow("急诊科"))).field == "words"
    assert refused(desk, KeepDepartment(seen, DepartmentRow("骨科", day_and_night=True))).field == "phone"
    seen = desk.do(KeepDepartment(seen, DepartmentRow("急诊医学科", phone="0592-5550121"), 0))
    assert [one.words for one in page(desk, rid).departments] == ["急诊医学科", "神经内科", "老年医学科"]
    seen = desk.do(DropDepartment(seen, 1))
    assert [one.words for one in page(desk, rid).departments] == ["急诊医学科", "老年医学科"]
    assert refused(desk, DropDepartment(seen, 7)).text
    assert desk.ask(PartnersToRefer())[0].green


def test_partners_are_found_by_pinyin_and_by_department(desk: Desk) -> None:
    city(desk)
    assert [one.name for one in desk.ask(Partners("zxyy"))] == ["安和市中心医院"]
    assert [one.name for one in desk.ask(Partners("神经内"))] == ["安和市中心医院"]
    assert desk.ask(Partners("天外")) == ()
    first = desk.ask(Partners("中心"))[0]
    assert (first.way, first.running, first.due, first.over) == (
        "6.2 km · 约 14 分钟", ("协议合作", "绿色通道"), 2, 1,
    )  # fmt: skip


def test_agreements_of_one_kind_never_overlap(desk: Desk) -> None:
    rid = city(desk)
    again = AgreementForm("green", date(2026, 6, 1), date(2027, 12, 31))
    assert refused(desk, AddAgreement(rid, again)).field == "begins"
    assert (
        refused(desk, AddAgreement(rid, AgreementForm("green", DAY, DAY - timedelta(days=1)))).field == "ends"
    )
    assert refused(desk, AddAgreement(rid, AgreementForm("green", None))).field == "begins"
    assert refused(desk, AddAgreement(rid, AgreementForm("nothing", DAY))).field == "what"


def test_an_agreement_is_corrected_with_a_reason_and_says_so(desk: Desk) -> None:
    rid = city(desk)
    row = next(one for one in page(desk, rid).agreements if one.form.what == "cooperation")
    longer = replace(row.form, ends=DAY + timedelta(days=400))
    assert refused(desk, ChangeAgreement(row.seen, longer, "")).field == "reason"
    desk.do(ChangeAgreement(row.seen, longer, "笔误"))
    after = next(one for one in page(desk, rid).agreements if one.form.what == "cooperation")
    assert (after.form.ends, after.stands.due, after.seen.revision) == (longer.ends, False, 2)


def test_a_renewed_agreement_is_work_no_more(desk: Desk) -> None:
    rid = city(desk)
    assert [one.title for one in desk.ask(Expiring())] == ["巡诊协议", "医养合作协议"]
    row = next(one for one in page(desk, rid).agreements if one.form.what == "cooperation")
    assert row.form.ends is not None
    early = AgreementForm("cooperation", row.form.ends, row.form.ends + timedelta(days=365))
    assert refused(desk, RenewAgreement(row.seen, early)).field == "begins"
    other = AgreementForm("medicines", row.form.ends + timedelta(days=1))
    assert refused(desk, RenewAgreement(row.seen, other)).field == "what"
    following = replace(early, begins=row.form.ends + timedelta(days=1))
    desk.do(RenewAgreement(row.seen, following))
    assert [one.title for one in desk.ask(Expiring())] == ["巡诊协议"]
    states = {(one.form.begins, one.stands.words) for one in page(desk, rid).agreements}
    assert (following.begins, "未生效") in states
    assert (date(2026, 1, 1), "已续签") in states


def test_an_agreement_ends_before_its_time_and_goes_on_again(desk: Desk) -> None:
    rid = city(desk)
    row = next(one for one in page(desk, rid).agreements if one.green)
    assert refused(desk, EndAgreement(row.seen, DAY + timedelta(days=1), "改签")).field == "on"
    assert refused(desk, EndAgreement(row.seen, DAY, " ")).field == "why"
    seen = desk.do(EndAgreement(row.seen, DAY, "服务未达约定"))
    assert not next(one for one in desk.ask(PartnersToRefer()) if one.rid == rid).green
    ended = next(one for one in page(desk, rid).agreements if one.green)
    assert (ended.stands.words, ended.stands.ended_why) == ("已终止", "服务未达约定")
    desk.do(ResumeAgreement(seen))
    assert next(one for one in desk.ask(PartnersToRefer()) if one.rid == rid).green


def test_a_retracted_agreement_is_gone_from_every_list(desk: Desk) -> None:
    rid = city(desk)
    row = next(one for one in page(desk, rid).agreements if one.green)
    assert refused(desk, RetractAgreement(row.seen, "")).field == "why"
    desk.do(RetractAgreement(row.seen, "录错机构"))
    assert not any(one.green for one in page(desk, rid).agreements)


def test_who_is_worked_with_no_more_stays_readable_and_is_offered_no_more(desk: Desk) -> None:
    rid = city(desk)
    assert "停止合作" in refused(desk, RetractPartner(page(desk, rid).seen, "录错")).text
    seen = desk.do(EndPartner(page(desk, rid).seen, DAY, "对方停业或撤并"))
    assert all(one.rid != rid for one in desk.ask(PartnersToRefer()))
    assert page(desk, rid).ended_on == DAY
    assert desk.ask(CountExpiring()) == 0, "an ended partner reminds of nothing"
    assert refused(desk, AddAgreement(rid, AgreementForm("medicines", DAY))).field == "partner"
    desk.do(ResumePartner(seen))
    assert any(one.rid == rid for one in desk.ask(PartnersToRefer()))


def test_what_refers_to_nothing_can_be_taken_back(desk: Desk) -> None:
    rid = desk.do(AddPartner(PartnerForm("录错医院")))
    desk.do(RetractPartner(Seen(rid, 1), "录错"))
    assert all(one.name != "录错医院" for one in desk.ask(Partners()))
    assert desk.do(AddPartner(PartnerForm("录错医院"))) != rid


def test_papers_of_the_station_remind_before_they_expire(desk: Desk) -> None:
    rid = licensed(desk)
    assert [one.words for one in desk.ask(Licences())] == [
        "医疗废物处置协议", "医疗机构执业许可证", "养老机构内设医疗机构备案",
    ]  # fmt: skip
    row = next(one for one in desk.ask(Licences()) if one.seen.rid == rid)
    assert (row.stands.words, row.stands.days) == ("即将到期", "还有 100 天到期")
    short = replace(row.form, issued=DAY, expires=DAY + timedelta(days=50))
    assert refused(desk, RenewLicence(row.seen, short)).field == "expires"
    desk.do(RenewLicence(row.seen, replace(short, expires=date(2032, 3, 1))))
    assert [one.title for one in desk.ask(Expiring())] == ["医疗废物处置协议"]
    waste = desk.ask(Licences())[0]
    seen = desk.do(EndLicence(waste.seen, DAY, "换发新证"))
    assert desk.ask(CountExpiring()) == 0
    desk.do(ResumeLicence(seen))
    assert desk.ask(CountExpiring()) == 1


def test_what_is_wrong_with_a_paper_stands_beside_its_field(desk: Desk) -> None:
    licensed(desk)
    row = next(one for one in desk.ask(Licences()) if one.form.what == "practice")
    assert refused(desk, AddLicence(row.form)).field == "number"
    assert refused(desk, AddLicence(replace(row.form, number=""))).field == "number"
    assert refused(desk, AddLicence(replace(row.form, issued=DAY + timedelta(days=1)))).field == "issued"
    assert refused(desk, AddLicence(replace(row.form, expires=date(2000, 1, 1)))).field == "expires"
    assert refused(desk, AddLicence(replace(row.form, authority=""))).field == "authority"
    desk.do(ChangeLicence(row.seen, replace(row.form, number="PDY2"), "其他：换号"))
    seen = next(one for one in desk.ask(Licences()) if one.form.what == "practice").seen
    desk.do(RetractLicence(seen, "重复"))
    assert all(one.form.what != "practice" for one in desk.ask(Licences()))


def test_a_scanned_paper_is_kept_and_survives_a_correction(desk: Desk) -> None:
    rid = agreed(desk, desk.hospital, "telemedicine", date(2026, 1, 1), None, paper=PHOTO)
    row = next(one for one in page(desk, desk.hospital).agreements if one.seen.rid == rid)
    assert len(row.form.paper) == 64, "its name in the file"
    desk.do(ChangeAgreement(row.seen, replace(row.form, number="YC-1"), "补充"))
    after = next(one for one in page(desk, desk.hospital).agreements if one.seen.rid == rid)
    assert (after.form.paper, after.form.number) == (row.form.paper, "YC-1")
    bad = AgreementForm("medicines", DAY, paper="data:image/gif;base64,AAAA")
    assert refused(desk, AddAgreement(desk.hospital, bad)).field == "paper"


def test_doctors_come_and_come_no_more(desk: Desk) -> None:
    rid = city(desk)
    (row,) = desk.ask(VisitingDoctors())
    assert (row.words, row.partner_name) == ("欧阳志强 副主任医师 神经内科", "安和市中心医院")
    assert refused(desk, AddVisitingDoctor(row.form, rid)).field == "name"
    assert refused(desk, AddVisitingDoctor(VisitingForm("", DAY), rid)).field == "name"
    seen = desk.do(ChangeVisitingDoctor(row.seen, replace(row.form, title="主任医师")))
    assert refused(desk, EndVisitingDoctor(seen, DAY + timedelta(days=1))).field == "on"
    seen = desk.do(EndVisitingDoctor(seen, DAY - timedelta(days=1), "换人"))
    assert desk.ask(VisitingDoctors()) == ()
    assert len(desk.ask(VisitingDoctors(everybody=True))) == 1
    desk.do(RetractVisitingDoctor(seen, "重复"))
    assert desk.ask(VisitingDoctors(everybody=True)) == ()


def test_the_workbench_says_what_runs_out_and_leads_there(desk: Desk) -> None:
    rid, paper = city(desk), licensed(desk)
    found = [one for one in desk.ask(Today()).todos if one.way.place == "partners"]
    assert [(one.title, one.badge) for one in found[:3]] == [
        ("医疗废物处置协议", "已过期"), ("巡诊协议", "已过期"), ("医养合作协议", "将到期"),
    ]  # fmt: skip
    assert found[1].way.params == {"partner": rid}
    assert found[3].words == "还有 1 份协议、备案过期或将到期"
    assert paper
    desk.become(Role.NURSE)
    assert not [one for one in desk.ask(Today()).todos if one.way.place == "partners"]


def test_every_list_says_where_it_is_from_and_names_each_thing_once() -> None:
    known = lists()
    assert known.green == {"green"}
    assert Terms().kept() == {}
    causes = [cause for one in known.capabilities.values() for cause in one.causes]
    assert len(causes) == len(set(causes)), "a cause needs one capability"
    assert set(causes) <= set(book().by_code), "causes are codes of criteria.toml"


def test_a_form_of_a_licence_takes_a_scope(desk: Desk) -> None:
    rid = desk.do(AddLicence(LicenceForm("practice", "1", "局", DAY, scope=("内科", " ", "中医科"))))
    assert next(one for one in desk.ask(Licences()) if one.seen.rid == rid).form.scope == ("内科", "中医科")
