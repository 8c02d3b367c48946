"""The week board in the real window: walked and moved by keys and by the mouse, conflicts asked about, undone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.rehab.queries.week import WeekBoard
from app.rehab.rules.sessions import SessionState
from app.rehab.scheduling import MoveSession, NotThere
from tests.app.rehab.house import DAY, Gym, at
from tests.support.hands import type_text
from tests.ui.rehab.room import Stage, back, press, sheet, standing_at, until
from ui.kit.why_sheet import WhySheet
from ui.rehab.booking_detail import SessionSheet
from ui.rehab.booking_sheets import AcceptSheet
from ui.rehab.week_places import Cursor
from ui.rehab.week_view import WeekView

UP, DOWN, LEFT, RIGHT = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
THURSDAY = DAY + timedelta(days=2)


@asynccontextmanager
async def on_board(gym: Gym, size: tuple[int, int] = (1440, 900)) -> AsyncIterator[tuple[Stage, WeekView]]:
    async with standing_at(gym, "rehab-week", size=size) as (stage, view):
        assert isinstance(view, WeekView)
        yield stage, view


def two_plans(gym: Gym) -> None:
    """李桂兰 with 林海涛 on Tue, Thu, Fri 09:00; 王素芬 with 苏婉 on Tue and Thu 10:30."""
    gym.plan()
    form = gym.item(
        code="feeding",
        words="万能袖套进食",
        discipline="ot",
        per_week=2,
        week=("2 10:30", "4 10:30"),
        therapist=gym.staff["苏婉"],
    )
    gym.plan(form, resident=gym.wang)


def stands(gym: Gym) -> list[str]:
    """`11-24 09:00 李桂兰 林海涛` of the week."""
    week = gym.ask(WeekBoard())
    return [
        f"{one.day:%m-%d} {one.time} {one.residents} {one.therapist_name}"
        for row in week.rows
        for cell in row.cells
        for one in cell.sessions
        if one.state is not SessionState.CANCELLED
    ]


def centre(view: WeekView, row: int, day: int, line: int) -> QPoint:
    """The middle of a line of a cell."""
    from ui.rehab.week_paint import chip_rect

    return chip_rect(view.grid.places.cell_rect(row, day), line).center()


async def test_arrows_walk_from_session_to_session(gym: Gym) -> None:
    two_plans(gym)
    async with on_board(gym) as (_stage, view):
        grid = view.grid
        assert grid.hasFocus()
        assert grid.words() == "11-24 09:00 李桂兰 坐站转移（30 分钟）　林海涛　待训练"
        assert view.pieces.said.text() == grid.words()
        press(grid, RIGHT)
        assert grid.words() == "林海涛　11-25 没有训练"
        press(grid, DOWN)
        assert grid.row() is not None
        assert grid.row().name == "苏婉"  # type: ignore[union-attr]  # asked above
        press(grid, LEFT)
        assert grid.words().startswith("11-24 10:30 王素芬 万能袖套进食")
        press(grid, "v")
        await until(lambda: view.week is not None and view.week.by == "resident")
        assert grid.words().startswith("11-24 10:30 王素芬")
        press(grid, "]")
        await until(lambda: "11-30 至 12-06" in view.pieces.step.words.text())
        press(grid, "t")
        await until(lambda: "11-23 至 11-29" in view.pieces.step.words.text())


async def test_m_and_arrows_move_a_session_and_esc_puts_it_back(gym: Gym) -> None:
    two_plans(gym)
    before = stands(gym)
    async with on_board(gym) as (stage, view):
        grid = view.grid
        press(grid, "m", RIGHT, DOWN)
        assert grid.moving is not None
        assert "移到 11-25 周三 09:30–10:00 · 林海涛：没有冲突" in view.pieces.said.text()
        press(grid, ESC)
        assert grid.moving is None
        assert grid.words().startswith("11-24 09:00")
        assert stands(gym) == before
        press(grid, "m", RIGHT, ENTER)
        await until(lambda: "11-25 09:00 李桂兰 林海涛" in stands(gym))
        await stage.settle()
        assert stage.frame.notice.text() == "李桂兰 坐站转移 已改到 周三 11-25 09:00。"
        assert grid.words().startswith("11-25 09:00 李桂兰")
        press(grid, "z")
        await until(lambda: stands(gym) == before)


async def test_a_session_goes_to_another_therapist_by_page_keys(gym: Gym) -> None:
    two_plans(gym)
    async with on_board(gym) as (_stage, view):
        press(view.grid, "m", Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, ENTER)
        await until(lambda: "11-24 09:00 李桂兰 何静" in stands(gym))


async def test_a_conflict_shows_before_it_is_let_go_and_is_asked_about(gym: Gym) -> None:
    two_plans(gym)
    before = stands(gym)
    async with on_board(gym) as (stage, view):
        grid = view.grid
        press(grid, "m", Qt.Key.Key_PageDown, DOWN, DOWN, DOWN)
        assert grid.moving is not None
        assert "冲突，苏婉 周二 11-24 10:30 同时排了 李桂兰 PT 与 王素芬 OT" in view.pieces.said.text()
        assert grid.moving.target.clash == "red"
        press(grid, ENTER)
        asked = await sheet(AcceptSheet)
        press(asked, ESC)
        await back(stage)
        assert grid.moving is not None
        press(grid, ENTER)
        asked = await sheet(AcceptSheet)
        assert asked.main is not None
        QTest.mouseClick(asked.main, Qt.MouseButton.LeftButton)
        await back(stage)
        await until(lambda: "11-24 10:30 李桂兰 苏婉" in stands(gym))
        assert gym.ask(WeekBoard()).clashes == ()
        press(grid, "z")
        await until(lambda: stands(gym) == before)


async def test_a_session_is_dragged_by_press_move_release(gym: Gym) -> None:
    two_plans(gym)
    async with on_board(gym) as (stage, view):
        grid = view.grid
        begin, end = centre(view, 0, 1, 0), centre(view, 2, 3, 2)
        QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=begin)
        QTest.mouseMove(grid, begin + QPoint(30, 10))
        QTest.mouseMove(grid, end)
        await until(lambda: grid.moving is not None and grid.moving.target.day == THURSDAY)
        assert grid.moving is not None
        assert (grid.moving.target.therapist_name, grid.moving.target.time) == ("何静", "14:00")
        QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=end)
        await until(lambda: "11-26 14:00 李桂兰 何静" in stands(gym))
        await stage.settle()
        assert grid.words().startswith("11-26 14:00 李桂兰")


async def test_a_drag_onto_somebody_elses_time_is_asked_about_and_can_go_back(gym: Gym) -> None:
    two_plans(gym)
    before = stands(gym)
    async with on_board(gym) as (stage, view):
        grid = view.grid
        begin, end = centre(view, 0, 1, 0), centre(view, 1, 1, 1)
        QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=begin)
        QTest.mouseMove(grid, begin + QPoint(30, 10))
        QTest.mouseMove(grid, end)
        await until(lambda: grid.moving is not None and grid.moving.target.clash == "red")
        QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=end)
        asked = await sheet(AcceptSheet)
        press(asked, ESC)
        await back(stage)
        press(grid, ESC)
        assert grid.moving is None
        assert stands(gym) == before


async def test_a_click_selects_and_moves_nothing(gym: Gym) -> None:
    two_plans(gym)
    before = stands(gym)
    async with on_board(gym) as (_stage, view):
        QTest.mouseClick(view.grid, Qt.MouseButton.LeftButton, pos=centre(view, 1, 3, 1))
        assert view.grid.words().startswith("11-26 10:30 王素芬")
        assert (view.grid.moving, stands(gym)) == (None, before)


async def test_a_conflict_stands_in_red_on_top_and_one_key_settles_it(gym: Gym) -> None:
    two_plans(gym)
    lin = gym.staff["林海涛"]
    gym.do(NotThere(lin, "培训", at(8, day=THURSDAY), at(12, day=THURSDAY)))
    async with on_board(gym) as (stage, view):
        strip = view.pieces.clashes
        assert strip.text() == "1 处冲突：林海涛 周四 11-26 09:00 培训，不在岗（李桂兰 PT）"
        assert strip.offers[0].text() == "改 PT 到 14:00"
        press(view.grid, "g")
        assert view.grid.words().startswith("11-26 09:00 李桂兰")
        press(view.grid, "1")
        await until(lambda: "11-26 14:00 李桂兰 林海涛" in stands(gym))
        await stage.settle()
        assert strip.text() == ""


async def test_somebody_elses_change_does_not_take_the_session_out_of_the_hand(gym: Gym) -> None:
    two_plans(gym)
    other = gym.key("10:30")
    async with on_board(gym) as (stage, view):
        grid = view.grid
        press(grid, "m", RIGHT)
        gym.do(MoveSession(other, DAY, "14:00"))
        await until(lambda: view.week is not None and any("14:00" in one for one in stands_shown(view)))
        await stage.settle()
        assert grid.moving is not None
        assert grid.moving.target.day == DAY + timedelta(days=1)
        press(grid, ENTER)
        await until(lambda: "11-25 09:00 李桂兰 林海涛" in stands(gym))


def stands_shown(view: WeekView) -> list[str]:
    rows = view.week.rows if view.week is not None else ()
    return [one.time for row in rows for cell in row.cells for one in cell.sessions]


async def test_enter_twice_leads_to_the_record_of_the_session(gym: Gym) -> None:
    two_plans(gym)
    gym.put(8, 30)
    async with on_board(gym) as (stage, view):
        press(view.grid, ENTER)
        opened = await sheet(SessionSheet)
        assert opened.main is not None
        press(opened.main, ENTER)
        await until(lambda: stage.place == "rehab-session")
        await stage.settle()


async def test_enter_opens_delete_cancels_with_a_reason(gym: Gym) -> None:
    two_plans(gym)
    async with on_board(gym) as (stage, view):
        press(view.grid, ENTER)
        opened = await sheet(SessionSheet)
        press(opened, Qt.Key.Key_Delete)
        why = await sheet(WhySheet)
        press(why, ENTER)
        assert why.isVisible()
        type_text(why.words, "家属探视")
        press(why.words, ENTER)
        await back(stage)
        await until(lambda: "11-24 09:00 李桂兰 林海涛" not in stands(gym))
        assert "待训练" not in view.grid.words()
        press(view.grid, "m")
        assert stage.frame.notice.text() == "这次训练已有记录或已取消，不能改期。"


async def test_six_sessions_of_a_day_are_folded_and_come_with_the_cursor(gym: Gym) -> None:
    times = ("08:30", "09:15", "10:00", "13:30", "14:30", "15:30")
    gym.plan(
        *(gym.item(code=f"x{at}", words=f"项目{at}", week=(f"2 {time}",)) for at, time in enumerate(times))
    )
    async with on_board(gym) as (_stage, view):
        grid = view.grid
        assert grid.lines[0].folded
        assert grid.places.first_line(0, 1) == 0
        press(grid, *[DOWN] * 5)
        assert grid.words().startswith("11-24 15:30")
        assert grid.places.first_line(0, 1) == 2
        press(grid, DOWN)
        assert grid.cursor_at == Cursor(1, 1, 0)


async def test_who_may_only_look_is_told_so(gym: Gym) -> None:
    two_plans(gym)
    gym.become("caregiver")
    async with on_board(gym) as (stage, view):
        assert not view.pieces.add.isEnabled()
        press(view.grid, "m")
        assert "排康复训练" in stage.frame.notice.text()
        assert view.grid.moving is None


async def test_an_empty_week_says_what_would_be_here(gym: Gym) -> None:
    async with on_board(gym) as (_stage, view):
        assert view.state.words == ""  # therapists are there, with nothing to do
        press(view.grid, "v")
        await until(lambda: view.state.words == "还没有康复训练")
        assert view.hasFocus()
