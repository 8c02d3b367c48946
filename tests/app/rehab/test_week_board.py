"""The week board: rows and loads, groups as one, what is in red with a way out, what is still to be put on it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.rehab.derived import booking_rid
from app.rehab.planning import PlaceItem
from app.rehab.queries.placing_conflicts import PlacingConflicts
from app.rehab.queries.week import WeekBoard
from app.rehab.queries.week_rows import BoardRow, Week
from app.rehab.queries.week_unplaced import ProgrammeLines
from app.rehab.rules.sessions import SessionState
from app.rehab.scheduling import MoveSession, NotThere
from app.residents.stating import Seen
from db.models import RehabBooking
from tests.app.rehab.house import DAY, Gym, at
from tests.support.acts import Act

MONDAY = DAY - timedelta(days=1)
FRIDAY = DAY + timedelta(days=3)


def _row(week: Week, name: str) -> BoardRow:
    return next(row for row in week.rows if row.name == name)


def _told(row: BoardRow) -> list[list[str]]:
    return [[f"{one.time} {one.residents}" for one in cell.sessions] for cell in row.cells]


def test_rows_are_therapists_by_discipline_with_their_load(gym: Gym) -> None:
    gym.plan()
    week = gym.ask(WeekBoard())
    assert (week.monday, week.today, week.days[6]) == (MONDAY, DAY, MONDAY + timedelta(days=6))
    assert [row.name for row in week.rows] == ["林海涛", "何静", "苏婉", "丁一鸣"]
    lin = _row(week, "林海涛")
    assert (lin.under, lin.load, lin.most) == ("PT 运动", 3, 24)
    assert _told(lin) == [[], ["09:00 李桂兰"], [], ["09:00 李桂兰"], ["09:00 李桂兰"], [], []]
    assert week.sums == (0, 1, 0, 1, 1, 0, 0)
    assert _row(week, "何静").under == "本周没有训练"


def test_rows_are_residents_with_what_they_are_to_get(gym: Gym) -> None:
    gym.plan(gym.item(per_week=5))
    week = gym.ask(WeekBoard(by="resident"))
    (row,) = week.rows
    assert (row.name, row.under, row.load, row.most) == ("李桂兰", "脑卒中后左侧偏瘫", 3, 5)
    (line,) = week.unplaced
    assert (line.missing, line.week) == (2, ("2 09:00", "4 09:00", "5 09:00"))


def test_a_discipline_can_be_shown_alone(gym: Gym) -> None:
    gym.plan(
        gym.item(),
        gym.item(
            code="feeding", words="进食", discipline="ot", week=("3 14:00",), therapist=gym.staff["苏婉"]
        ),
    )
    week = gym.ask(WeekBoard(only=("ot",)))
    assert [row.name for row in week.rows] == ["苏婉"]
    assert week.disciplines == ("pt", "ot")


def test_a_group_is_one_session_for_its_therapist(gym: Gym) -> None:
    gym.plan(gym.item(together="八段锦小组"))
    gym.plan(gym.item(together="八段锦小组"), resident=gym.wang)
    lin = _row(gym.ask(WeekBoard()), "林海涛")
    assert _told(lin)[1] == ["09:00 八段锦小组 2 人"]
    assert (lin.load, gym.ask(WeekBoard()).clashes) == (6, ())
    assert len(gym.ask(WeekBoard(by="resident")).rows) == 2


def test_who_gets_time_off_leaves_red_sessions_with_times_that_settle_them(gym: Gym) -> None:
    gym.plan()
    lin = gym.staff["林海涛"]
    gym.do(NotThere(lin, "培训", at(8, day=FRIDAY), at(12, day=FRIDAY)))
    week = gym.ask(WeekBoard())
    (clash,) = week.clashes
    assert clash.words == "林海涛 周五 11-27 09:00 培训，不在岗（李桂兰 PT）"
    (offer,) = clash.offers
    assert offer.words == "改 PT 到 14:00"
    cell = _row(week, "林海涛").cells[4]
    assert (cell.sessions[0].clash, cell.offs[0].words, cell.offs[0].whole) == ("red", "培训", False)
    gym.do(MoveSession(offer.key, offer.day, offer.time))
    assert gym.ask(WeekBoard()).clashes == ()


def test_two_stations_offline_are_told_of_their_double_booking(gym: Gym) -> None:
    """Each was free where it was booked; only together they clash, once the other station's booking has come."""
    gym.plan(gym.item(week=("4 09:00",)))
    other = gym.item(
        code="feeding", words="万能袖套进食", discipline="ot", week=("4 10:30",), therapist=gym.staff["苏婉"]
    )
    gym.plan(other, resident=gym.wang)
    thursday = DAY + timedelta(days=2)
    theirs = gym.key("10:30", thursday)
    gym.do(MoveSession(gym.key("09:00", thursday), thursday, "14:00"))

    def come(unit: Unit) -> None:
        stamp = unit.stamp(rid=booking_rid(unit, theirs))
        stamp["station"] = "02"
        item, day, slot = theirs
        booking = RehabBooking(
            **stamp, revision=1, resident=gym.wang, item=item, service_date=day, slot=slot, what="moved",
            to_date=thursday, to_slot="14:00", therapist=gym.staff["林海涛"], minutes=30,
        )  # fmt: skip
        unit.session.add(booking)

    gym.do(Act(come))
    (clash,) = gym.ask(WeekBoard()).clashes
    assert clash.words == "林海涛 周四 11-26 14:00 同时排了 王素芬 OT 与 李桂兰 PT"
    assert [one.words for one in clash.offers] == ["改 PT 到 15:30", "改 OT 到 15:30"]
    first, second = clash.offers
    gym.do(MoveSession(second.key, second.day, second.time))
    assert gym.ask(WeekBoard()).clashes == ()
    with pytest.raises(Refusal, match="同时排了"):
        gym.do(MoveSession(first.key, first.day, first.time))


