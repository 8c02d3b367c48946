"""The course of a stay from chart and bed board by keys: each step typed, refused in words, kept as a draft, undone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.compose import Station
from app.core.roles import Role
from app.residents.forms import ResidentForm
from app.residents.places import AddBeds
from app.residents.queries import BedBoard, Chart, Grades, Lying, Presence, StayEvents
from app.residents.rules.windows import When
from app.residents.service import CreateResident
from app.residents.stays import Admit, AwayForm, Discharge, EndForm, GoToHospital, Leave
from tests.support.hands import type_text
from tests.support.station import become
from tests.ui.residents.stage import TODAY, Stage, assessed, on_stage, until
from ui.kit import Button
from ui.residents.act_sheet import ActSheet
from ui.residents.bed_steps import ComingSheet
from ui.residents.beds_view import BedsView
from ui.residents.chart_view import ChartView
from ui.residents.residents_view import ResidentsView
from ui.residents.stage_card import StageCard
from ui.residents.todo_strip import TodoStrip

Enter, Escape, Down = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
CONTROL = Qt.KeyboardModifier.ControlModifier
ADMITTED = date(2026, 11, 1)


@pytest.fixture
def rid(station: Station) -> UUID:
    """李桂兰, in bed 1 of room 301 since the first of the month; beds 2 and 3 are free."""
    station.desk.do_now(AddBeds("2号楼", "", "301", "1-3", "nursing"))
    rid = enquired(station, "李桂兰")
    station.desk.do_now(Admit(rid, beds(station)["1"], when=When(ADMITTED, 600)))
    return rid


def enquired(station: Station, name: str) -> UUID:
    return station.desk.do_now(CreateResident(ResidentForm(name, "2", date(1942, 5, 18)), enquiry=True))


def beds(station: Station) -> dict[str, UUID]:
    board = station.desk.ask_now(BedBoard())
    return {bed.name: bed.rid for room in board.rooms for bed in room.beds}


def who(station: Station, bed: str) -> Lying | None:
    board = station.desk.ask_now(BedBoard())
    return next(one.who for room in board.rooms for one in room.beds if one.name == bed)


def press(*keys: Qt.Key | str) -> None:
    """Keys to whatever has the focus; words are typed."""
    for key in keys:
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert isinstance(target, QWidget)
        if isinstance(key, str):
            type_text(target, key)
        else:
            QTest.keyClick(target, key)


async def at_form(sheet: Any) -> None:
    """Until the form of a step stands and has the keys."""
    await until(lambda: sheet.task is not None and not sheet.errands.running)
    await front(sheet)


async def at_list(sheet: Any) -> None:
    await until(lambda: sheet.task is None and not sheet.errands.running)
    await front(sheet)


async def front(sheet: Any) -> None:
    sheet.activateWindow()
    await until(sheet.isActiveWindow)


async def back_to(widget: QWidget) -> None:
    """A screen gives the window back that a sheet had; the one of the tests does not."""
    widget.window().activateWindow()
    await until(widget.window().isActiveWindow)
    widget.setFocus()


async def save(sheet: Any) -> None:
    await front(sheet)
    QTest.keyClick(sheet.form, Enter, CONTROL)
    await until(lambda: not sheet.errands.running)


@asynccontextmanager
async def chart(station: Station, rid: UUID, key: Qt.Key) -> AsyncIterator[tuple[ChartView, Any]]:
    """The chart, and the sheet a key of it opens."""
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": rid})
        await stage.settle()
        QTest.keyClick(view.head.tabs, key)
        sheet = view.course.sheet
        assert isinstance(sheet, ActSheet)
        await at_list(sheet)
        yield view, sheet
        await until(lambda: not sheet.errands.running)
        while view.course.sheet is not None:
            sheet.reject()
        await settled(stage)


async def settled(stage: Stage) -> None:
    """Cards of the chart ask for themselves."""
    await stage.settle()
    parts = stage.frame.findChildren(StageCard)
    await until(lambda: not any(part.errands.running for part in parts))


async def test_on_leave_by_keys_and_undone(station: Station, rid: UUID) -> None:
    async with chart(station, rid, Qt.Key.Key_S) as (view, sheet):
        assert sheet.now.text() == "在住：机构，2号楼 301-1，2026-11-01 入住。"
        press(Qt.Key.Key_L)
        await at_form(sheet)
        press("女儿家", Enter, "生日", Enter, Enter, Enter)
        assert sheet.form.values()["planned_day"] == TODAY.isoformat()
        await save(sheet)
        await at_list(sheet)
        assert sheet.notice.text() == "李桂兰 已请假外出。"
        assert station.desk.ask_now(Presence(rid)).where == "leave"
        await until(lambda: any("今晚回" in one._text for one in view.head._marks))
        undo = next(one for one in sheet.notice.findChildren(Button) if one.accessibleName() == "撤销")
        QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
        await until(lambda: station.desk.ask_now(Presence(rid)).where == "here")
        await at_list(sheet)
        assert sheet.course.absences == ()


async def test_a_refusal_stands_beside_the_time_and_leaves_what_was_typed(
    station: Station, rid: UUID
) -> None:
    async with chart(station, rid, Qt.Key.Key_S) as (_view, sheet):
        press(Qt.Key.Key_H)
        await at_form(sheet)
        await save(sheet)
        assert sheet.form.error("whither") == "请填写医院。"
        press("市一院", Enter, "肺炎")
        sheet.form.set_values({"day": "2026-10-30", "time": "25:00"})
        await save(sheet)
        assert "08:30 这样" in sheet.form.error("time")
        sheet.form.set_values({"time": "08:00"})
        await save(sheet)
        assert "早于入住日期" in sheet.form.error("time")
        assert sheet.form.values()["whither"] == "市一院"
        sheet.form.set_values({"day": "2026-11-20", "time": "24:00"})
        await save(sheet)
        await at_list(sheet)
        away = station.desk.ask_now(StayEvents(rid)).away
        assert away is not None
        assert away.begins == When(date(2026, 11, 20), 1440).instant("Asia/Shanghai")


async def test_esc_keeps_what_was_typed(station: Station, rid: UUID) -> None:
    async with chart(station, rid, Qt.Key.Key_S) as (view, sheet):
        press(Qt.Key.Key_X)
        await at_form(sheet)
        sheet.form.focus_on("note")
        press("家属来接")
        press(Escape)
        await at_list(sheet)
        assert view.course.sheet is sheet
        press(Escape)
        assert view.course.sheet is None
        await until(lambda: not view.errands.running)
        await back_to(view.head.tabs)
        QTest.keyClick(view.head.tabs, Qt.Key.Key_S)
        again: Any = view.course.sheet
        await at_list(again)
        press(Qt.Key.Key_X)
        await at_form(again)
        assert again.form.values()["note"] == "家属来接"
        assert "没有保存的内容" in again.notice.text()
        await until(lambda: not again.errands.running)
        again.reject()
        again.reject()


async def test_only_what_may_be_done_now_is_offered(station: Station, rid: UUID) -> None:
    station.desk.do_now(GoToHospital(rid, AwayForm("市一院", "肺炎")))
    async with chart(station, rid, Qt.Key.Key_S) as (view, sheet):
        shown = {step for step, button in sheet.steps.items() if not button.isHidden()}
        assert shown == {"return", "keep", "mode", "discharge"}
        assert any("住院第 1 天" in one._text for one in view.head._marks)
        press(Qt.Key.Key_L)
        assert "正在住院" in sheet.notice.text()
        press(Qt.Key.Key_R)
        await at_form(sheet)
        await save(sheet)
        await at_list(sheet)
        assert sheet.notice.text() == "李桂兰 已返院。"


async def test_set_right_retracted_and_reopened_from_the_list(station: Station, rid: UUID) -> None:
    station.desk.do_now(Leave(rid, AwayForm("女儿家", "生日"), When(date(2026, 11, 20), 600)))
    station.desk.do_now(Discharge(rid, EndForm("home")))
    async with chart(station, rid, Qt.Key.Key_S) as (_view, sheet):
        assert "已退住" in sheet.now.text()
        press(Qt.Key.Key_U)
        await at_form(sheet)
        press("登记错人")
        await save(sheet)
        await at_list(sheet)
        assert station.desk.ask_now(Presence(rid)).where == "leave"
        place = next(n for n, one in enumerate(sheet.course.events) if one.kind == "absence")
        sheet.table.selectRow(place)
        press(Enter)
        await at_form(sheet)
        assert sheet.title.text() == "更正外出或住院"
        sheet.form.set_values({"back_day": "2026-11-21"})
        sheet.form.set_values({"reason": "时间更正"})
        await save(sheet)
        assert sheet.form.error("back_time") == "请填写返回的时间。"
        sheet.form.set_values({"back_time": "18:00"})
        await save(sheet)
        await at_list(sheet)
        assert station.desk.ask_now(Presence(rid)).where == "here"
        place = next(n for n, one in enumerate(sheet.course.events) if one.kind == "absence")
        sheet.table.selectRow(place)
        press(Qt.Key.Key_Delete)
        await at_form(sheet)
        press("记错人")
        await save(sheet)
        await at_list(sheet)
        assert sheet.course.absences == ()


async def test_written_later(station: Station, rid: UUID) -> None:
    async with chart(station, rid, Qt.Key.Key_S) as (_view, sheet):
        press(Qt.Key.Key_B)
        await at_form(sheet)
        away = {"whither": "市一院", "why": "肺炎", "code": "hospital", "day": "2026-11-03", "time": "9:00"}
        sheet.form.set_values({**away, "back_day": "2026-11-08", "back_time": "15:30"})
        await save(sheet)
        await at_list(sheet)
        assert [one.code for one in sheet.course.absences] == ["hospital"]


async def test_whoever_may_not_is_told_who_may(station: Station, rid: UUID) -> None:
    become(station, Role.CAREGIVER)
    async with chart(station, rid, Qt.Key.Key_S) as (_view, sheet):
        press(Qt.Key.Key_L)
        assert "办理入住、外出与退住" in sheet.notice.text()
        assert sheet.task is None


async def test_levels_by_digits_with_the_proposal(station: Station, rid: UUID) -> None:
    assessed(station, rid, 38)
    async with chart(station, rid, Qt.Key.Key_D) as (view, sheet):
        assert sheet.proposed.text().startswith("建议护理等级：全护理")
        press(Qt.Key.Key_3)
        assert "下达护理级别" in sheet.notice.text()
        press(Qt.Key.Key_1)
        await at_form(sheet)
        assert sheet.form.values()["value"] == "full"
        await save(sheet)
        await at_list(sheet)
        assert station.desk.ask_now(Chart(rid)).care_level == "full"
        (level,) = station.desk.ask_now(Grades(rid)).of("care_level")
        assert level.basis["level"] == 3
        press(Qt.Key.Key_2)
        await at_form(sheet)
        sheet.form.set_values({"value": "stable", "note": "病情平稳", "review_on": "2026-12-24"})
        await save(sheet)
        await at_list(sheet)
        card = view.findChild(StageCard)
        assert isinstance(card, StageCard)
        await until(lambda: "稳定 2026-11 起" in card.way.accessibleName())
        assert card.review.text() == "下次复核 12-24"
        strip = view.findChild(TodoStrip)
        assert isinstance(strip, TodoStrip)
        await until(lambda: strip.todo is not None and "care_level" not in strip.todo.missing)
        assert strip.words.text() == "入住待办：九防评估未做、服务协议未登记"


@asynccontextmanager
async def board(station: Station) -> AsyncIterator[tuple[Stage, BedsView]]:
    async with on_stage(station) as stage:
        view = stage.view("beds")
        assert isinstance(view, BedsView)
        await stage.settle()
        yield stage, view
        await until(lambda: not view.errands.running)


async def test_keys_of_the_board_act_on_the_card_under_the_cursor(station: Station, rid: UUID) -> None:
    async with board(station) as (_stage, view):
        assert "L 请假" in view.said.text()
        QTest.keyClick(view.board, Qt.Key.Key_L)
        sheet: Any = view.steps.sheets.sheet
        await at_form(sheet)
        press("女儿家", Enter, "生日")
        await save(sheet)
        await at_list(sheet)
        sheet.reject()
        await until(lambda: "请假 今晚回" in view.board.accessibleName())
        assert view.head._parts[1].text() == "请假外出 1"
        await back_to(view.board)
        QTest.keyClick(view.board, Qt.Key.Key_X)
        sheet = view.steps.sheets.sheet
        await at_form(sheet)
        sheet.form.set_values({"outcome": "home"})
        await save(sheet)
        await at_list(sheet)
        undo = next(one for one in sheet.notice.findChildren(Button) if one.accessibleName() == "撤销")
        QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
        await until(lambda: station.desk.ask_now(Presence(rid)).where == "leave")
        await at_list(sheet)
        press(Qt.Key.Key_X)
        await at_form(sheet)
        sheet.form.set_values({"outcome": "home"})
        await save(sheet)
        await at_list(sheet)
        sheet.reject()
        await until(lambda: "空床" in view.board.accessibleName())
        assert who(station, "1") is None


async def test_a_free_bed_is_reserved_for_somebody_who_asked(station: Station, rid: UUID) -> None:
    async with board(station) as (_stage, view):
        view.next_free()
        QTest.keyClick(view.board, Qt.Key.Key_Y)
        await until(lambda: "没有咨询中的老人" in view.bench.notice.text())
        enquired(station, "王素芬")
        await until(lambda: not view.errands.running)
        QTest.keyClick(view.board, Qt.Key.Key_Y)
        await until(lambda: isinstance(QApplication.activeModalWidget(), ComingSheet))
        coming: Any = QApplication.activeModalWidget()
        await front(coming)
        QTest.keyClick(coming.table, Enter)
        await until(lambda: view.steps.sheets.sheet is not None)
        sheet: Any = view.steps.sheets.sheet
        await at_form(sheet)
        assert sheet.form.values()["bed"] == "2号楼 301-2"
        sheet.form.set_values({"expected": "2026-11-28"})
        await save(sheet)
        await at_list(sheet)
        sheet.reject()
        held = who(station, "2")
        assert held is not None
        assert held.state == "reserved"
        await until(lambda: "预留 11-28 入住" in view.board.accessibleName())
        await back_to(view.board)
        QTest.keyClick(view.board, Qt.Key.Key_M)
        assert "还没有入住" in view.bench.notice.text()


async def test_four_lists_and_an_enquiry(station: Station, rid: UUID) -> None:
    enquired(station, "王素芬")
    gone = enquired(station, "丁玉兰")
    station.desk.do_now(Admit(gone))
    station.desk.do_now(Discharge(gone, EndForm("home")))
    station.desk.do_now(Leave(rid, AwayForm("女儿家", "生日")))
    async with on_stage(station) as stage:
        view = stage.view("residents")
        assert isinstance(view, ResidentsView)
        await stage.settle()
        shown = {}
        for key in ("in", "away", "coming", "out"):
            shown[key] = [(row.name, row.where) for row in view.table.rows_model.rows]
            QTest.keyClick(view.table, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
            await stage.settle()
        assert shown == {
            "in": [("李桂兰", "外出")],
            "away": [("李桂兰", "外出")],
            "coming": [("王素芬", "咨询")],
            "out": [("丁玉兰", "已退住")],
        }
        assert view.filters.lists.group.buttons()[2].text() == "咨询·预留 1"
        QTest.keyClick(view.table, Qt.Key.Key_Q)
        await stage.settle()
        form = stage.frame.pages.view
        assert form is not None
        assert form.crumbs[-1].words == "登记咨询"
