"""The month grid by keys: walk, detail, months, residents of the floor, whose month, print, a new order, news."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.roles import Role
from app.medication.giving import CorrectDose
from app.medication.rules.slots import DoseState
from tests.app.medication.house import DAY, Ward
from tests.app.medication.month_house import lived, ordered
from tests.support.hands import type_text
from tests.support.station import become
from tests.ui.medication.room import back, press, shown, standing_at, until
from ui.medication.month_detail_sheet import MonthDetailSheet
from ui.medication.month_view import MonthView
from ui.printing.preview_view import PreviewView

UP, DOWN, LEFT, RIGHT = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right
ENTER, CONTROL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
NOW = date(2026, 12, 18)


async def detail_of(view: MonthView) -> MonthDetailSheet:
    """The sheet Enter opens, once it shows the cell."""
    press(view.grid, ENTER)
    await until(lambda: isinstance(QApplication.activeModalWidget(), MonthDetailSheet))
    found = QApplication.activeModalWidget()
    assert isinstance(found, MonthDetailSheet)
    await until(lambda: found.row is not None)
    return found


async def test_the_cursor_stands_on_today_and_walks_by_arrows(ward: Ward) -> None:
    ordered(ward)
    lived(ward, NOW)
    async with standing_at(ward, "month-grid", {"resident": ward.li}) as (_stage, view):
        assert view.grid.hasFocus()
        assert len(view.grid.rows) == 14
        assert view.grid.cell().day == NOW
        press(view.grid, LEFT, DOWN)
        assert (view.grid.cell().day, view.grid.row().line.name) == (NOW - timedelta(days=1), "08:00")
        assert view.said.text().startswith("12-17 08:00 二甲双胍片：")
        press(view.grid, Qt.Key.Key_Home)
        assert view.grid.cell().day == date(2026, 12, 1)
        press(view.grid, Qt.Key.Key_End, RIGHT)
        assert view.grid.cell().day == date(2026, 12, 31)
        press(view.grid, *[DOWN] * 30)
        assert view.grid.row().line.name == "必要时"
        assert view.legend.rate.text().startswith("12 月执行率 9")


async def test_enter_tells_everything_of_a_cell_with_the_version_before(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8)
    seen = ward.give(ward.slot("08:00"))
    ward.do(CorrectDose(seen, "笔误", 1))
    async with standing_at(ward, "month-grid", {"resident": ward.li}) as (stage, view):
        assert view.grid.cell().code.words == "拒服"
        assert "有更正" in view.said.text()
        sheet = await detail_of(view)
        words = sheet.words()
        assert "拒服" in words
        assert "第 1 版：已给药　林晓燕 11-24 08:00" in words
        assert "笔误" in words
        press(sheet, Qt.Key.Key_Escape)
        await back(stage)
        await until(view.grid.hasFocus)


async def test_brackets_turn_the_month(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    async with standing_at(ward, "month-grid", {"resident": ward.li}) as (stage, view):
        assert view.head.month.text() == "2026 年 11 月"
        press(view.grid, "]")
        await stage.settle()
        assert view.head.month.text() == "2026 年 12 月"
        assert len(view.grid.days) == 31
        assert view.grid.cell().day == date(2026, 12, 1)
        press(view.grid, "[", "[")
        await stage.settle()
        assert view.state.words == "10 月没有医嘱"
        press(view, "]")
        await stage.settle()
        assert view.grid.hasFocus()
        assert view.grid.cell().day == DAY


async def test_page_keys_go_along_the_floor(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.order("氨氯地平", "5", resident=ward.wang)
    async with standing_at(ward, "month-grid", {"resident": ward.li}) as (stage, view):
        press(view.grid, Qt.Key.Key_PageDown)
        await stage.settle()
        assert view.head.name.text() == "王素芬"
        assert view.grid.row().order.words == "氨氯地平片"
        press(view.grid, Qt.Key.Key_PageDown)
        await stage.settle()
        assert stage.frame.notice.text() == "这是本楼层最后一位老人。"
        press(view.grid, Qt.Key.Key_PageUp)
        await stage.settle()
        assert view.head.name.text() == "李桂兰"


async def test_without_a_resident_it_asks_whose_by_initials(ward: Ward) -> None:
    ward.order("氨氯地平", "5", resident=ward.wang)
    async with standing_at(ward, "month-grid") as (stage, view):
        assert view.pick.search.hasFocus()
        type_text(view.pick.search, "wsf")
        await until(lambda: len(view.pick.table.rows_model.rows) == 1)
        QTest.keyClick(view.pick.search, ENTER)
        await stage.settle()
        assert view.head.name.text() == "王素芬"
        assert view.grid.hasFocus()
        QTest.keyClick(view.grid, Qt.Key.Key_F, CONTROL)
        await stage.settle()
        assert view.pick.search.hasFocus()
        assert len(view.pick.table.rows_model.rows) == 2
        type_text(view.pick.search, "没有这人")
        await until(lambda: view.pick.state.words == "没有找到在住老人")


async def test_a_dose_given_elsewhere_shows_at_once(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8)
    async with standing_at(ward, "month-grid", {"resident": ward.li}) as (stage, view):
        assert view.grid.cell().state is DoseState.DUE
        ward.give(ward.slot("08:00"))
        await until(lambda: view.grid.cell().state is DoseState.GIVEN)
        await stage.settle()
        assert view.said.text() == "11-24 08:00 阿托伐他汀片：已给药 林"


async def test_printing_shows_the_sheet_and_comes_back_to_the_month(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    become(ward.station, Role.HEAD_NURSE)
    async with standing_at(ward, "month-grid", {"resident": ward.li}) as (stage, view):
        press(view.grid, "]")
        await stage.settle()
        QTest.keyClick(view.grid, Qt.Key.Key_P, CONTROL)
        preview = await shown(stage, PreviewView)
        await until(lambda: preview.drawn is not None)
        assert preview.drawn is not None
        assert preview.drawn.file_name == "用药执行单 李桂兰 2026年12月.pdf"
        await stage.settle()
        preview.go_back()
        await shown(stage, MonthView)
        assert view.head.month.text() == "2026 年 12 月"


async def test_n_opens_a_new_order_for_this_resident(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    become(ward.station, Role.DOCTOR)
    async with standing_at(ward, "month-grid", {"resident": ward.li}) as (stage, view):
        press(view.grid, "n")
        await until(lambda: stage.place == "order")
        await stage.settle()
        assert stage.frame.pages.view is not view


async def test_who_may_not_print_or_order_is_told(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    become(ward.station, Role.CAREGIVER)
    async with standing_at(ward, "month-grid", {"resident": ward.li}) as (stage, view):
        assert not view.head.order.isEnabled()
        press(view.grid, "n")
        await stage.settle()
        assert "权限" in stage.frame.notice.text()


async def test_f8_is_about_the_order_under_the_cursor(ward: Ward) -> None:
    issued = ward.order("阿托伐他汀", "20")
    async with standing_at(ward, "month-grid", {"resident": ward.li}) as (_stage, view):
        assert view.record_shown() == ("med_order", issued.rid)


async def test_a_click_moves_the_cursor_and_a_double_click_opens(ward: Ward) -> None:
    ordered(ward)
    lived(ward, NOW)
    async with standing_at(ward, "month-grid", {"resident": ward.li}) as (stage, view):
        view.grid.put_cursor(2, 4)
        spot = view.grid.cursor_rect().center()
        view.grid.put_cursor(0, 0)
        QTest.mouseClick(view.grid, Qt.MouseButton.LeftButton, pos=spot)
        assert view.grid.cell().day == date(2026, 12, 5)
        assert view.grid.row().place == 1
        QTest.mouseDClick(view.grid, Qt.MouseButton.LeftButton, pos=spot)
        await until(lambda: isinstance(QApplication.activeModalWidget(), MonthDetailSheet))
        found = QApplication.activeModalWidget()
        assert found is not None
        press(found, Qt.Key.Key_Escape)
        await back(stage)
