"""Nothing ends as unknown: who is away, who has left, what stays blank, and the shift that is closed over it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.care.queries import happened
from app.care.rules import SlotState
from app.care.service import Blank, CloseShift, RecordDoing, RecordMany
from app.core.errors import Refusal
from app.core.happened import Happened
from app.core.roles import Role
from app.core.unit import Unit
from app.residents.places.moving import revise_stay
from app.residents.search_row import current_stay
from db.models import Stay
from tests.app.care.house import DAY, Home, at
from tests.support.acts import Act, Look, rows
from tests.support.station import become

TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def planned(home_of_two: Home) -> Home:
    """翻身 at 22:00, 24:00, 02:00 and 00:30; 安全巡视 once in each shift."""
    home_of_two.plan("翻身", "22:00 24:00 2:00 0:30")
    home_of_two.plan("安全巡视", "每班")
    return home_of_two


def _end_stay(home: Home) -> None:
    def end(unit: Unit) -> None:
        stay = current_stay(unit, home.li)
        assert stay is not None
        stay.current = False
        unit.session.flush()
        unit.session.add(
            Stay(
                **unit.stamp(rid=stay.rid, reason="退住"),
                revision=2,
                resident=home.li,
                begins=stay.begins,
                ends=unit.today,
                bed=stay.bed,
                status="ended",
                state="corrected",
            )
        )

    home.station.desk.do_now(Act(end))


def test_the_night_shift_holds_2400_of_its_date_and_the_next_mornings_times(planned: Home) -> None:
    planned.put(23, 30)
    assert planned.board().shift.key == "night"
    assert [(one.day, one.title) for one in planned.slots()] == [
        (DAY, "安全巡视"),
        (DAY, "24:00 翻身"),
        (TOMORROW, "00:30 翻身"),
        (TOMORROW, "02:00 翻身"),
    ]
    planned.put(24 + 1)
    assert planned.board().day == DAY
    recorded = planned.station.desk.do_now(RecordMany((planned.li,), DAY, "night"))
    assert len(recorded.seen) == 4
    assert rows(
        planned.station, "select service_date, slot, at % 86400000 from care_doing order by at, slot"
    )[0] == ("2026-11-24", "24:00", 16 * 3_600_000)  # its own time: 00:00 here is 16:00 UTC


def test_who_is_away_is_not_due_and_comes_back_to_what_is_left(planned: Home) -> None:
    planned.away("leave", at(21), at(0, 10, TOMORROW))
    planned.put(24 + 1)
    states = {one.title: (one.state, one.words) for one in planned.slots()}
    assert states["24:00 翻身"] == (SlotState.AWAY, "外出")
    assert states["00:30 翻身"][0] is SlotState.DUE
    assert states["安全巡视"][0] is SlotState.DUE  # back before the shift was over
    assert planned.slot("22:00 翻身", DAY, "evening").words == "外出"


def test_in_hospital_until_further_notice_nothing_is_due(planned: Home) -> None:
    planned.away("hospital", at(20))
    planned.put(24 + 1)
    assert {one.words for one in planned.slots()} == {"住院"}
    with pytest.raises(Refusal, match="外出期间不用记录"):
        planned.station.desk.do_now(RecordMany((planned.li,), DAY, "night"))


def test_an_ended_stay_has_no_slots_but_what_was_due_before_wants_its_word(planned: Home) -> None:
    planned.put(22, 20)
    _end_stay(planned)
    planned.put(24 + 8)
    assert planned.slots(DAY, "night") == ()
    assert [one.title for one in planned.slots(DAY, "evening")] == ["安全巡视", "22:00 翻身"]
    assert planned.slots(TOMORROW, "day") == ()


def test_a_move_keeps_the_plan(planned: Home) -> None:
    def move(unit: Unit) -> None:
        stay = current_stay(unit, planned.li)
        assert stay is not None
        revise_stay(unit, stay, (stay.begins, None), "其他：换床")

    planned.station.desk.do_now(Act(move))
    planned.put(23, 30)
    board = planned.board()
    assert [one.words for one in board.floors] == ["2号楼 3层", "未安排床位"]


def test_a_shift_is_not_closed_over_blanks_or_before_its_time(planned: Home) -> None:
    planned.put(23, 30)
    floor = planned.board().floor
    assert floor is not None
    close = planned.station.desk.do_now
    with pytest.raises(Refusal, match="还有 1 项没到时间，01:00 以后再结束本班"):
        close(CloseShift(floor, "night", DAY))
    planned.put(24 + 6, 50)
    with pytest.raises(Refusal, match=r"还有 4 项没有说明原因（李桂兰）"):
        close(CloseShift(floor, "night", DAY))
    slots = planned.slots(DAY, "night")
    half = tuple(Blank(*one.key, "forgotten") for one in slots[:2])
    with pytest.raises(Refusal, match="还有 2 项没有说明原因"):
        close(CloseShift(floor, "night", DAY, half))
    wrong = tuple(Blank(*one.key, "unwilling") for one in slots)
    with pytest.raises(Refusal, match="请选择原因"):
        close(CloseShift(floor, "night", DAY, wrong))
    assert rows(planned.station, "select count(*) from care_doing") == [(0,)]


def test_who_closes_the_shift_is_the_author_of_what_was_not_done(planned: Home) -> None:
    planned.put(24 + 1)
    planned.station.desk.do_now(RecordDoing(*planned.slot("24:00 翻身").key))
    board = planned.board()
    planned.put(24 + 9)
    assert [(one.day, one.shift.key, one.blanks) for one in planned.board().unsettled or ()] == [
        (DAY, "night", 3),
        (DAY, "evening", 2),
        (DAY, "day", 1),
    ]
    become(planned.station, Role.CAREGIVER)
    blanks = tuple(Blank(*one.key, "hands") for one in board.slots)
    assert board.floor is not None
    assert planned.station.desk.do_now(CloseShift(board.floor, "night", DAY, blanks)) == 3
    after = {one.title: (one.words, one.why, one.by) for one in planned.slots(DAY, "night")}
    assert after["24:00 翻身"] == ("已做", "", "周敏")  # recorded before, and stays so
    assert after["02:00 翻身"] == ("未做", "人手不够", "马丽")
    assert [one.shift.key for one in planned.board().unsettled or ()] == ["evening", "day"]
    assert rows(planned.station, "select reason from audit where act = 'close_shift' and record is null") == [
        ("2026-11-24 大夜班",)
    ]


def test_the_timeline_tells_exceptions_one_by_one_and_the_rest_by_shift(planned: Home) -> None:
    planned.put(24 + 1)
    planned.station.desk.do_now(RecordDoing(*planned.slot("24:00 翻身").key))
    planned.station.desk.do_now(RecordDoing(*planned.slot("00:30 翻身").key, "not_done", "asleep"))

    def tell(since: int, until: int) -> list[Happened]:
        look = Look(lambda reader: list(happened(reader, planned.li, at(since), at(until, 0, TOMORROW))))
        found: list[Happened] = planned.station.desk.ask_now(look)
        return found

    lines = {one.title: one for one in tell(0, 23)}
    assert lines["大夜班照护完成 1 项"].words == "翻身"
    assert (lines["00:30 翻身：未做"].words, lines["00:30 翻身：未做"].tone) == ("睡着了", "orange")
    assert lines["照护计划添加：翻身"].by == "周敏"
    assert {one.sort for one in lines.values()} == {"照护"}
    assert len(tell(7, 0)) == 0
