"""Whom a nurse names as the doctor: nobody who works here and orders nothing; a hospital's namesake is told apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.medication.orders import OrderForm, StopOrder, TranscribeOrders
from app.medication.queries.order_preview import OrderPreview
from app.residents.stating import Seen
from db.models import Staff
from tests.app.medication.house import Ward, drug
from tests.support.acts import Act
from tests.support.station import PEOPLE

OURS = PEOPLE[Role.DOCTOR].name
NURSES = [PEOPLE[Role.NURSE].name, PEOPLE[Role.HEAD_NURSE].name, PEOPLE[Role.CAREGIVER].name]


@pytest.fixture
def form() -> OrderForm:
    dosing = {"way": "same", "amount": "5"}
    return OrderForm(drug("氨氯地平").code, dosing, hospital="市第一人民医院", origin="hospital")


def refused(ward: Ward, order: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        ward.do(order)
    return caught.value


@pytest.mark.parametrize("name", [*NURSES, "林 晓燕"])
def test_an_order_on_paper_is_no_nurse_s(ward: Ward, form: OrderForm, name: str) -> None:
    ward.become(Role.NURSE)
    wrong = replace(form, doctor_name=name)
    refusal = refused(ward, TranscribeOrders(ward.li, (wrong,)))
    assert (refusal.field, name in refusal.text, "不是医师" in refusal.text) == ("doctor_name", True, True)
    with pytest.raises(Refusal, match="不是医师"):
        ward.ask(OrderPreview(wrong, transcribed=True))


@pytest.mark.parametrize("name", ["刘志远", OURS, "林晓燕（市一院）"])
def test_a_doctor_of_ours_of_a_hospital_or_a_namesake_is_named(
    ward: Ward, form: OrderForm, name: str
) -> None:
    ward.become(Role.NURSE)
    assert len(ward.do(TranscribeOrders(ward.li, (replace(form, doctor_name=name),)))) == 1


def test_nor_is_one_by_word_of_mouth(ward: Ward, form: OrderForm) -> None:
    ward.become(Role.NURSE)
    order = TranscribeOrders(ward.li, (replace(form, kind="stat", verbal=NURSES[1]),), alone="夜班一人")
    assert refused(ward, order).field == "verbal"


def test_nor_does_one_stop_an_order(ward: Ward) -> None:
    (issued,) = ward.issue(OrderForm(drug("氨氯地平").code, {"way": "same", "amount": "5"}))
    ward.become(Role.NURSE)
    assert refused(ward, StopOrder(Seen(issued.rid, 2), "肌痛", doctor_name=NURSES[0])).field == "doctor_name"
    ward.do(StopOrder(Seen(issued.rid, 2), "肌痛", doctor_name=OURS))


def test_a_doctor_who_may_order_nothing_here_is_not_named(ward: Ward, form: OrderForm) -> None:
    def manager(unit: Unit) -> None:
        row = unit.session.query(Staff).filter_by(name=PEOPLE[Role.MANAGER].name).one()
        row.profession = "医师"

    ward.do(Act(manager))
    ward.become(Role.NURSE)
    named = replace(form, doctor_name=PEOPLE[Role.MANAGER].name)
    refusal = refused(ward, TranscribeOrders(ward.li, (named,)))
    assert (refusal.field, "开立医嘱" in refusal.text) == ("doctor_name", True)


def test_who_left_is_nobody_here(ward: Ward, form: OrderForm) -> None:
    def gone(unit: Unit) -> None:
        row = unit.session.query(Staff).filter_by(name=PEOPLE[Role.CAREGIVER].name).one()
        row.active = False

    ward.do(Act(gone))
    ward.become(Role.NURSE)
    named = replace(form, doctor_name=PEOPLE[Role.CAREGIVER].name)
    assert len(ward.do(TranscribeOrders(ward.li, (named,)))) == 1
