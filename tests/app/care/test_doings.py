"""What becomes of a slot is recorded once: by one key or one by one, in time, with a reason, and can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.care.queries import CareDue, DoingsOf
from app.care.rules import SlotState
from app.care.service import (
    CorrectDoing,
    Otherwise,
    RecordDoing,
    RecordMany,
    RetractDoing,
    TakeBackDoings,
)
from app.core.errors import Refusal
from app.core.ids import named
from app.core.roles import Role
from app.core.unit import Unit
from app.residents.stating import Seen
from db.models import CareDoing
from tests.app.care.house import DAY, Home, at
from tests.support.acts import Act, count, rows
from tests.support.station import become


@pytest.fixture
def planned(home_of_two: Home) -> Home:
    """喂水 at 09:30, 14:30 and 20:00; 翻身 at 08:00 and 10:00; 导尿管护理, a nurse's, at 09:00."""
    home_of_two.plan("喂水", "9:30 14:30 20:00")
    home_of_two.plan("翻身", "8:00 10:00")
    home_of_two.plan("导尿管护理", "9:00", role="nurse")
    return home_of_two


def test_a_slot_is_planned_then_due_then_unrecorded(planned: Home) -> None:
    states = []
    for hour, minute in ((8, 29), (8, 30), (10, 30), (10, 31)):
        planned.put(hour, minute)
        states.append(planned.slot("09:30 喂水").state)
    assert states == [SlotState.PLANNED, SlotState.DUE, SlotState.DUE, SlotState.OVERDUE]
    planned.put(8, 31)
    assert planned.slot("08:00 翻身").state is SlotState.OVERDUE  # turning has a narrower window


def test_a_caregiver_records_and_two_stations_would_name_it_alike(planned: Home) -> None:
    planned.put(9, 20)
    become(planned.station, Role.CAREGIVER)
    slot = planned.slot("09:30 喂水")
    seen = planned.station.desk.do_now(RecordDoing(*slot.key))
    institution = planned.station.settings.institution_id
    assert seen == Seen(named(institution, "care_doing", str(slot.task), "2026-11-24", "09:30"), 1)
    after = planned.slot("09:30 喂水")
    assert (after.state, after.by, after.done_at, after.late) == (SlotState.DONE, "马丽", at(9, 20), False)
    assert rows(planned.station, "select act from audit where kind = 'care_doing'") == [("record_doing",)]


def test_a_second_record_of_a_slot_is_refused_naming_who_made_the_first(planned: Home) -> None:
    planned.put(9, 20)
    become(planned.station, Role.CAREGIVER)
    slot = planned.slot("09:30 喂水")
    planned.station.desk.do_now(RecordDoing(*slot.key, "refused", "unwilling"))
    become(planned.station, Role.NURSE)
    with pytest.raises(Refusal, match="09:30 喂水 已由马丽在 11-24 09:20 记为“拒绝：不愿意”"):
        planned.station.desk.do_now(RecordDoing(*slot.key))
    assert count(planned.station, "care_doing") == 1


