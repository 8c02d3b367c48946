"""工作台 and 时间线 by keys: a digit opens its worklist, Enter what is to do, M looks further back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.compose import Station
from tests.ui.residents.stage import assessed, on_stage, people, until
from tests.ui.shell.opened import sheet
from ui.history.history_sheet import HistorySheet


async def test_a_digit_opens_the_worklist_behind_its_number(station: Station, qtbot: QtBot) -> None:
    people(station, 5)
    async with on_stage(station) as stage:
        view = stage.view("today")
        await stage.settle()
        place = list(view.tiles).index("assessments") + 1
        QTest.keyClick(view.todos, Qt.Key(Qt.Key.Key_0 + place))
        await until(lambda: stage.place == "assessments")
        await stage.settle()
        assert stage.frame.pages.view is not view


async def test_enter_goes_to_what_is_to_do_and_news_renew_it(station: Station, qtbot: QtBot) -> None:
    (rid, *_) = people(station, 3)
    async with on_stage(station) as stage:
        view = stage.view("today")
        await stage.settle()
        assert view.nothing.words == "没有要办的事"
        assessed(station, rid, 58, due_in=-3)
        await until(lambda: view.nothing.words == "")
        await stage.settle()
        QTest.keyClick(view.todos, Qt.Key.Key_Return)
        await until(lambda: stage.visits.seen == [("assessment", {"resident": rid})])


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
