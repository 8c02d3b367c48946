"""Long, extended and free prescriptions: what the rules exclude, for how long, by whom, how much, and when it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.medication.prescriptions import (
    EndPrescription,
    FreeList,
    HandOut,
    Item,
    LongCandidates,
    PrescribeExtended,
    PrescribeFree,
    PrescribeLong,
    RxBoard,
    Signed,
    StartRx,
)
from app.medication.prescriptions.rules import needed, per_day
from app.medication.queries.order_work import OrderWork
from db.models import Diagnosis, Entry
from tests.app.medication.house import DAY, Ward, at
from tests.support.acts import Act
from tests.ui.medication.rx_room import papers

DAUGHTER = Signed("李敏", "女儿")


def _long(ward: Ward, *orders: UUID, **more: object) -> PrescribeLong:
    ward.become(Role.DOCTOR)
    form = PrescribeLong(
        ward.li,
        orders,
        4,
        "高血压病2级",
        "近两次 132/78、128/76",
        ward.proof(Role.DOCTOR),
        seen_in_person=True,
    )
    return replace(form, **more)  # type: ignore[arg-type]  # fields by name


def _state(ward: Ward, code: str, words: str) -> None:
    def write(unit: Unit) -> None:
        unit.session.add(Diagnosis(**unit.stamp(), revision=1, resident=ward.li, words=words, code=code))

    ward.do(Act(write))


def _entitled(ward: Ward, until: str) -> None:
    def write(unit: Unit) -> None:
        content = {"type": "dibao", "certificate": "低-0231", "valid_to": until}
        unit.session.add(
            Entry(
                **unit.stamp(),
                revision=1,
                resident=ward.li,
                journal="entitlement",
                content=content,
                begins=DAY,
            )
        )

    ward.do(Act(write))


def test_a_long_prescription_takes_what_four_weeks_need(ward: Ward) -> None:
    issued = ward.order("氨氯地平", "5")
    ward.do(_long(ward, issued.rid))
    (row,) = papers(ward, ward.li)
    (item,) = row.items
    assert (item["quantity"], item["unit"], item["packs"]) == (
        "28",
        "片",
        28 // 28 if item["packs"] == 1 else item["packs"],
    )
    assert (row.ends, row.left, row.title) == (DAY + timedelta(days=27), 27, "长期处方")
    ward.put(8, day=DAY + timedelta(days=19))
    assert ward.ask(RxBoard()).ending == ()
    ward.put(8, day=DAY + timedelta(days=20))
    assert [one.number for one in ward.ask(RxBoard()).ending] == [row.number]


def test_more_than_four_weeks_need_an_assessment_and_a_signature_and_twelve_are_the_most(ward: Ward) -> None:
    issued = ward.order("氨氯地平", "5")
    with pytest.raises(Refusal, match="病情评估"):
        ward.do(_long(ward, issued.rid, weeks=8))
    with pytest.raises(Refusal, match="签字"):
        ward.do(_long(ward, issued.rid, weeks=8, assessment="血压平稳，无不适"))
    with pytest.raises(Refusal, match="1 到 12 周"):
        ward.do(_long(ward, issued.rid, weeks=13, assessment="平稳", agreed=DAUGHTER))
    ward.do(_long(ward, issued.rid, weeks=12, assessment="血压平稳，无不适", agreed=DAUGHTER))
    assert papers(ward, ward.li)[0].signed_by == "李敏（女儿）"


@pytest.mark.parametrize(("name", "amount", "unit"), [("艾司唑仑", "1", "mg"), ("曲马多", "100", "mg")])
def test_psychotropics_are_never_on_one(ward: Ward, name: str, amount: str, unit: str) -> None:
    issued = ward.order(name, amount, "qn", unit=unit, days="7")
    with pytest.raises(Refusal, match="精神药品，不得开具长期处方"):
        ward.do(_long(ward, issued.rid))
    (candidate,) = ward.ask(LongCandidates(ward.li))
    assert candidate.refuses


def test_an_antimicrobial_needs_its_exception_in_words(ward: Ward) -> None:
    issued = ward.order("呋喃妥因", "50", "tid", unit="mg")
    with pytest.raises(Refusal, match="抗微生物"):
        ward.do(_long(ward, issued.rid))
    ward.do(_long(ward, issued.rid, despite="慢性尿路感染，泌尿科建议长期抑菌"))


def test_the_first_one_is_by_a_middle_title_seen_in_person(ward: Ward) -> None:
    issued = ward.order("氨氯地平", "5")
    with pytest.raises(Refusal, match="亲自诊查"):
        ward.do(_long(ward, issued.rid, seen_in_person=False))

    def junior(unit: Unit) -> None:
        from db.models import Staff

        staff = next(one for one in unit.session.query(Staff) if one.number == "0508")
        staff.title = "医师"

    ward.do(Act(junior))
    with pytest.raises(Refusal, match="中级以上职称"):
        ward.do(_long(ward, issued.rid))
    ward.do(_long(ward, issued.rid, guidance="市第一医院，远程会诊"))
    ward.do(_long(ward, issued.rid, seen_in_person=False))  # renewing needs neither


def test_a_stay_in_hospital_asks_for_another_assessment(ward: Ward) -> None:
    issued = ward.order("氨氯地平", "5")
    ward.do(_long(ward, issued.rid))
    assert papers(ward, ward.li)[0].again == ""
    ward.put(20)
    ward.away("hospital", at(19))
    assert "重新评估" in papers(ward, ward.li)[0].again


def test_a_hospitals_prescription_is_continued_as_often_as_it_says(ward: Ward) -> None:
    issued = ward.order("氨氯地平", "5")
    ward.become(Role.DOCTOR)
    seen = ward.do(
        PrescribeExtended(
            ward.li, (issued.rid,), "市第一医院", "RX-88213", "刘海峰", DAY - timedelta(days=3), 28, 2, "高血压病2级",
            ward.proof(Role.DOCTOR),
        )
    )  # fmt: skip
    ward.become(Role.NURSE)
    ward.put(9, day=DAY + timedelta(days=28))
    seen = ward.do(HandOut(seen, "女儿代取"))
    with pytest.raises(Refusal, match="延伸次数已用完"):
        ward.do(HandOut(seen))
    (row,) = papers(ward, ward.li)
    assert row.content["remaining"] == 0
    assert row.ends == DAY + timedelta(days=55)
    ward.become(Role.DOCTOR)
    ward.do(EndPrescription(seen, "改方"))
    assert papers(ward, ward.li) == ()
    assert len(papers(ward, ward.li, over=True)) == 1


def test_free_medicines_need_disease_and_entitlement_and_the_list(ward: Ward) -> None:
    def ask(*items: Item) -> PrescribeFree:
        ward.become(Role.DOCTOR)
        return PrescribeFree(ward.li, items, DAY, ward.proof(Role.DOCTOR), DAUGHTER)

    tablets = Item("amlodipine-tab-5", "28", "0.35")
    with pytest.raises(Refusal, match="没有原发性高血压或2型糖尿病的诊断；没有有效的低保"):
        ward.do(ask(tablets))
    _state(ward, "I10", "高血压病2级")
    _entitled(ward, "2026-11-23")
    assert ward.ask(StartRx(ward.li)).eligible.missing == ("没有有效的低保或计划生育特殊家庭登记",)
    _entitled(ward, "2027-06-30")
    with pytest.raises(Refusal, match="不在免费基本药物目录"):
        ward.do(ask(Item("atorvastatin-tab-20", "28")))
    ward.do(ask(tablets))
    with pytest.raises(Refusal, match="这个月已领过"):
        ward.do(ask(tablets))
    month = ward.ask(FreeList(date(2026, 11, 1)))
    assert (month.people, month.total) == (1, Decimal("9.8"))
    assert (month.lines[0].quantity, month.lines[0].receiver) == ("28 片", "李敏（女儿）")


def test_amounts_of_an_average_day() -> None:
    assert per_day({"way": "same", "amount": "0.5"}, 2, 1, 0) == Decimal(1)
    assert per_day({"way": "times", "amounts": {"07:30": "12", "17:30": "8"}}, 2, 1, 0) == Decimal(20)
    assert per_day({"way": "turn", "amounts": ["1", "2"]}, 1, 1, 0) == Decimal("1.5")
    assert per_day({"way": "same", "amount": "70"}, 1, 1, 1) == Decimal(10)
    assert per_day({"way": "same", "amount": "5"}, 1, 2, 0) == Decimal("2.5")
    assert per_day({"way": "scale", "bands": []}, 3, 1, 0) is None
    assert needed(Decimal("1.5"), 28, 30) == (Decimal("42.0"), 2)
    assert needed(Decimal(1), 28, 0) == (Decimal(28), 0)


def test_a_renewed_prescription_is_no_longer_said_to_end(ward: Ward) -> None:
    issued = ward.order("氨氯地平", "5")
    ward.do(_long(ward, issued.rid))
    ward.put(8, day=DAY + timedelta(days=22))
    assert [one.what for one in ward.ask(OrderWork()).ending] == ["长期处方"]
    ward.do(_long(ward, issued.rid))
    assert ward.ask(OrderWork()).ending == ()
