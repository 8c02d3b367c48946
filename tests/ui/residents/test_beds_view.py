"""The bed board by keys: walked, opened, somebody moved, a free bed filled, places kept; it says what is missing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.compose import Station
from app.core.roles import Role
from app.residents.places import AddBeds, MoveBed
from app.residents.queries import BedBoard
from tests.support.hands import type_text
from tests.support.station import become
from tests.ui.residents.stage import Stage, assessed, on_stage, people, until
from ui.kit import Sheet
from ui.residents.beds_view import BedsView
from ui.residents.chart_view import ChartView
from ui.residents.move_sheet import MoveSheet
from ui.residents.places_import_sheet import PlacesImportSheet
from ui.residents.places_sheets import AddBedsSheet, ChangePlaceSheet
from ui.residents.resident_form_view import ResidentFormView

S = TypeVar("S", bound=Sheet)


@pytest.fixture
def house(station: Station) -> Station:
    """Eleven residents in rooms 201 to 204 of building 1, bed 204-3 and room 305 free."""
    rids = people(station, 11)
    assessed(station, rids[0], 58)
    station.desk.do_now(AddBeds("1号楼", "", "204", "3", "nursing"))
    station.desk.do_now(AddBeds("1号楼", "", "305", "1-2", "ordinary"))
    return station


@asynccontextmanager
async def _beds(station: Station) -> AsyncIterator[tuple[Stage, BedsView]]:
    async with on_stage(station) as stage:
        view = stage.view("beds")
        assert isinstance(view, BedsView)
        await stage.settle()
        yield stage, view


def _here(view: BedsView) -> str:
    bed = view.board.current()
    assert bed is not None
    return bed.label.removeprefix("1号楼 ")


def _press(widget: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(widget, key)


async def _sheet(kind: type[S]) -> S:
    """The sheet that has just opened, once it has the keys."""
    await until(lambda: isinstance(QApplication.activeModalWidget(), kind))
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, kind)
    await until(sheet.isActiveWindow)
    return sheet


def _who(station: Station, label: str) -> str:
    board = station.desk.ask_now(BedBoard())
    for floor in board.floors:
        for room in station.desk.ask_now(BedBoard(floor.rid)).rooms:
            for bed in room.beds:
                if bed.label == label:
                    return bed.who.name if bed.who else ""
    raise AssertionError(label)


async def test_one_key_leads_from_the_list_and_arrows_walk_to_a_chart(house: Station) -> None:
    async with on_stage(house) as stage:
        listing = stage.view("residents")
        await stage.settle()
        _press(listing.table, Qt.Key.Key_B)
        assert stage.place == "beds"
        await stage.settle()
        view = stage.frame.pages.view
        assert isinstance(view, BedsView)
        assert view.board.hasFocus()
        assert _here(view) == "201-1"
        _press(view.board, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
        assert _here(view) == "202-1"
        _press(view.board, Qt.Key.Key_Left, Qt.Key.Key_Left)
        assert _here(view) == "201-2"
        name = _who(house, "1号楼 201-2")
        assert name in view.said.text()
        assert name in view.board.accessibleName()
        _press(view.board, Qt.Key.Key_Return)
        assert stage.place == "chart"
        await stage.settle()
        chart = stage.frame.pages.view
        assert isinstance(chart, ChartView)
        assert chart.crumbs[-1].words == name
        _press(chart.head.tabs, Qt.Key.Key_Escape)
        assert stage.place == "beds"


async def test_up_and_down_stay_in_the_column(house: Station) -> None:
    """A room of eight takes three columns; the bed below the second one of 201 is its second one."""
    house.desk.do_now(AddBeds("1号楼", "2层", "221", "1-8"))
    house.desk.do_now(AddBeds("1号楼", "2层", "222", "1-14"))
    async with _beds(house) as (_stage, view):
        _press(view.board, Qt.Key.Key_Right, Qt.Key.Key_Down)
        assert _here(view) == "221-2"
        _press(view.board, Qt.Key.Key_Down, Qt.Key.Key_Down)
        assert _here(view) == "222-14"
        _press(view.board, Qt.Key.Key_Right)
        assert _here(view) == "222-14"
        _press(view.board, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up)
        assert _here(view) == "201-2"


async def test_the_head_counts_the_house_and_chips_the_floors(house: Station) -> None:
    async with _beds(house) as (stage, view):
        assert view.head._rate.text() == "78.6%"
        assert view.head._of.text() == "11 / 14 张"
        assert view.head._nursing.text() == "护理型占比 7.1%（护理型、医养、专护 ÷ 全部，11 张类型未定）"
        chips = view.floors.rows[-1].group.buttons()
        assert [chip.text() for chip in chips] == ["1号楼 2层 11/12", "1号楼 3层 0/2"]
        QTest.mouseClick(chips[1], Qt.MouseButton.LeftButton)
        await stage.settle()
        assert _here(view) == "305-1"
        _press(view.board, Qt.Key.Key_PageUp)
        await stage.settle()
        assert _here(view) == "201-1"


async def test_a_house_of_many_floors_shows_its_buildings_first(house: Station) -> None:
    for floor in range(2, 14):
        house.desk.do_now(AddBeds("2号楼", f"{floor}层", f"{floor}01", "1"))
    async with _beds(house) as (stage, view):
        assert [chip.text() for chip in view.floors.rows[-1].group.buttons()] == ["2层 11/12", "3层 0/2"]
        QTest.mouseClick(view.floors.rows[0].group.buttons()[1], Qt.MouseButton.LeftButton)
        await stage.settle()
        assert view.board.current_rect().isValid()
        assert len(view.floors.rows[-1].group.buttons()) == 12
        assert view.floors.rows[-1].group.buttons()[0].text() == "2层 0/1"
        bed = view.board.current()
        assert bed is not None
        assert bed.label == "2号楼 201-1"


async def test_four_keys_move_a_resident_to_the_next_free_bed(house: Station) -> None:
    """M, Enter, the digit of the reason, Enter."""
    async with _beds(house) as (stage, view):
        name = _who(house, "1号楼 201-1")
        _press(view.board, Qt.Key.Key_M)
        assert _here(view) == "204-3"
        assert f"给 {name} 换床" in view.moving.line.text()
        _press(view.board, Qt.Key.Key_Return)
        sheet = await _sheet(MoveSheet)
        _press(sheet, Qt.Key.Key_2, Qt.Key.Key_Return)
        await until(lambda: view.moving.who is None)
        await stage.settle()
        assert _who(house, "1号楼 204-3") == name
        assert _who(house, "1号楼 201-1") == ""
        assert stage.frame.notice.text() == f"{name} 已从 1号楼 201-1 换到 1号楼 204-3。"
        assert (_here(view), view.moving.line.text()) == ("204-3", "")
        stage.frame.activateWindow()  # the window system does so when a sheet closes; this one has none
        await until(view.board.hasFocus)


async def test_a_move_may_change_floors_and_esc_leaves_it(house: Station) -> None:
    async with _beds(house) as (stage, view):
        name = _who(house, "1号楼 201-2")
        _press(view.board, Qt.Key.Key_Right, Qt.Key.Key_M, Qt.Key.Key_PageDown)
        await stage.settle()
        _press(view.board, Qt.Key.Key_Right)
        assert _here(view) == "305-2"
        _press(view.board, Qt.Key.Key_Return)
        _press(await _sheet(MoveSheet), Qt.Key.Key_Escape)
        stage.frame.activateWindow()  # the window system does so when a sheet closes; this one has none
        await until(view.board.hasFocus)
        assert view.moving.who is not None
        assert view.moving.who.name == name
        _press(view.board, Qt.Key.Key_Escape)
        assert view.moving.who is None
        assert stage.place == "beds"
        _press(view.board, Qt.Key.Key_Escape)
        assert stage.place == "residents"
        assert _who(house, "1号楼 201-2") == name


async def test_a_move_without_its_reason_or_into_a_bed_just_taken_is_said_in_the_sheet(
    house: Station,
) -> None:
    async with _beds(house) as (stage, view):
        _press(view.board, Qt.Key.Key_M, Qt.Key.Key_Return)
        sheet = await _sheet(MoveSheet)
        _press(sheet, Qt.Key.Key_5)
        assert sheet.main is not None
        QTest.mouseClick(sheet.main, Qt.MouseButton.LeftButton)
        await until(lambda: sheet._words.error.text() == "选“其他”时请写明原因。")
        other = house.desk.ask_now(BedBoard()).rooms[0].beds[1].who
        free = view.board.current()
        assert other is not None
        assert free is not None
        house.desk.do_now(MoveBed(other.rid, free.rid, "护理需要"))
        await stage.settle()
        type_text(sheet.words, "靠近护士站")
        QTest.keyClick(sheet.words, Qt.Key.Key_Return)
        await until(lambda: f"已经由 {other.name} 住着" in sheet.notice.text())
        _press(sheet, Qt.Key.Key_Escape)
        await stage.settle()


async def test_arrows_go_only_to_free_beds_while_somebody_is_moved(house: Station) -> None:
    async with _beds(house) as (stage, view):
        _press(view.board, Qt.Key.Key_M, Qt.Key.Key_Left, Qt.Key.Key_Up)
        assert _here(view) == "204-3"
        taken = house.desk.ask_now(BedBoard()).rooms[0].beds[1]
        assert taken.who is not None
        spot = view.board.spot_of(taken.rid)
        assert spot is not None
        QTest.mouseDClick(view.board, Qt.MouseButton.LeftButton, pos=spot.rect.center())
        assert f"住着 {taken.who.name}" in stage.frame.notice.text()


async def test_a_free_bed_begins_a_new_resident_with_the_bed_filled_in(house: Station) -> None:
    """F, Enter: two keys from the board to the form."""
    async with _beds(house) as (stage, view):
        _press(view.board, Qt.Key.Key_F, Qt.Key.Key_Return)
        assert stage.place == "resident"
        await stage.settle()
        form = stage.frame.pages.view
        assert isinstance(form, ResidentFormView)
        assert form.form is not None
        assert form.form.draft()["bed"] == "1号楼 204-3"
        form.form.set_values({"name": "赵秀英"})
        stage.view("beds")
        await stage.settle()
        _press(view.board, Qt.Key.Key_PageDown)
        await stage.settle()
        _press(view.board, Qt.Key.Key_Return)
        await stage.settle()
        assert form.form.draft()["bed"] == "1号楼 305-1"
        assert form.form.draft()["name"] == "赵秀英"
        assert "床位由 1号楼 204-3 改成了 1号楼 305-1" in form.said.text()


async def test_what_others_change_appears_and_the_cursor_stays(house: Station) -> None:
    async with _beds(house) as (stage, view):
        _press(view.board, Qt.Key.Key_Right)
        first = house.desk.ask_now(BedBoard()).rooms[0].beds[0].who
        free = next(b for r in house.desk.ask_now(BedBoard()).rooms for b in r.beds if b.who is None)
        assert first is not None
        house.desk.do_now(MoveBed(first.rid, free.rid, "护理需要"))
        await until(lambda: view.shown is not None and view.shown.rooms[0].beds[0].who is None)
        await stage.settle()
        assert _here(view) == "201-2"


async def test_beds_are_added_room_after_room(house: Station) -> None:
    async with _beds(house) as (stage, view):
        _press(view.board, Qt.Key.Key_N)
        sheet = await _sheet(AddBedsSheet)
        assert (sheet.building.text(), sheet.floor.text()) == ("1号楼", "2层")
        type_text(sheet.room, "205")
        type_text(sheet.beds, "1-2")
        _press(sheet.beds, Qt.Key.Key_Return)
        await until(lambda: "已添加 2 张：1号楼 205-1 到 1号楼 205-2" in sheet.notice.text())
        await until(lambda: not sheet.errands.running)
        type_text(sheet.room, "205")
        type_text(sheet.beds, "2")
        _press(sheet.beds, Qt.Key.Key_Return)
        await until(lambda: sheet._fields["beds"].error.text() == "床位 1号楼 205-2 已经有了。")
        _press(sheet, Qt.Key.Key_Escape)
        await until(lambda: view.shown is not None and view.shown.beds == 16)
        await stage.settle()


async def test_a_room_is_renamed_and_its_beds_get_a_type(house: Station) -> None:
    async with _beds(house) as (stage, view):
        _press(view.board, Qt.Key.Key_T)
        sheet = await _sheet(ChangePlaceSheet)
        QTest.mouseClick(sheet.which.button("room"), Qt.MouseButton.LeftButton)
        assert sheet.name.text() == "201"
        QTest.mouseClick(sheet.kind.button("medical"), Qt.MouseButton.LeftButton)
        sheet.name.selectAll()
        type_text(sheet.name, "221")
        _press(sheet.name, Qt.Key.Key_Return)
        await until(lambda: stage.frame.notice.text() == "已保存：221")
        await until(lambda: _here(view) == "221-1")
        assert view.shown is not None
        assert view.shown.by_type["medical"] == 3
        await stage.settle()


async def test_a_list_of_beds_is_looked_at_then_taken_in(house: Station, tmp_path: Path) -> None:
    file = tmp_path / "beds.csv"
    file.write_text(
        "楼栋,房间,床号,类型\n1号楼,306,1,医养\n1号楼,305,1,护理型\n1号楼,307,,\n", encoding="utf-8"
    )
    async with _beds(house) as (stage, view):
        view.read_list(str(file))
        sheet = await _sheet(PlacesImportSheet)
        assert [line.words for _, line in sheet.table.rows_model.rows] == [
            "没有写床号",
            "类型由普通改为护理型",
            "",
        ]
        assert house.desk.ask_now(BedBoard()).beds == 14
        assert sheet.main is not None
        assert "导入 2 张" in sheet.main.text()
        _press(sheet.main, Qt.Key.Key_Return)
        await until(lambda: "已添加 1 张床位，改类型 1 张，1 处没有导入" in stage.frame.notice.text())
        await until(lambda: view.shown is not None and view.shown.beds == 15)
        await stage.settle()


async def test_an_empty_house_says_how_to_begin(station: Station) -> None:
    async with _beds(station) as (stage, view):
        assert view.state.words == "还没有床位"
        assert view.bring_in.isVisible()
        _press(view, Qt.Key.Key_N)
        sheet = await _sheet(AddBedsSheet)
        type_text(sheet.room, "101")
        type_text(sheet.beds, "1")
        _press(sheet.beds, Qt.Key.Key_Return)
        await until(lambda: view.state.words == "")
        _press(sheet, Qt.Key.Key_Escape)
        await stage.settle()


async def test_who_may_not_is_told_who_may(house: Station) -> None:
    become(house, Role.CAREGIVER)
    async with _beds(house) as (stage, view):
        await until(lambda: "可以找" in view.change_bed.toolTip() and "可以找" in view.add.toolTip())
        _press(view.board, Qt.Key.Key_M)
        assert "“新建和修改老人档案”的权限" in stage.frame.notice.text()
        _press(view.board, Qt.Key.Key_N)
        assert "“管理床位”的权限" in stage.frame.notice.text()
        _press(view.board, Qt.Key.Key_F, Qt.Key.Key_Return)
        assert "“新建和修改老人档案”的权限" in stage.frame.notice.text()
        assert stage.place == "beds"


async def test_f8_asks_about_who_lies_there_or_the_bed(house: Station) -> None:
    async with _beds(house) as (_stage, view):
        bed = view.board.current()
        assert bed is not None
        assert bed.who is not None
        assert view.record_shown() == ("resident", bed.who.rid)
        _press(view.board, Qt.Key.Key_F)
        shown = view.record_shown()
        assert shown is not None
        assert (shown[0], isinstance(shown[1], UUID)) == ("place", True)
