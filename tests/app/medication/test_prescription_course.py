"""How prescriptions go on: renewed and reminded of, fetched early, taken back, looked at anew; what forms say."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.medication.orders import StopOrder
from app.medication.prescriptions import (
    CountEnding,
    EndPrescription,
    FreeList,
    HandOut,
    LongCandidates,
    RxBoard,
    StartRx,
)
from app.medication.prescriptions.form import values_again
from app.medication.prescriptions.policy import most_items
from app.residents.stating import Seen
from app.residents.stays import Discharge, EndForm
from tests.app.medication.house import DAY, Ward
from tests.ui.medication.rx_room import entitle, extended, free, long, papers, state


def test_what_was_renewed_is_not_reminded_of(ward: Ward) -> None:
    issued = ward.order("氨氯地平", "5")
    long(ward, issued.rid)
    ward.put(9, day=DAY + timedelta(days=22))
    (row,) = ward.ask(RxBoard()).ending
    assert ward.ask(CountEnding()) == 1
    again = values_again(row, DAY + timedelta(days=22))
    assert again["begins"] == (DAY + timedelta(days=28)).isoformat()
    long(ward, issued.rid, begins=DAY + timedelta(days=28), seen_in_person=False)
    assert ward.ask(CountEnding()) == 0
    fresh, before = papers(ward, ward.li)
    assert (before.followed, fresh.followed) == (True, False)
    assert fresh.ends == DAY + timedelta(days=55)


def test_a_beginning_far_away_is_refused(ward: Ward) -> None:
    issued = ward.order("氨氯地平", "5")
    with pytest.raises(Refusal, match="开始日期"):
        long(ward, issued.rid, begins=DAY - timedelta(days=1))
    with pytest.raises(Refusal, match="开始日期"):
        long(ward, issued.rid, begins=DAY + timedelta(days=9))
    with pytest.raises(Refusal, match="下次评估"):
        long(ward, issued.rid, begins=DAY + timedelta(days=5), review_on=DAY)


def test_nobody_is_reminded_of_whoever_left(ward: Ward) -> None:
    issued = ward.order("氨氯地平", "5")
    long(ward, issued.rid, weeks=1)
    assert ward.ask(CountEnding()) == 1

    ward.become(Role.HEAD_NURSE)
    ward.do(Discharge(ward.li, EndForm("home")))
    assert ward.ask(CountEnding()) == 0


def test_a_prescription_has_five_medicines_at_most(ward: Ward) -> None:
    names = ("氨氯地平 5", "缬沙坦 80", "阿托伐他汀 20", "叶酸 5", "维生素B6 10", "二甲双胍 0.5")
    orders = [ward.order(*one.split()).rid for one in names]
    assert most_items() == 5
    with pytest.raises(Refusal, match="最多 5 种药，选了 6 种") as refused:
        long(ward, *orders)
    assert refused.value.field == "items"
    long(ward, *orders[:5])
    covered = {one.need.words: one.covered for one in ward.ask(LongCandidates(ward.li))}
    assert sum(day == DAY + timedelta(days=27) for day in covered.values()) == 5


def test_every_other_week_takes_half_as_much(ward: Ward) -> None:
    ward.order("氨氯地平", "5", "q2w", weekdays="1")
    (one,) = ward.ask(LongCandidates(ward.li, 28))
    assert one.need.units == "2"


def test_a_part_fetched_early_begins_when_the_one_before_is_used_up(ward: Ward) -> None:
    seen = extended(ward, ward.order("氨氯地平", "5").rid, times=3)
    ward.become(Role.NURSE)
    ward.put(9, day=DAY + timedelta(days=25))
    seen = ward.do(HandOut(seen, "女儿代取"))
    (row,) = papers(ward, ward.li)
    assert row.ends == DAY + timedelta(days=55)
    assert [one.note for one in row.handed] == ["", "女儿代取"]
    assert all(one.by for one in row.handed)
    ward.become(Role.DOCTOR)
    seen = ward.do(EndPrescription(seen, "改方"))
    ward.become(Role.NURSE)
    with pytest.raises(Refusal, match="已经结束，不能再领取"):
        ward.do(HandOut(seen))


def test_free_medicines_entered_in_error_leave_the_list_and_may_be_given_again(ward: Ward) -> None:
    state(ward, ward.li, "高血压病2级", "I10")
    entitle(ward, ward.li)
    seen = free(ward, "amlodipine-tab-5")
    ward.do(EndPrescription(seen, "登记错了人"))
    assert ward.ask(FreeList(DAY)).lines == ()
    free(ward, "amlodipine-tab-5")
    assert ward.ask(RxBoard()).free[0].signed_by == "李敏（女儿）"
    assert ward.ask(RxBoard(month=DAY - timedelta(days=40))).free == ()


@pytest.mark.parametrize(
    ("words", "said"),
    [("1型糖尿病", False), ("继发性高血压", False), ("糖尿病", True), ("高血压病3级", True)],
)
def test_a_disease_without_a_code_is_read_by_its_words(ward: Ward, words: str, said: bool) -> None:  # noqa: FBT001  # of the table above
    state(ward, ward.li, words)
    entitle(ward, ward.li)
    assert ward.ask(StartRx(ward.li)).eligible.yes is said


def test_a_stopped_order_asks_to_look_at_the_prescription_anew(ward: Ward) -> None:
    issued = ward.order("氨氯地平", "5")
    long(ward, issued.rid)
    ward.do(StopOrder(Seen(issued.rid, 2), "踝部水肿"))
    assert "的医嘱已停或已改，须重新评估" in papers(ward, ward.li)[0].again


def test_a_form_begins_with_the_last_two_values_of_each(ward: Ward) -> None:
    for hour, value in ((6, "140/82"), (7, "132/78"), (8, "128/76")):
        ward.put(hour)
        ward.measure("blood_pressure", value)
    ward.measure("glucose", "6.8")
    state(ward, ward.li, "高血压病2级", "I10")
    start = ward.ask(StartRx(ward.li))
    assert start.measured == "血压 11-24 132/78、11-24 128/76 mmHg；血糖 11-24 6.8 mmol/L"
    assert start.diagnoses == ("高血压病2级",)
