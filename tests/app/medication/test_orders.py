"""Orders: who may write, check and sign them; what a changed one leaves; first doses; words on lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.medication.orders import (
    ChangeOrderTimes,
    CheckOrders,
    IssueOrders,
    OrderForm,
    Prn,
    ReplaceOrder,
    SignOrders,
    StopOrder,
    TranscribeOrders,
)
from app.medication.queries.order_counts import CountOrderWork, OrderCounts
from app.medication.queries.order_lists import OrderDetail, OrdersOf
from app.medication.queries.order_preview import OrderPreview
from app.medication.queries.order_work import OrderWork
from app.medication.rules.states import Standing
from app.residents.stating import Seen
from tests.app.medication.house import DAY, Ward, at, drug

PAPER = {"doctor_name": "王建国", "hospital": "市中心医院", "origin": "hospital"}


def _form(name: str = "阿托伐他汀", amount: str = "20", **more: object) -> OrderForm:
    return OrderForm(drug(name).code, {"way": "same", "amount": amount}, **more)  # type: ignore[arg-type]  # fields of the form


def _transcribed(ward: Ward, **more: object) -> Seen:
    ward.become(Role.NURSE)
    issued = ward.do(TranscribeOrders(ward.li, (_form(**(PAPER | more)),)))  # type: ignore[arg-type]  # the same
    return Seen(issued[0].rid, 1)


def test_whoever_wrote_an_order_never_checks_it_also_after_a_doctor_signed(ward: Ward) -> None:
    seen = _transcribed(ward)
    with pytest.raises(Refusal, match="请另一位核对"):
        ward.do(CheckOrders((seen,)))
    ward.become(Role.DOCTOR)
    assert ward.do(SignOrders((seen,), ward.proof(Role.DOCTOR))) == 1
    ward.become(Role.NURSE)
    with pytest.raises(Refusal, match="请另一位核对"):
        ward.do(CheckOrders((Seen(seen.rid, 2),)))
    ward.become(Role.HEAD_NURSE)
    assert ward.do(CheckOrders((Seen(seen.rid, 2),))) == 1
    row = ward.ask(OrderDetail(seen.rid)).row
    assert row.hospital == "市中心医院 王建国医师"  # who ordered it there stays named
    assert (row.writer, row.doctor, row.checked_by) == ("林晓燕", "陈永康", "周敏")
    assert row.unsigned_by is None


def test_what_is_transcribed_waits_for_a_doctor_and_is_late_after_its_deadline(ward: Ward) -> None:
    _transcribed(ward)
    work = ward.ask(OrderWork())
    assert [one.order.words for one in work.to_sign] == ["阿托伐他汀片"]
    assert work.late == 0
    assert ward.ask(CountOrderWork()) == OrderCounts(1, 1, 0)
    ward.put(6, 30, DAY + timedelta(days=1))
    assert ward.ask(OrderWork()).late == 1
    assert ward.ask(CountOrderWork()) == OrderCounts(1, 1, 1)


def test_without_its_source_nothing_is_transcribed(ward: Ward) -> None:
    ward.become(Role.NURSE)
    for gone, field in (("doctor_name", "doctor_name"), ("hospital", "hospital")):
        form = _form(**(PAPER | {gone: ""}))
        with pytest.raises(Refusal) as refused:
            ward.do(TranscribeOrders(ward.li, (form,)))
        assert refused.value.field == field


def test_a_verbal_order_is_read_back_before_a_second_person_and_runs_at_once(ward: Ward) -> None:
    ward.become(Role.NURSE)
    form = _form(kind="stat", verbal="陈永康")
    with pytest.raises(Refusal, match="复述确认") as refused:
        ward.do(TranscribeOrders(ward.li, (form,)))
    assert refused.value.field == "heard"
    with pytest.raises(Refusal, match="另一位"):
        ward.do(TranscribeOrders(ward.li, (form,), heard=ward.proof(Role.NURSE)))
    issued = ward.do(TranscribeOrders(ward.li, (form,), heard=ward.proof(Role.HEAD_NURSE)))
    row = ward.ask(OrderDetail(issued[0].rid)).row
    assert row.verbal == "口头医嘱：陈永康下达，林晓燕复述，周敏听到"
    assert (row.status, row.checked_by) == ("checked", "周敏")
    assert row.unsigned_by == ward.station.clock.now() + timedelta(hours=6)


def test_alone_a_verbal_order_runs_with_the_reason_and_only_once(ward: Ward) -> None:
    ward.become(Role.NURSE)
    issued = ward.do(TranscribeOrders(ward.li, (_form(kind="stat", verbal="陈永康"),), alone="夜班一人"))
    assert "仅一人：夜班一人" in ward.ask(OrderDetail(issued[0].rid)).row.verbal
    with pytest.raises(Refusal, match="仅限抢救"):
        ward.do(TranscribeOrders(ward.li, (_form(verbal="陈永康"),), alone="夜班一人"))


def test_a_nurse_who_stops_names_the_doctor(ward: Ward) -> None:
    issued = ward.order("阿托伐他汀", "20")
    ward.become(Role.HEAD_NURSE)
    with pytest.raises(Refusal) as refused:
        ward.do(StopOrder(Seen(issued.rid, 2), "肌痛"))
    assert refused.value.field == "doctor_name"
    ward.do(StopOrder(Seen(issued.rid, 2), "肌痛", doctor_name="陈永康"))
    row = ward.ask(OrderDetail(issued.rid)).row
    assert row.standing is Standing.STOPPED
    assert row.ended_why == "肌痛（陈永康医嘱）"


def test_another_dose_is_another_order_and_the_old_one_names_it(ward: Ward) -> None:
    issued = ward.order("阿托伐他汀", "20")
    ward.become(Role.DOCTOR)
    fresh = ward.do(
        ReplaceOrder(Seen(issued.rid, 2), _form(amount="40"), "血脂未达标", ward.proof(Role.DOCTOR))
    )
    orders = ward.ask(OrdersOf(ward.li))
    assert [one.dose for one in orders.long] == ["40 mg"]
    assert orders.over[0].ended_why == f"改为 {fresh.number}：血脂未达标"
    assert ward.ask(OrderDetail(fresh.rid)).before.startswith(issued.number)
    assert ward.ask(OrderDetail(issued.rid)).after.startswith(fresh.number)


def test_what_has_come_to_its_end_is_neither_stopped_nor_changed(ward: Ward) -> None:
    issued = ward.order("阿托伐他汀", "20", days="2")
    ward.put(6, 0, DAY + timedelta(days=3))
    ward.become(Role.DOCTOR)
    with pytest.raises(Refusal, match="已到停止时间"):
        ward.do(StopOrder(Seen(issued.rid, 2), "停"))
    with pytest.raises(Refusal, match="已到停止时间"):
        ward.do(ReplaceOrder(Seen(issued.rid, 2), _form(), "改", ward.proof(Role.DOCTOR)))


def test_ordered_after_its_time_an_order_begins_with_the_next_dose(ward: Ward) -> None:
    ward.put(9)
    turn = OrderForm(drug("阿托伐他汀").code, {"way": "turn", "amounts": ("20", "10")}, frequency="qod")
    row = ward.ask(OrderPreview(turn))
    tomorrow = DAY + timedelta(days=1)
    assert row.firsts[:2] == (at(8, 0, tomorrow), at(8, 0, tomorrow + timedelta(days=2)))
    ward.issue(turn)
    assert [one.dose for one in ward.slots(tomorrow)] == ["20 mg"]
    assert ward.slots(DAY) == ()


def test_a_course_of_days_is_so_many_days_of_doses(ward: Ward) -> None:
    ward.put(9)
    ward.order("阿托伐他汀", "20", days="3")
    days = [DAY + timedelta(days=step) for step in range(6)]
    assert [len(ward.slots(day)) for day in days] == [0, 1, 1, 1, 0, 0]


def test_a_fortnightly_order_begins_with_the_next_of_its_weekdays(ward: Ward) -> None:
    assert DAY.isoweekday() == 2
    row = ward.ask(OrderPreview(_form(frequency="q2w", weekdays=("1",))))
    monday = DAY + timedelta(days=6)
    assert row.firsts[:2] == (at(8, 0, monday), at(8, 0, monday + timedelta(days=14)))


def test_the_first_day_may_get_fewer_doses(ward: Ward) -> None:
    ward.put(9)
    row = ward.ask(OrderPreview(_form(frequency="tid", first_count=1)))
    assert row.firsts[:2] == (at(17, 30), at(8, 0, DAY + timedelta(days=1)))


def test_the_institution_says_at_which_times_new_orders_run(ward: Ward) -> None:
    before = ward.order("阿托伐他汀", "20", "bid")
    ward.become(Role.NURSE)
    with pytest.raises(Refusal, match="权限"):
        ward.do(ChangeOrderTimes({"bid": "7:30 16:00"}))
    ward.become(Role.HEAD_NURSE)
    with pytest.raises(Refusal) as refused:
        ward.do(ChangeOrderTimes({"bid": "7:30"}))
    assert refused.value.field == "bid"
    settings = ward.do(ChangeOrderTimes({"bid": "7:30 16:00"}))
    assert settings.order_times == {"bid": ["07:30", "16:00"]}
    desk = ward.station.desk
    desk.surroundings = replace(desk.surroundings, settings=settings)
    ward.order("氨氯地平", "5", "bid")
    long = ward.ask(OrdersOf(ward.li)).long
    assert [one.when for one in long] == ["每日两次 08:00 17:30", "每日两次 07:30 16:00"]
    assert long[0].number == before.number


def test_lists_say_kinds_words_and_limits(ward: Ward) -> None:
    ward.issue(
        _form("对乙酰氨基酚", "0.5", kind="prn", prn=Prn("疼痛", 360, 4)),
        _form("氨氯地平", "5"),
        _form("阿托伐他汀", "20", kind="once"),
    )
    orders = ward.ask(OrdersOf(ward.li, over=False))
    assert orders.needed[0].when == "必要时 间隔≥6小时 24小时最多4次"
    assert orders.needed[0].indication == "疼痛"
    assert orders.long[0].asks == "5 mg（1 片）　口服　每日一次 08:00"
    assert orders.once[0].when == "一次"


def test_a_course_that_ends_within_a_week_is_on_the_list(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20", days="5")
    ward.order("氨氯地平", "5", days="30")
    assert [one.words[:5] for one in ward.ask(OrderWork()).ending] == ["阿托伐他汀"]


def test_nobody_but_a_doctor_signs(ward: Ward) -> None:
    ward.become(Role.DOCTOR)
    with pytest.raises(Refusal, match="不是医师"):
        ward.do(IssueOrders(ward.li, (_form(),), ward.proof(Role.NURSE)))
