"""工作台 by keys: a digit opens its worklist, Enter what is to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.compose import Station
from tests.ui.residents.stage import assessed, on_stage, people, until


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
        titles = [todo.title for todo in view.todos.rows_model.rows]
        assert titles
        when = "逾期 3 天"
        assert when not in [todo.when for todo in view.todos.rows_model.rows]
        assessed(station, rid, 58, due_in=-3)
        await until(lambda: view.todos.rows_model.rows[0].when == when)
        assert "能力评估" in view.todos.rows_model.rows[0].title
        await stage.settle()
        view.todos.pick_first()
        QTest.keyClick(view.todos, Qt.Key.Key_Return)
        asked = {"resident": rid, "instrument": "gbt42195-2022", "occasion": "常规评估"}
        await until(lambda: stage.visits.seen == [("assessment", asked)])


async def test_an_empty_house_says_what_would_be_here(station: Station, qtbot: QtBot) -> None:
    async with on_stage(station) as stage:
        view = stage.view("today")
        await stage.settle()
        assert view.nothing.words == "没有要办的事"
