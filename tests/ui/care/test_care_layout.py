"""The care screens stand as they should: in small windows and large texts, with the longest names and many columns."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.care.service import ApplyTemplate
from app.compose import Station
from tests.support.layout import lint
from tests.ui.care.floor import on_floor, planned, press, put
from tests.ui.residents.stage import on_stage, until
from ui.care.close_sheet import CloseSheet
from ui.style import look


def _full(station: Station, count: int = 4) -> None:
    """Everyone with a full plan besides the three tasks."""
    rids = planned(station, count)
    put(station, 7)
    codes = ("morning_care", "oral_care", "feeding", "pad_change", "skin_check", "dressing", "bath", "nails")
    for rid in rids:
        station.desk.do_now(ApplyTemplate(rid, "full", codes))
    put(station, 12)


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1000, 620)])
async def test_the_board_fits(
    station: Station, size: tuple[int, int], scale: float, qapp: QApplication
) -> None:
    _full(station)
    look.apply(qapp, scale=scale)
    async with on_floor(station, size) as (stage, view):
        assert lint(stage.frame) == []
        press(view.grid, *[Qt.Key.Key_Right] * 20)
        assert view.grid.rect().contains(view.grid.cursor_rect())
        view.close_shift()
        await until(lambda: isinstance(QApplication.activeModalWidget(), CloseSheet))
        closing = QApplication.activeModalWidget()
        assert closing is not None
        assert lint(closing) == []
        press(closing, Qt.Key.Key_Escape)
        await until(lambda: QApplication.activeModalWidget() is None)
        await stage.settle()


@pytest.mark.parametrize("size", [(1366, 768), (1000, 620)])
async def test_the_plan_fits(station: Station, size: tuple[int, int]) -> None:
    _full(station, 1)
    async with on_stage(station, size) as stage:
        board = stage.view("care")
        await stage.settle()
        resident = board.board.rows[0].resident
        stage.view("chart", {"resident": resident, "tab": "care"})
        await stage.settle()
        assert lint(stage.frame) == []


async def test_columns_beyond_the_edge_are_counted_and_come_with_the_cursor(station: Station) -> None:
    _full(station)
    async with on_floor(station, (1000, 620)) as (_stage, view):
        grid = view.grid
        assert grid.waits_under(range(len(grid.sheet.headings)))
        before = grid.offset
        press(grid, *[Qt.Key.Key_Right] * 20)
        assert grid.offset > before
        press(grid, *[Qt.Key.Key_Left] * 20)
        assert grid.offset == 0
