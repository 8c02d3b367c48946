"""A shift by keys: one key a resident when all went as planned, two and a digit when not; nothing is done twice."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.care.service import RecordDoing
from app.compose import Station
from app.core.roles import Role
from tests.support.acts import count
from tests.support.hands import type_text
from tests.support.station import become
from tests.ui.care.floor import DAY, back, on_floor, outcomes, planned, press, put, sheet, slots
from tests.ui.residents.stage import on_stage, until
from ui.care.correct_sheet import CorrectSheet
from ui.care.why_sheet import WhySheet
from ui.residents.chart_view import ChartView

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


async def test_thirty_residents_as_planned_take_thirty_keys(station: Station) -> None:
    planned(station, 30)
    become(station, Role.CAREGIVER)
    async with on_floor(station) as (stage, view):
        keys = 0
        while any(line.waits for line in view.grid.sheet.lines):
            press(view.grid, ENTER)
            keys += 1
            await stage.settle()
        assert keys <= 2 * 30
        assert keys == 30
        assert not any(slot.state.open for slot in slots(station))
        assert count(station, "care_doing") == 30 * 4
        assert view.pieces.settled.words.text() == "已有记录 120/180"
        press(view.grid, ENTER)
        await stage.settle()
        assert "现在没有该做的。下一项：12:00 翻身" in stage.frame.notice.text()


async def test_keys_pressed_faster_than_answers_come_lose_nobody(station: Station) -> None:
    planned(station, 6)
    async with on_floor(station) as (stage, view):
        press(view.grid, *[ENTER] * 6)
        await stage.settle()
        assert not any(slot.state.open for slot in slots(station))
        assert count(station, "care_doing") == 6 * 4


async def test_space_records_the_cell_and_says_what_is_in_the_way(station: Station) -> None:
    rids = planned(station)
    async with on_floor(station) as (stage, view):
        assert view.grid.hasFocus()
        view.grid.go_to(rids[0], "turning")
        press(view.grid, SPACE)
        await stage.settle()
        assert outcomes(station, rids[0])["08:00 翻身"] == "已做"
        assert "08:00 翻身：已做" in stage.frame.notice.text()
        press(view.grid, SPACE)
        await stage.settle()
        press(view.grid, SPACE)
        await stage.settle()
        assert stage.frame.notice.text() == "12:00 翻身 还没到时间，11:00 起可以记录。"
        press(view.grid, Qt.Key.Key_Right)
        cell = view.grid.cell()
        assert cell is not None
        assert cell.foremost.task_words == "读报"


async def test_a_refusal_takes_two_keys(station: Station) -> None:
    rids = planned(station)
    async with on_floor(station) as (stage, view):
        view.grid.go_to(rids[1], "water")
        press(view.grid, "r")
        why = await sheet(WhySheet)
        press(why, "2")
        await back(stage)
        assert outcomes(station, rids[1])["09:30 喂水"] == "拒绝"
        assert "09:30 喂水 拒绝" in view.pieces.said.text()
        assert "（睡着了）" in view.pieces.said.text()


async def test_another_reason_wants_words_and_keeps_them_through_a_refusal(station: Station) -> None:
    rids = planned(station)
    async with on_floor(station) as (stage, view):
        view.grid.go_to(rids[0], "water")
        press(view.grid, "n")
        why = await sheet(WhySheet)
        press(why, "9")
        assert why.words.hasFocus()
        QTest.keyClick(why.words, ENTER)
        assert why._words.error.text() == "原因选“其他”时，请写明原因。"
        type_text(why.words, "停水")
        station.desk.do_now(RecordDoing(*next(s for s in slots(station, rids[0]) if s.name == "09:30").key))
        QTest.keyClick(why.words, ENTER)
        await until(lambda: "已由周敏" in why.notice.text())
        assert why.words.text() == "停水"
        press(why, Qt.Key.Key_Escape)
        await back(stage)
        assert outcomes(station, rids[0])["09:30 喂水"] == "已做"


async def test_what_may_not_be_refused_is_said_at_once(station: Station) -> None:
    rids = planned(station)
    async with on_floor(station) as (stage, view):
        view.grid.go_to(rids[0], "turning")
        press(view.grid, "r")
        assert stage.frame.notice.text() == "“翻身”不能记拒绝；没有做请按 N 记“未做”。"
        press(view.grid, "p")
        press(await sheet(WhySheet), "1")
        await back(stage)
        assert outcomes(station, rids[0])["08:00 翻身"] == "部分完成"


async def test_z_takes_back_what_the_last_key_recorded(station: Station) -> None:
    rids = planned(station)
    async with on_floor(station) as (stage, view):
        press(view.grid, ENTER)
        await stage.settle()
        press(view.grid, "z")
        await stage.settle()
        assert stage.frame.notice.text() == "已撤销刚才的 4 条记录，变更里仍可查看。"
        assert set(outcomes(station, rids[0]).values()) == {"未记录", "待做", "未到时间"}
        press(view.grid, "z")
        await stage.settle()
        assert stage.frame.notice.text() == "没有可以撤销的记录。"


async def test_a_record_is_corrected_and_taken_away_as_an_error(station: Station) -> None:
    rids = planned(station)
    async with on_floor(station) as (stage, view):
        view.grid.go_to(rids[0], "water")
        press(view.grid, "e")
        assert "没有记录" in stage.frame.notice.text()
        press(view.grid, SPACE)
        await stage.settle()
        press(view.grid, "e")
        fix = await sheet(CorrectSheet)
        fix.form.set_values({"outcome": "refused", "why": "asleep"})
        press(fix, Qt.Key.Key_Return)
        await until(lambda: fix.form.error("reason") != "")
        fix.form.set_values({"reason": "笔误"})
        QTest.keyClick(fix, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await back(stage)
        assert outcomes(station, rids[0])["09:30 喂水"] == "拒绝"
        view.grid.go_to(rids[0], "water")
        press(view.grid, "e")
        fix = await sheet(CorrectSheet)
        fix.form.set_values({"outcome": "error", "reason": "笔误"})
        QTest.keyClick(fix, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await back(stage)
        assert outcomes(station, rids[0])["09:30 喂水"] == "待做"


async def test_what_another_station_records_appears_by_itself(station: Station) -> None:
    rids = planned(station)
    async with on_floor(station) as (stage, view):
        line = view.grid.sheet.lines[0]
        assert line.under == f"{line.row.bed.split(' ')[-1]} · 0/6"
        station.desk.do_now(RecordDoing(*slots(station, rids[0])[0].key))
        await until(lambda: view.grid.sheet.lines[0].under.endswith("1/6"))
        await stage.settle()


async def test_keys_go_from_shift_to_shift_and_to_the_plan(station: Station) -> None:
    planned(station)
    async with on_floor(station) as (stage, view):
        press(view.grid, "]")
        await stage.settle()
        assert view.board is not None
        assert (view.board.shift.key, view.state.words) == ("evening", "小夜班没有安排照护")
        assert not view.pieces.close.isEnabled()
        press(view, "[")
        await stage.settle()
        press(view.grid, "[")
        await stage.settle()
        assert (view.board.day, view.board.shift.key) == (DAY - timedelta(days=1), "night")
        press(view, "]")
        await stage.settle()
        assert (view.board.day, view.board.shift.key, view.grid.hasFocus()) == (DAY, "day", True)
        press(view.grid, "o")
        assert stage.place == "chart"
        await stage.settle()
        chart = stage.frame.pages.view
        assert isinstance(chart, ChartView)
        assert chart.tab == "care"


async def test_a_person_without_the_right_is_not_led_here(station: Station) -> None:
    planned(station, 1)
    become(station, Role.MANAGER)
    async with on_stage(station) as stage:
        stage.frame.go("care", {})
        assert stage.place != "care"
        assert "记录照护执行" in stage.frame.notice.text()


async def test_an_empty_house_says_how_care_comes_here(station: Station) -> None:
    put(station, 9)
    async with on_floor(station) as (_stage, view):
        assert view.state.words == "还没有在住的老人"