def test_what_is_in_the_way_has_a_name_to_accept_it_by(gym: Gym) -> None:
    drawn = gym.plan()
    key = gym.key()
    gym.do(NotThere(gym.staff["林海涛"], "培训", at(8, day=FRIDAY), at(12, day=FRIDAY)))
    found = gym.ask(PlacingConflicts(FRIDAY, "10:00", key))
    assert [(one.blocks, one.words) for one in found] == [
        (True, "林海涛 周五 11-27 10:00 培训，不在岗（李桂兰 PT）")
    ]
    gym.do(MoveSession(key, FRIDAY, "10:00", accept=tuple(one.name for one in found)))
    again = gym.ask(PlacingConflicts(FRIDAY, "9:15", item=drawn.items[0]))
    assert any("李桂兰 周五 11-27 09:15 同时排了" in one.words for one in again)
    assert gym.ask(PlacingConflicts(FRIDAY, "25:00", key)) == ()


def test_a_line_is_put_on_the_board(gym: Gym) -> None:
    drawn = gym.plan(gym.item(week=()))
    (line,) = gym.ask(ProgrammeLines())
    assert (line.name, line.missing) == ("李桂兰", 3)
    assert gym.ask(ProgrammeLines("lgl")) == (line,)
    assert gym.ask(ProgrammeLines("没有")) == ()
    gym.do(PlaceItem(Seen(drawn.items[0], 1), ("3 09:00", "5 09:00")))
    assert [one.missing for one in gym.ask(ProgrammeLines())] == [1]
    assert gym.ask(WeekBoard()).sums == (0, 0, 1, 0, 1, 0, 0)


def test_away_is_shown_and_takes_nobodys_time(gym: Gym) -> None:
    gym.plan()
    gym.home.away("hospital", at(8, day=FRIDAY), at(20, day=FRIDAY))
    week = gym.ask(WeekBoard())
    session = _row(week, "林海涛").cells[4].sessions[0]
    assert (session.state, session.away, session.clash, week.sums[4]) == (
        SessionState.AWAY,
        "hospital",
        "",
        0,
    )


def test_who_may_not_read_residents_is_refused(gym: Gym) -> None:
    gym.become(Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="查看老人档案"):
        gym.ask(WeekBoard())
