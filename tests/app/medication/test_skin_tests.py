"""Skin tests are made once and read by two after their time; a positive one forbids the medicine; 总查对 by two."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.medication.orders import MakeSkinTest, ReadSkinTest, RetractSkinTest
from app.medication.orders.reviewing import ReviewOrders
from app.medication.orders.skin_tests import allergens_of
from app.medication.queries.order_floor import FloorOrders
from app.medication.queries.order_work import OrderWork
from app.residents.stating import AddAllergy, AllergyForm, Seen
from tests.app.medication.house import DAY, Ward, drug


def _made(ward: Ward) -> Seen:
    ward.become(Role.NURSE)
    seen: Seen = ward.do(MakeSkinTest(ward.li, drug("阿莫西林").code, "2311A"))
    return seen


def test_a_negative_test_lets_the_medicine_be_given(ward: Ward) -> None:
    ward.order("阿莫西林", "0.5")
    assert [(one.words[:4], one.test) for one in ward.ask(OrderWork()).skin_tests] == [("阿莫西林", None)]
    seen = _made(ward)
    with pytest.raises(Refusal, match="等待判读"):
        _made(ward)
    with pytest.raises(Refusal, match="06:20 起判读"):
        ward.do(ReadSkinTest(seen, "negative", "", ward.proof(Role.HEAD_NURSE)))
    ward.put(6, 20)
    assert ward.ask(OrderWork()).skin_tests[0].ready
    with pytest.raises(Refusal, match="两人判读"):
        ward.do(ReadSkinTest(seen, "negative", "", ward.proof(Role.NURSE)))
    ward.do(ReadSkinTest(seen, "negative", "", ward.proof(Role.HEAD_NURSE)))
    assert ward.ask(OrderWork()).skin_tests == ()
    ward.put(8, 10)
    ward.give(ward.slot("08:00"))


def test_a_positive_test_forbids_the_medicine_and_every_other_test_of_its_class(ward: Ward) -> None:
    ward.order("阿莫西林", "0.5")
    seen = _made(ward)
    ward.put(6, 25)
    with pytest.raises(Refusal) as refused:
        ward.do(ReadSkinTest(seen, "positive", " ", ward.proof(Role.HEAD_NURSE)))
    assert refused.value.field == "size"
    ward.do(ReadSkinTest(seen, "positive", "皮丘 1.5 cm，伪足", ward.proof(Role.HEAD_NURSE)))
    ward.put(8, 10)
    with pytest.raises(Refusal, match="皮试阳性"):
        ward.give(ward.slot("08:00"))
    with pytest.raises(Refusal, match="阳性，禁用"):
        ward.do(MakeSkinTest(ward.li, drug("青霉素").code, "2401B"))
    assert allergens_of(drug("阿莫西林"))[0] == "青霉素类"


def test_who_is_allergic_is_not_tested(ward: Ward) -> None:
    ward.do(AddAllergy(ward.li, AllergyForm("盘尼西林", told_by="家属")))
    with pytest.raises(Refusal, match="不做皮试"):
        _made(ward)


def test_a_test_entered_in_error_is_taken_back_and_waited_for_again(ward: Ward) -> None:
    ward.order("阿莫西林", "0.5")
    seen = _made(ward)
    ward.do(RetractSkinTest(seen, "写错人"))
    assert [one.test for one in ward.ask(OrderWork()).skin_tests] == [None]


def test_every_order_of_a_floor_is_gone_through_by_two_once_a_week(ward: Ward) -> None:
    first = ward.order("阿托伐他汀", "20")
    second = ward.order("氨氯地平", "5", resident=ward.wang)
    (floor,) = ward.ask(OrderWork()).reviews
    assert floor.overdue
    assert floor.last_on is None
    rids = frozenset(one.order.seen.rid for one in ward.ask(FloorOrders(floor.floor.rid)))
    assert rids == {first.rid, second.rid}
    ward.become(Role.HEAD_NURSE)
    with pytest.raises(Refusal, match="两人"):
        ward.do(ReviewOrders(floor.floor.rid, ward.proof(Role.HEAD_NURSE), rids))
    with pytest.raises(Refusal, match="1 条医嘱还没有看过"):
        ward.do(ReviewOrders(floor.floor.rid, ward.proof(Role.NURSE), frozenset({first.rid})))
    ward.do(ReviewOrders(floor.floor.rid, ward.proof(Role.NURSE), rids, {first.rid: "剂量与处方不符"}))
    (floor,) = ward.ask(OrderWork()).reviews
    assert (floor.orders, floor.found, floor.by) == (2, 1, "周敏、林晓燕")
    assert floor.due_on == DAY + timedelta(days=7)
    ward.put(9, 0, DAY + timedelta(days=8))
    assert ward.ask(OrderWork()).reviews[0].overdue
