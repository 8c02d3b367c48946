"""A medicine that was stopped and still works is told: in the list, in the texts, to the criteria."""

from __future__ import annotations

from datetime import timedelta

from app.core.roles import Role
from app.incidents.rules import Report
from app.incidents.service import ReportIncident
from app.medication.orders.moving import StopOrder
from app.referrals.filling import Filled, FillReferral
from app.residents.stating import Seen
from tests.app.medication.house import DAY, Ward
from tests.app.referrals.charts import visit
from tests.app.referrals.house import Desk, at


def stopped(desk: Desk, name: str = "华法林", amount: str = "2.5") -> Ward:
    """Given at 08:00, stopped at 08:30 by the doctor; the nurse is at the desk at 09:00."""
    ward = Ward(desk.home)
    desk.put(5)
    order = ward.order(name, amount)
    desk.become(Role.NURSE)
    visit(desk, 7, 46)
    desk.put(8)
    slot = ward.slot("08:00", name)
    if name == "华法林":
        ward.give(slot, check="key", second=ward.proof(Role.HEAD_NURSE))
    else:
        ward.give_all(slot)
    desk.become(Role.DOCTOR)
    desk.put(8, 30)
    desk.do(StopOrder(Seen(order.rid, 2), "INR 4.2"))
    desk.become(Role.NURSE)
    desk.put(9)
    return ward


def filled(desk: Desk) -> Filled:
    found: Filled = desk.ask(FillReferral(desk.li))
    return found


def test_an_anticoagulant_stopped_an_hour_ago_stands_in_the_list_and_the_hand_over(desk: Desk) -> None:
    stopped(desk)
    one = filled(desk)
    (medicine,) = one.medicines
    assert (medicine.over, medicine.frequency, medicine.times) == (True, "已停（08:30）", ())
    assert medicine.last.startswith("08:00")
    assert medicine.is_("anticoagulant")
    assert "近期停用：华法林" in one.sbar["B"]
    assert "已停（08:30），末次 08:00" in one.sbar["B"]
    assert "没有在用的药" in one.sbar["B"]
    assert "近期停用：华法林" in one.texts["past"]
    assert "在用：" not in one.texts["past"]


def test_its_flag_reaches_the_criteria(desk: Desk) -> None:
    stopped(desk)
    desk.do(ReportIncident(Report("fall", at(8, 50), desk.li, "房间", "滑倒", "mild", done="冰敷")))
    one = next(one for one in filled(desk).criteria if one.code == "head_injury")
    assert one.met
    assert "近期停用华法林" in one.told


def test_it_is_told_as_long_as_the_data_says(desk: Desk) -> None:
    stopped(desk)
    desk.put(7, 59, DAY + timedelta(days=3))
    assert len(filled(desk).medicines) == 1
    desk.put(8, 1, DAY + timedelta(days=3))
    assert not filled(desk).medicines


def test_one_without_a_flag_is_told_for_two_days(desk: Desk) -> None:
    stopped(desk, "氨氯地平", "5")
    assert [one.over for one in filled(desk).medicines] == [True]
    desk.put(8, 1, DAY + timedelta(days=2))
    assert not filled(desk).medicines


def test_nothing_of_it_goes_along(desk: Desk) -> None:
    stopped(desk)
    assert "用药清单" not in filled(desk).belongings
