"""The rows table: keys and mouse, the selection through a refresh, columns that give way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.kit import Column, RowsTable, Stack, cells
from ui.kit.rows import fit_columns


@dataclass(frozen=True)
class Bed:
    """A row of the test."""

    number: int
    name: str


BEDS = tuple(Bed(n, f"{n} 床") for n in range(40))
COLUMNS = (
    Column[Bed]("名称", lambda b: cells.Name(b.name, f"01-{b.number:06}")),
    Column[Bed]("编号", lambda b: cells.Text(str(b.number)), 100, priority=1),
    Column[Bed]("状态", lambda _b: cells.Text("空"), 100, priority=2),
)


@pytest.fixture
def table(qtbot: QtBot) -> RowsTable[Bed]:
    made: RowsTable[Bed] = RowsTable(COLUMNS, lambda bed: bed.number, words="床位")
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.set_rows(BEDS)
    made.show()
    return made


def test_keys_move_and_enter_opens(qtbot: QtBot, table: RowsTable[Bed]) -> None:
    table.pick_first()
    opened: list[Bed] = []
    table.on_opened(opened.append)
    for key, number in (
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Down, 2),
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_End, 39),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Up, 0),
    ):
        qtbot.keyClick(table, key)
        assert table.current() == BEDS[number]
    qtbot.keyClick(table, Qt.Key.Key_PageDown)
    paged = table.current()
    assert paged is not None
    assert paged.number >= 4
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [paged]


def test_a_click_picks_and_a_double_click_opens(qtbot: QtBot, table: RowsTable[Bed]) -> None:
    picked: list[Bed | None] = []
    opened: list[Bed] = []
    table.on_picked(picked.append)
    table.on_opened(opened.append)
    place = table.visualRect(table.rows_model.index(2, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picked == [BEDS[2]]
    assert opened == [BEDS[2]]


def test_the_selection_follows_its_row_through_a_refresh(table: RowsTable[Bed]) -> None:
    assert table.pick(5)
    picked: list[Bed | None] = []
    table.on_picked(picked.append)
    table.set_rows((Bed(99, "新床"), *BEDS))
    assert table.current() == BEDS[5]
    assert table.currentIndex().row() == 6
    assert picked == []
    changed = tuple(replace(bed, name="改名") for bed in BEDS)
    table.set_rows(changed)
    assert table.current() == Bed(5, "改名")
    table.set_rows(BEDS[:3])
    assert table.current() is None
    assert picked == [None]


def test_the_view_does_not_jump_when_rows_come_anew(table: RowsTable[Bed]) -> None:
    table.pick(1)
    table.verticalScrollBar().setValue(300)
    before = table.verticalScrollBar().value()
    table.set_rows(BEDS)
    assert table.verticalScrollBar().value() == before > 0


def test_columns_give_way_by_priority_and_never_scroll_sideways(table: RowsTable[Bed]) -> None:
    assert [table.isColumnHidden(n) for n in range(3)] == [False, False, False]
    table.resize(300, 400)
    assert [table.isColumnHidden(n) for n in range(3)] == [False, False, True]
    table.resize(180, 400)
    assert [table.isColumnHidden(n) for n in range(3)] == [False, True, True]
    assert not table.horizontalScrollBar().isVisible()
    assert (
        sum(table.columnWidth(n) for n in range(3) if not table.isColumnHidden(n)) == table.viewport().width()
    )


@pytest.mark.parametrize("room", [146, 260, 345, 346, 347, 800, 1920])
@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3])
def test_kept_columns_fill_the_room_exactly(room: int, scale: float) -> None:
    widths = fit_columns(COLUMNS, room, scale)
    assert widths[0] > 0
    assert sum(widths) == max(room, widths[0])


def test_tab_leaves_the_table(qtbot: QtBot, table: RowsTable[Bed]) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    box = QVBoxLayout(page)
    after = QLineEdit()
    box.addWidget(table)
    box.addWidget(after)
    with qtbot.waitActive(page):
        page.show()
    after.setFocus()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.shows_focus
    assert table.current() == BEDS[0]
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert not table.shows_focus
    table.setParent(None)  # its own fixture ends it


def test_a_screen_reader_hears_what_the_cell_shows(table: RowsTable[Bed]) -> None:
    index = table.rows_model.index(3, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "3 床 01-000003"


def test_a_table_that_is_turned_to_has_its_first_row_selected(qtbot: QtBot) -> None:
    pages = Stack()
    qtbot.addWidget(pages)
    tables = [RowsTable(COLUMNS, lambda bed: bed.number, words="床位") for _ in range(2)]
    for one in tables:
        pages.add(one)
        one.set_rows(BEDS)
    pages.resize(500, 400)
    pages.show()
    pages.activateWindow()
    qtbot.waitUntil(pages.isActiveWindow)
    for one in tables:
        pages.show_page(one)
        one.setFocus()
        qtbot.waitUntil(one.hasFocus)
        assert one.current() == BEDS[0]
        assert [index.row() for index in one.selectionModel().selectedRows()] == [0]
