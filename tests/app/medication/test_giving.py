"""Giving: one key for what needs no prompt, an answer for each that does, and one outcome for every slot."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.medication.giving import CloseDoses, Missed, TakeBackDoses
from app.medication.rules.slots import DoseState
from tests.app.medication.house import DAY, Ward, at

NEXT = DAY + timedelta(days=1)


def test_an_order_that_is_not_checked_is_not_given(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20", checked=False)
    ward.put(8, 10)
    slot = ward.slot("08:00")
    assert slot.state is DoseState.DUE
    with pytest.raises(Refusal, match="还没有核对"):
        ward.give(slot)


def test_one_key_gives_what_needs_no_prompt_and_leaves_the_rest(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.order("氨氯地平", "5")
    ward.put(8, 10)
    given = ward.give_all(*ward.slots())
    assert len(given.seen) == 1
    assert [one.prompts[0].what for one in given.left] == ["measure"]
    ward.measure("blood_pressure", "96/58")
    assert ward.slot("08:00", "氨氯地平").holds
    ward.not_given(ward.slot("08:00", "氨氯地平"), 8)
    row = ward.slot("08:00", "氨氯地平")
    assert row.state is DoseState.HELD
    assert row.recorded is not None
    assert row.recorded.letter == "H"


def test_a_second_record_of_a_slot_is_refused_and_says_who_made_the_first(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8, 10)
    slot = ward.slot("08:00")
    ward.give(slot)
    ward.become(Role.HEAD_NURSE)
    with pytest.raises(Refusal, match="已由林晓燕在 11-24 08:10 记为“已给药”"):
        ward.give(slot)


def test_a_dose_taken_back_leaves_its_slot_blank_and_can_be_given_again(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8, 10)
    seen = ward.give(ward.slot("08:00"))
    assert ward.do(TakeBackDoses((seen,))) == 1
    assert ward.slot("08:00").state is DoseState.DUE
    again = ward.give(ward.slot("08:00"))
    assert again.rid == seen.rid
    assert again.revision == 3


def test_late_needs_a_reason(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(9, 30)
    slot = ward.slot("08:00")
    assert slot.state is DoseState.OVERDUE
    with pytest.raises(Refusal, match="迟给原因"):
        ward.give(slot)
    ward.give(slot, late="外出检查")


def test_insulin_needs_a_second_person_or_why_there_is_none(ward: Ward) -> None:
    ward.order("门冬胰岛素", "6")
    ward.put(7, 50)
    ward.measure("glucose", "8.9")
    slot = ward.slot("08:00")
    with pytest.raises(Refusal, match="第二人"):
        ward.give(slot)
    with pytest.raises(Refusal, match="另一位"):
        ward.give(slot, second=ward.proof(Role.NURSE))
    ward.give(slot, second=ward.proof(Role.HEAD_NURSE), site="腹部左下")
    recorded = ward.slot("08:00").recorded
    assert recorded is not None
    assert recorded.second == "周敏"


def test_a_shift_is_closed_when_every_blank_is_said_to_be_missed(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8, 30)
    sheet = ward.board()
    assert sheet.floor is not None
    with pytest.raises(Refusal, match="没过时间"):
        ward.do(CloseDoses(sheet.floor, "day", DAY))
    ward.put(15)
    with pytest.raises(Refusal, match="没有说明原因"):
        ward.do(CloseDoses(sheet.floor, "day", DAY))
    assert ward.do(CloseDoses(sheet.floor, "day", DAY, (Missed(ward.slot("08:00").key, "忙未顾上"),))) == 1
    assert ward.slot("08:00").state is DoseState.MISSED


def test_who_comes_back_inside_the_window_gets_the_dose_then(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.away("leave", at(7, 30), at(8, 30))
    ward.put(8, 31)
    assert ward.slot("08:00").state is DoseState.DUE
    ward.away("leave", at(8, 40))
    ward.put(9, 0, NEXT)
    assert ward.slot("08:00", day=NEXT).state is DoseState.AWAY


def test_a_high_alert_medicine_taken_with_a_meal_asks_once_for_both(ward: Ward) -> None:
    ward.order("二甲双胍", "0.5", "bid", unit="g")
    ward.put(8, 10)
    slot = ward.slot("08:00")
    assert [one.what for one in slot.prompts] == ["self_check"]
    assert "已进餐" in slot.prompts[0].words
    assert ward.give_all(slot).seen == ()
    ward.give(slot, check="key")
    assert ward.slot("08:00").state is DoseState.GIVEN


def test_nobody_gives_to_somebody_who_has_just_left_the_house(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8, 20)
    ward.away("leave", at(8, 10))
    slot = ward.slot("08:00")
    assert (
        slot.state is DoseState.DUE
    )  # it was due before the resident left: somebody has to say what happened
    assert ward.give_all(slot).seen == ()
    with pytest.raises(Refusal, match="老人请假外出，不在院内"):
        ward.give(slot)
    ward.not_given(slot, 2)
    assert ward.slot("08:00").state is DoseState.AWAY


def test_what_was_missed_while_away_is_given_after_the_return_with_a_reason(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.away("leave", at(7, 30), at(10))
    ward.put(10, 5)
    slot = ward.slot("08:00")
    assert slot.state is DoseState.AWAY
    with pytest.raises(Refusal, match="迟给原因"):
        ward.give(slot)
    ward.give(slot, late="10:00 返院，医生同意补服")
    assert ward.slot("08:00").state is DoseState.GIVEN


def test_a_second_person_who_was_not_asked_for_is_kept_all_the_same(ward: Ward) -> None:
    ward.order("艾司唑仑", "1", "qn", unit="mg", days="7")
    ward.put(21, 5)
    ward.measure("respiration", "16")
    ward.give(ward.slot("21:00"), check="key", second=ward.proof(Role.HEAD_NURSE))
    recorded = ward.slot("21:00").recorded
    assert recorded is not None
    assert recorded.second == "周敏"


def test_a_scale_says_how_much_and_when_nothing_is_given(ward: Ward) -> None:
    bands = [{"below": "8", "amount": "0"}, {"below": "12", "amount": "4"}, {"amount": "call"}]
    ward.order("门冬胰岛素", "", dosing={"way": "scale", "bands": bands}, unit="U")
    ward.put(7, 50)
    assert {one.what for one in ward.slot("08:00").prompts} >= {"scale"}
    ward.measure("glucose", "9.2")
    assert ward.slot("08:00").dose == "4 U"
    ward.measure("glucose", "6.1")
    slot = ward.slot("08:00")
    assert slot.holds
    with pytest.raises(Refusal, match="这一次不用药"):
        ward.give(slot, second=ward.proof(Role.HEAD_NURSE))
    ward.not_given(slot, 8)
    assert ward.slot("08:00").state is DoseState.HELD


def test_a_scale_that_calls_the_doctor_is_not_given(ward: Ward) -> None:
    bands = [{"below": "8", "amount": "0"}, {"below": "12", "amount": "4"}, {"amount": "call"}]
    ward.order("门冬胰岛素", "", dosing={"way": "scale", "bands": bands}, unit="U")
    ward.put(7, 50)
    ward.measure("glucose", "18.4")
    with pytest.raises(Refusal, match="报告医生"):
        ward.give(ward.slot("08:00"), amount="4", second=ward.proof(Role.HEAD_NURSE))
