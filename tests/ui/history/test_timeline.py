"""时间线 by keys: F another kind, M further back, Enter the versions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.compose import Station
from tests.ui.residents.stage import assessed, on_stage, people, until
from tests.ui.shell.opened import sheet
from ui.history.history_sheet import HistorySheet


async def test_the_timeline_shows_versions_and_looks_further_back(station: Station, qtbot: QtBot) -> None:
    (rid, *_) = people(station, 1)
    assessed(station, rid, 58)
    async with on_stage(station) as stage:
        chart = stage.view("chart", {"resident": rid, "tab": "timeline"})
        await stage.settle()
        stage.frame.activateWindow()
        await until(stage.frame.isActiveWindow)
        tab = chart.findChild(type(chart._made["timeline"]))
        await until(lambda: len(tab.table.rows_model.rows) > 1)
        QTest.keyClick(tab.table, Qt.Key.Key_F)
        assert tab.chips.key != "全部"
        QTest.keyClick(tab.table, Qt.Key.Key_M)
        await until(lambda: "60 天" in tab.foot.text())
        QTest.keyClick(tab.table, Qt.Key.Key_Return)
        story = sheet(HistorySheet)
        await until(story.isActiveWindow)
        QTest.keyClick(story, Qt.Key.Key_Escape)
        assert not story.isVisible()
