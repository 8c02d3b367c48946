"""The sheets over the week board by keys: another time, fixed times of a line, a missed session, a therapist off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.rehab.queries.missed import MissedSessions
from app.rehab.queries.week import WeekBoard
from app.rehab.scheduling import MoveSession
from tests.app.rehab.house import DAY, Gym
from tests.support.hands import type_text, wipe
from tests.support.layout import lint
from tests.ui.rehab.room import back, press, sheet, until
from tests.ui.rehab.test_week_board import on_board, stands, two_plans
from ui.kit import Button
from ui.kit.why_sheet import WhySheet
from ui.rehab.booking_lists import LinesSheet, MissedSheet
from ui.rehab.booking_off import OffSheet
from ui.rehab.booking_sheets import AcceptSheet, PlaceSheet
from ui.rehab.booking_weekly import WeeklySheet
from ui.style import look

ENTER, ESC, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete


def here(*keys: Qt.Key | str) -> None:
    """Keys where the focus is."""
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        press(focused, key)


async def test_a_digit_takes_an_offered_time(gym: Gym) -> None:
    two_plans(gym)
    async with on_board(gym) as (stage, view):
        press(view.grid, "r")
        asked = await sheet(PlaceSheet)
        await until(lambda: asked.offers is not None)
        assert asked.offers is not None
        assert asked.offers.button("1").text() == "2　周二 11-24 14:00"
        here("2", ENTER)
        await back(stage)
        await until(lambda: "11-24 14:00 李桂兰 林海涛" in stands(gym))
        assert stage.frame.notice.text() == "李桂兰 坐站转移 已排在 11-24 14:00。"


async def test_what_was_typed_survives_a_conflict(gym: Gym) -> None:
    two_plans(gym)
    async with on_board(gym) as (stage, view):
        press(view.grid, "r")
        asked = await sheet(PlaceSheet)
        asked.form.set_values({"time": "10:45", "therapist": str(gym.staff["苏婉"]), "why": "换人"})
        asked.save()
        question = await sheet(AcceptSheet)
        press(question, ESC)
        await until(lambda: QApplication.activeModalWidget() is asked)
        assert "时间冲突：苏婉" in asked.form.error("time")
        assert (asked.form.values()["why"], asked.form.values()["time"]) == ("换人", "10:45")
        asked.save()
        question = await sheet(AcceptSheet)
        assert question.main is not None
        question.main.click()
        await back(stage)
        await until(lambda: "11-24 10:45 李桂兰 苏婉" in stands(gym))


async def test_a_line_is_found_and_put_on_the_board(gym: Gym) -> None:
    gym.plan(gym.item(week=(), per_week=2))
    async with on_board(gym) as (stage, view):
        assert view.pieces.waiting.text() == "未排 2 次：李桂兰 坐站转移 2 次"
        press(view.grid, "n")
        lines = await sheet(LinesSheet)
        await until(lambda: lines.table.current() is not None)
        type_text(lines.search, "lgl")
        await until(lambda: len(lines.table.rows_model.rows) == 1 and not lines.errands.running)
        press(lines.search, ENTER)
        weekly = await sheet(WeeklySheet)
        await until(lambda: weekly.times.text() != "")
        assert weekly.times.text() == "周一 09:00、周四 09:00"
        wipe(weekly.times, 1)
        type_text(weekly.times, "x")
        press(weekly.times, ENTER)
        await until(lambda: "请写成" in weekly._times.error.text())
        wipe(weekly.times, 1)
        type_text(weekly.times, "0")
        press(weekly.times, ENTER)
        await back(stage)
        await until(lambda: "11-26 09:00 李桂兰 林海涛" in stands(gym))
        await stage.settle()
        assert view.pieces.waiting.text() == ""


async def test_one_more_once(gym: Gym) -> None:
    two_plans(gym)
    async with on_board(gym) as (stage, view):
        press(view.grid, "n")
        lines = await sheet(LinesSheet)
        await until(lambda: lines.table.current() is not None and not lines.errands.running)
        type_text(lines.search, "lgl")
        await until(lambda: len(lines.table.rows_model.rows) == 1 and not lines.errands.running)
        press(lines.search, ENTER)
        weekly = await sheet(WeeklySheet)
        weekly.once.click()
        asked = await sheet(PlaceSheet)
        await until(lambda: asked.offers is not None)
        here("1", ENTER)
        await back(stage)
        await until(lambda: "11-24 10:30 李桂兰 林海涛" in stands(gym))


async def test_times_of_a_full_line_are_changed_and_z_undoes_nothing_before_them(gym: Gym) -> None:
    two_plans(gym)
    gym.put(6, 30)
    async with on_board(gym) as (stage, view):
        press(view.grid, "m", Qt.Key.Key_Right, ENTER)
        await until(lambda: "11-25 09:00 李桂兰 林海涛" in stands(gym))
        await stage.settle()
        assert len(view.acts.undoable) == 1
        press(view.grid, "n")
        lines = await sheet(LinesSheet)
        await until(lambda: lines.table.current() is not None and not lines.errands.running)
        type_text(lines.search, "lgl")
        await until(lambda: len(lines.table.rows_model.rows) == 1 and not lines.errands.running)
        press(lines.search, ENTER)
        weekly = await sheet(WeeklySheet)
        assert weekly.times.text() == "周二 09:00、周四 09:00、周五 09:00"
        weekly.times.selectAll()
        type_text(weekly.times, "周二 09:00、周四 09:00、周五 09:30")
        press(weekly.times, ENTER)
        await back(stage)
        await stage.settle()
        assert view.acts.undoable == []
        press(view.grid, "z")
        assert stage.frame.notice.text() == "没有可以撤销的改动。"
        assert "11-25 09:00 李桂兰 林海涛" in stands(gym)


async def test_a_time_that_is_being_typed_keeps_the_focus(gym: Gym) -> None:
    two_plans(gym)
    async with on_board(gym) as (_stage, view):
        press(view.grid, "r")
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, PlaceSheet)
        typing = asked.focusWidget()
        assert typing is not None
        type_text(typing, "1")
        await until(lambda: asked.offers is not None)
        await until(lambda: QApplication.focusWidget() is not view.grid)
        assert QApplication.focusWidget() is typing
        press(asked, ESC)


async def test_a_refused_undo_is_not_forgotten(gym: Gym) -> None:
    two_plans(gym)
    other, lin = gym.key("10:30"), gym.staff["林海涛"]
    async with on_board(gym) as (stage, view):
        press(view.grid, "m", Qt.Key.Key_Right, ENTER)
        await until(lambda: "11-25 09:00 李桂兰 林海涛" in stands(gym))
        await stage.settle()
        gym.do(MoveSession(other, DAY, "09:15", therapist=lin))
        press(view.grid, "z")
        asked = await sheet(AcceptSheet)
        press(asked, Qt.Key.Key_Escape)
        await back(stage)
        assert len(view.acts.undoable) == 1
        gym.do(MoveSession(other, DAY, "14:00"))
        press(view.grid, "z")
        await until(lambda: "11-24 09:00 李桂兰 林海涛" in stands(gym))


async def test_a_missed_session_is_made_up_for_or_let_go(gym: Gym) -> None:
    two_plans(gym)
    gym.put(22)
    async with on_board(gym) as (stage, view):
        assert view.pieces.waiting.text() == "待补训 2 次"
        press(view.grid, "b")
        missed = await sheet(MissedSheet)
        await until(lambda: missed.table.current() is not None)
        here(ENTER)
        asked = await sheet(PlaceSheet)
        await until(lambda: asked.offers is not None)
        here("1", ENTER)
        await back(stage)
        await until(lambda: len(gym.ask(MissedSessions())) == 1)
        await stage.settle()
        press(view.grid, "b")
        missed = await sheet(MissedSheet)
        await until(lambda: missed.table.current() is not None)
        here(DELETE)
        why = await sheet(WhySheet)
        type_text(why.words, "老人不愿补")
        press(why.words, ENTER)
        await back(stage)
        await until(lambda: gym.ask(MissedSessions()) == ())


async def test_a_therapist_is_off_and_back(gym: Gym) -> None:
    two_plans(gym)
    async with on_board(gym) as (stage, view):
        press(view.grid, Qt.Key.Key_Right, Qt.Key.Key_Right, "l")
        off = await sheet(OffSheet)
        assert off.form.values()["staff"] == str(gym.staff["林海涛"])
        off.save()
        await until(lambda: off.form.error("words") != "")
        type_text(QApplication.focusWidget() or off, "培训")
        off.save()
        await back(stage)
        await until(lambda: len(gym.ask(WeekBoard()).clashes) == 1)
        await stage.settle()
        cell = view.grid.lines[0].cells[3]
        assert cell.whole_off is not None
        assert cell.whole_off.words == "培训"
        press(view.grid, "l")
        off = await sheet(OffSheet)
        button = next(one for one in off.findChildren(Button) if one.text() == "恢复在岗")
        button.click()
        await back(stage)
        await until(lambda: gym.ask(WeekBoard()).clashes == ())


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1000, 620)])
async def test_board_and_sheets_fit(
    gym: Gym, size: tuple[int, int], scale: float, qapp: QApplication
) -> None:
    two_plans(gym)
    gym.put(22)
    look.apply(qapp, scale=scale)
    async with on_board(gym, size) as (stage, view):
        assert lint(stage.frame) == []
        press(view.grid, *[Qt.Key.Key_Right] * 6)
        assert view.grid.rect().contains(view.grid.cursor_rect())
        for key, kind in (("n", LinesSheet), ("b", MissedSheet), ("l", OffSheet)):
            press(view.grid, key)
            opened = await sheet(kind)
            await stage.settle()
            assert lint(opened) == []
            press(opened, ESC)
            await back(stage)


async def test_the_day_the_plan_view_names_is_shown(gym: Gym) -> None:
    two_plans(gym)
    later = DAY + timedelta(days=7)
    key = gym.key("10:30", later)
    async with on_board(gym) as (stage, view):
        stage.frame.go("rehab-week", {"key": key, "day": later})
        await stage.settle()
        assert view.grid.words().startswith(f"{later:%m-%d} 10:30 王素芬")
