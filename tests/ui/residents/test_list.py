"""The list of residents: found as typed, filtered, opened by keys; it says what is missing and who may."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.compose import Station
from app.core.roles import Role
from app.residents.queries import FormOf
from app.residents.queries.latest import ABILITY
from app.residents.service import EditResident
from tests.support.hands import type_text
from tests.support.station import become
from tests.ui.residents.stage import Stage, assessed, drafted, on_stage, people, until
from ui.residents.residents_view import ResidentsView
from ui.residents.signs import LEVELS


@pytest.fixture
def house(station: Station) -> Station:
    """Twelve residents: four assessed, one overdue, one due today."""
    rids = people(station)
    for place, (total, due) in enumerate(((58, 0), (72, 22), (12, -3), (90, 400))):
        assessed(station, rids[place], total, due_in=due)
    drafted(station, rids[3])
    return station


@asynccontextmanager
async def _list(
    station: Station, size: tuple[int, int] = (1440, 900)
) -> AsyncIterator[tuple[Stage, ResidentsView]]:
    async with on_stage(station, size) as stage:
        view = stage.view("residents")
        assert isinstance(view, ResidentsView)
        await stage.settle()
        yield stage, view


def _names(view: ResidentsView) -> list[str]:
    return [row.name for row in view.table.rows_model.rows]


async def test_found_by_initials_and_opened_by_enter(house: Station) -> None:
    """Ctrl+F, four letters, Enter: six keys from the list to a chart."""
    async with _list(house) as (stage, view):
        QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        assert view.search.hasFocus()
        type_text(view.search, "oysh")
        await until(lambda: _names(view) == ["欧阳淑华"])
        await stage.settle()
        QTest.keyClick(view.search, Qt.Key.Key_Return)
        assert stage.place == "chart"
        await stage.settle()
        assert stage.frame.pages.view is not None
        assert [crumb.words for crumb in stage.frame.pages.view.crumbs] == ["老人", "欧阳淑华"]


async def test_enter_before_the_answer_opens_nobody(house: Station) -> None:
    """Whoever types faster than the list answers must not land in the chart that was selected before."""
    async with _list(house) as (stage, view):
        type_text(view.search, "liguilan")
        QTest.keyClick(view.search, Qt.Key.Key_Return)
        assert stage.place == "residents"
        await stage.settle()
        assert _names(view) == ["李桂兰", "李桂蓝"]
        QTest.keyClick(view.search, Qt.Key.Key_Down)
        QTest.keyClick(view.search, Qt.Key.Key_Return)
        await stage.settle()
        chart = stage.frame.pages.view
        assert chart is not None
        assert chart.crumbs[-1].words == "李桂蓝"


async def test_nothing_found_says_what_was_searched_and_esc_brings_all_back(house: Station) -> None:
    async with _list(house) as (stage, view):
        type_text(view.search, "zzzz")
        await until(lambda: "zzzz" in view.state.words)
        await stage.settle()
        assert view.panel.shown is None
        QTest.keyClick(view.search, Qt.Key.Key_Escape)
        await until(lambda: len(_names(view)) == 12)
        assert view.state.words == ""


async def test_levels_are_counted_and_filter(house: Station) -> None:
    async with _list(house) as (_stage, view):
        texts = [button.text() for button in view.chips.group.buttons()]
        assert texts == [
            "全部 12",
            "能力完好 1",
            "轻度失能 1",
            "中度失能 1",
            "重度失能",
            "完全失能 1",
            "未评估 8",
        ]
        QTest.mouseClick(view.chips.group.buttons()[5], Qt.MouseButton.LeftButton)
        await until(lambda: len(_names(view)) == 1)
        QTest.mouseClick(view.chips.group.buttons()[4], Qt.MouseButton.LeftButton)
        await until(lambda: view.state.words == "没有“重度失能”的老人")


async def test_the_panel_shows_the_selected_one_whole(house: Station) -> None:
    async with _list(house) as (stage, view):
        shown = view.panel.shown
        assert shown is not None
        assert shown.name == "欧阳淑华"
        for _ in range(3):
            QTest.keyClick(view.table, Qt.Key.Key_Down)
        await stage.settle()
        assert view.panel.shown is not None
        assert view.panel.shown.name == "李桂兰"
        assert "继续评估" in view.panel.assess.text()
        QTest.keyClick(view.table, Qt.Key.Key_A)
        assert stage.visits.seen == [("assessment", {"resident": view.panel.shown.rid})]


async def test_due_dates_press_by_words(house: Station) -> None:
    async with _list(house) as (_stage, view):
        model = view.table.rows_model
        due = [model.index(row, 5).data() for row in range(5)]
        assert due == ["今天", "12-16", "逾期 3 天", "2027-12-29", "—"]


async def test_somebody_elses_change_appears_and_the_selection_stays(house: Station) -> None:
    async with _list(house) as (stage, view):
        QTest.keyClick(view.table, Qt.Key.Key_Down)
        row = view.table.current()
        assert row is not None
        seen = house.desk.ask_now(FormOf(row.rid))
        house.desk.do_now(EditResident(row.rid, replace(seen.form, name="阿卜杜热依木"), seen.revision))
        await until(lambda: "阿卜杜热依木" in _names(view))
        await stage.settle()
        current = view.table.current()
        assert current is not None
        assert current.rid == row.rid


async def test_an_empty_house_says_how_to_begin(station: Station) -> None:
    async with _list(station) as (stage, view):
        assert view.state.words == "还没有老人档案"
        QTest.keyClick(view.table, Qt.Key.Key_I)
        QTest.keyClick(view, Qt.Key.Key_I)
        assert stage.place == "import"


async def test_who_may_not_is_told_who_may(house: Station) -> None:
    become(house, Role.ASSESSOR)
    async with _list(house) as (stage, view):
        await until(lambda: "可以找" in view.new.toolTip())
        assert not view.new.isEnabled()
        QTest.mouseClick(view.new, Qt.MouseButton.LeftButton)
        assert "“新建和修改老人档案”的权限" in stage.frame.notice.text()
        assert "周敏" in stage.frame.notice.text()
        QTest.keyClick(view.table, Qt.Key.Key_I)
        assert "“导入老人名册”的权限" in stage.frame.notice.text()
        assert stage.place == "residents"


async def test_a_long_list_comes_as_it_is_scrolled(house: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.residents.residents_view.PAGE", 5)
    async with _list(house, (1440, 420)) as (stage, view):
        bar = view.table.verticalScrollBar()
        for _ in range(6):
            bar.setValue(bar.maximum())
            await stage.settle()
        assert len(_names(view)) == 12
        assert len(set(_names(view))) == len(_names(view))
        assert view.count.text() == "共 12 位"


async def test_the_search_of_the_frame_fills_the_box(house: Station) -> None:
    async with _list(house) as (stage, view):
        stage.frame.go("residents", {"search": "201-2"})
        await until(lambda: len(_names(view)) == 1)
        assert view.search.text() == "201-2"


def test_levels_read_as_the_instrument_names_them() -> None:
    from app.assessments.instruments import shipped

    levels = shipped()[ABILITY].levels
    assert [(level.short, level.tone) for level in levels] == [(words, str(tone)) for words, tone in LEVELS]