@pytest.mark.parametrize(
    ("title", "outcome", "why", "said"),
    [
        ("09:30 喂水", "refused", "", "请选择原因"),
        ("09:30 喂水", "refused", "hands", "请选择原因"),
        ("09:30 喂水", "not_done", "other", "请写明原因"),
        ("08:00 翻身", "refused", "unwilling", "“翻身”不能记拒绝"),
        ("09:30 喂水", "eaten", "", "没有这个结果"),
        ("14:30 喂水", "done", "", "还没到时间，13:30 起可以记录"),
        ("09:00 导尿管护理", "done", "", "“导尿管护理”由护士记录"),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_words(
    planned: Home, title: str, outcome: str, why: str, said: str
) -> None:
    planned.put(9, 0)
    become(planned.station, Role.CAREGIVER)
    slot = planned.slot(title)
    with pytest.raises(Refusal, match=said):
        planned.station.desk.do_now(RecordDoing(*slot.key, outcome, why))
    assert count(planned.station, "care_doing") == 0


def test_one_key_records_all_that_waits_and_leaves_the_nurses_task(planned: Home) -> None:
    planned.put(9, 40)
    become(planned.station, Role.CAREGIVER)
    recorded = planned.station.desk.do_now(RecordMany((planned.li,), DAY, "day"))
    assert (len(recorded.seen), recorded.left) == (3, ("09:00 导尿管护理",))
    assert planned.slot("08:00 翻身").done_at == at(8)  # unrecorded by then: at its own time
    assert planned.slot("09:30 喂水").done_at == at(9, 40)
    with pytest.raises(Refusal, match="剩下的由护士记录：09:00 导尿管护理"):
        planned.station.desk.do_now(RecordMany((planned.li,), DAY, "day"))
    become(planned.station, Role.NURSE)
    planned.station.desk.do_now(RecordMany((planned.li,), DAY, "day"))
    with pytest.raises(Refusal, match="现在没有该做的。下一项：14:30 喂水，13:30 起可以记录"):
        planned.station.desk.do_now(RecordMany((planned.li,), DAY, "day"))


def test_one_order_takes_many_residents_with_what_went_otherwise(planned: Home) -> None:
    planned.plan("喂水", "9:30", planned.wang)
    planned.put(9, 40)
    water = planned.slot("09:30 喂水")
    otherwise = (Otherwise(*water.key, "partly", "unwilling", "只喝了半杯"),)
    left = (planned.slot("10:00 翻身").key,)
    order = RecordMany((planned.li, planned.wang), DAY, "day", otherwise, left)
    assert len(planned.station.desk.do_now(order).seen) == 4
    assert (planned.slot("09:30 喂水").words, planned.slot("09:30 喂水").why) == (
        "部分完成",
        "不愿意（只喝了半杯）",
    )
    assert planned.slot("10:00 翻身").state is SlotState.DUE


def test_what_one_key_wrote_is_taken_back_and_can_be_recorded_again(planned: Home) -> None:
    planned.put(9, 40)
    recorded = planned.station.desk.do_now(RecordMany((planned.li,), DAY, "day"))
    assert planned.station.desk.do_now(TakeBackDoings(recorded.seen)) == 4
    assert planned.slot("09:30 喂水").state is SlotState.DUE
    planned.station.desk.do_now(RecordDoing(*planned.slot("09:30 喂水").key, "refused", "asleep"))
    assert rows(
        planned.station,
        "select revision, state, outcome, current from care_doing where slot = '09:30' order by revision",
    ) == [(1, "signed", "done", 0), (2, "retracted", "done", 0), (3, "signed", "refused", 1)]


def test_taking_back_is_for_the_one_who_recorded_and_for_ten_minutes(planned: Home) -> None:
    planned.put(9, 40)
    recorded = planned.station.desk.do_now(RecordMany((planned.li,), DAY, "day"))
    become(planned.station, Role.CAREGIVER)
    with pytest.raises(Refusal, match="只有记录的人可以撤销"):
        planned.station.desk.do_now(TakeBackDoings(recorded.seen))
    become(planned.station, Role.HEAD_NURSE)
    planned.put(9, 51)
    with pytest.raises(Refusal, match="已超过 10 分钟"):
        planned.station.desk.do_now(TakeBackDoings(recorded.seen))


def test_a_record_is_corrected_with_a_reason_by_its_author_or_a_head_nurse(planned: Home) -> None:
    planned.put(9, 40)
    become(planned.station, Role.CAREGIVER)
    seen = planned.station.desk.do_now(RecordDoing(*planned.slot("09:30 喂水").key))
    with pytest.raises(Refusal, match="请选择原因"):
        planned.station.desk.do_now(CorrectDoing(seen, "refused", "", "unwilling"))
    again = planned.station.desk.do_now(CorrectDoing(seen, "refused", "笔误", "unwilling"))
    assert again.revision == 2
    become(planned.station, Role.NURSE)
    with pytest.raises(Refusal, match="没有“更正已签名的记录”的权限"):
        planned.station.desk.do_now(CorrectDoing(again, "done", "笔误"))
    become(planned.station, Role.HEAD_NURSE)
    with pytest.raises(Refusal, match="刚被马丽改过"):
        planned.station.desk.do_now(CorrectDoing(seen, "done", "笔误"))
    planned.station.desk.do_now(RetractDoing(again, "记错人"))
    assert planned.slot("09:30 喂水").state is SlotState.DUE
    reasons = rows(planned.station, "select reason from care_doing order by revision")
    assert reasons == [(None,), ("笔误",), ("误录：记错人",)]


def test_what_is_recorded_after_its_shift_is_marked_and_after_a_day_refused(planned: Home) -> None:
    planned.put(17, 0)
    planned.station.desk.do_now(RecordDoing(*planned.slot("09:30 喂水", DAY, "day").key))
    assert planned.slot("09:30 喂水", DAY, "day").late
    planned.put(24 + 12)
    with pytest.raises(Refusal, match="结束本班"):
        planned.station.desk.do_now(RecordDoing(*planned.slot("10:00 翻身", DAY, "day").key))
    planned.put(48)
    with pytest.raises(Refusal, match="结束本班"):
        planned.station.desk.do_now(RecordMany((planned.li,), DAY, "day"))


def test_two_stations_records_of_one_slot_both_stay_until_somebody_decides(planned: Home) -> None:
    planned.put(9, 40)
    slot = planned.slot("09:30 喂水")
    seen = planned.station.desk.do_now(RecordDoing(*slot.key))

    def from_elsewhere(unit: Unit) -> None:
        content = {**unit.stamp(rid=seen.rid), "station": "02"}
        place = {"task": slot.task, "resident": planned.li, "service_date": DAY, "slot": slot.slot}
        unit.session.add(CareDoing(**content, **place, revision=1, outcome="refused", why="asleep"))  # type: ignore[arg-type]  # the other station's row

    planned.put(9, 45)
    planned.station.desk.do_now(Act(from_elsewhere))
    both = planned.slot("09:30 喂水")
    assert (both.twice, both.words) == (True, "拒绝")
    planned.station.desk.do_now(CorrectDoing(seen, "done", "笔误"))
    decided = planned.slot("09:30 喂水")
    assert (decided.twice, decided.words) == (False, "已做")
    assert count(planned.station, "care_doing") == 3


def test_a_time_that_cannot_be_is_refused_beside_its_field(planned: Home) -> None:
    planned.put(9, 40)
    slot = planned.slot("09:30 喂水")
    for wrong in (at(9, 41), at(8, 0)):
        with pytest.raises(Refusal) as refusal:
            planned.station.desk.do_now(RecordDoing(*slot.key, at=wrong))
        assert refusal.value.field == "at"
    planned.station.desk.do_now(RecordDoing(*slot.key, at=at(9, 25)))
    assert planned.slot("09:30 喂水").done_at == at(9, 25)


def test_whoever_may_not_record_is_told_who_may(planned: Home) -> None:
    planned.put(9, 40)
    slot = planned.slot("09:30 喂水")
    become(planned.station, Role.MANAGER)
    with pytest.raises(Refusal, match="没有“记录照护执行”的权限"):
        planned.station.desk.do_now(RecordDoing(*slot.key))


def test_what_is_due_is_counted_by_floor(planned: Home) -> None:
    planned.put(9, 40)
    (floor,) = planned.station.desk.ask_now(CareDue())
    assert (floor.words, floor.due, floor.overdue, floor.slots) == ("2号楼 3层", 3, 1, 5)


def test_the_doings_of_some_days_stand_in_the_order_of_time(planned: Home) -> None:
    planned.put(24 + 9)
    whole = planned.station.desk.ask_now(DoingsOf(planned.li, DAY, DAY + timedelta(days=1)))
    assert [one.day for one in whole] == [DAY] * 6 + [DAY + timedelta(days=1)] * 6
    assert [one.title for one in whole[:3]] == ["08:00 翻身", "09:00 导尿管护理", "09:30 喂水"]
