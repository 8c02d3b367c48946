"""评估统计 by keys: floors and care levels, who stands behind a number, from there into the chart."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.compose import Station
from app.core.roles import Role
from tests.app.assessments.course import assessed
from tests.support.layout import lint
from tests.support.station import become
from tests.ui.residents.stage import TODAY, Stage, on_stage, people, until
from ui.assessments.levels_view import LevelsView
from ui.kit import RowsTable, keys_here
from ui.residents.chart_view import ChartView

Down, Left, Right, Enter, Escape = (
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
)
LOW, HIGH = (0, 0, 0, 0, 0, 0), (1, 1, 1, 0, 1, 0)


@pytest.fixture
def rids(station: Station) -> list[UUID]:
    """Twelve residents: one got worse, one was assessed once, ten never."""
    become(station, Role.NURSE)
    found = people(station)
    for rid, days, digits in ((found[0], 90, LOW), (found[0], 5, HIGH), (found[1], 30, LOW)):
        assessed(station, rid, "morse", TODAY - timedelta(days=days), digits)
    return found


@asynccontextmanager
async def opened(
    station: Station, size: tuple[int, int] = (1440, 900)
) -> AsyncIterator[tuple[Stage, LevelsView]]:
    async with on_stage(station, size) as stage:
        view = stage.view("assessment-levels", {"instrument": "morse"})
        assert isinstance(view, LevelsView)
        await until(lambda: view.house is not None)
        await stage.settle()
        yield stage, view


async def press(stage: Stage, *keys: Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
        await stage.settle()


def shown(table: RowsTable[Any]) -> list[list[str]]:
    model = table.rows_model
    columns = [place for place in range(model.columnCount()) if not table.isColumnHidden(place)]
    return [
        [str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole)) for column in columns]
        for row in range(model.rowCount())
    ]


def heads(view: LevelsView) -> list[str]:
    return [one.title for one in view.table.rows_model.columns]


async def test_floors_with_a_number_each_level_and_the_people_behind(
    station: Station, rids: list[UUID]
) -> None:
    async with opened(station) as (stage, view):
        assert heads(view) == ["楼层", "人数", "分布", "低风险", "中风险", "高风险", "未评估", "好转", "变差"]
        rows = shown(view.table)
        assert rows[0] == ["全院", "12", "低风险 1，高风险 1，未评估 10", "1", "—", "1", "10", "—", "1"]
        assert sum(int(row[1]) for row in rows[1:]) == 12
        assert view.moved.text() == "近 6 个月里与前一次相比：好转 0 人，不变 0 人，变差 1 人；首次评估 1 人"
        assert len(shown(view.people)) == 12
        await press(stage, Right, Right)
        assert view.who.currentText() == "高风险 1 人"
        assert [row[1:] for row in shown(view.people)] == [["高风险 65 分", "变差"]]
        await press(stage, Right)
        assert view.who.currentText() == "未评估 10 人"
        assert len(shown(view.people)) == 10
        await press(stage, Left, Left, Left, Left)
        assert view.who.currentText() == "首次 1 人"


async def test_enter_leads_to_the_people_and_into_the_chart_and_esc_back(
    station: Station, rids: list[UUID]
) -> None:
    async with opened(station) as (stage, view):
        await press(stage, Right, Right, Enter)
        assert view.people.hasFocus()
        await press(stage, Enter)
        assert stage.place == "chart"
        chart = stage.frame.pages.view
        assert isinstance(chart, ChartView)
        assert (chart.rid, chart.tab) == (rids[0], "assessments")
        await press(stage, Escape)
        assert stage.place == "assessment-levels"
        assert view.code == "morse"
        view.people.setFocus()
        await press(stage, Escape)
        assert view.table.hasFocus()
        await press(stage, Escape)
        assert stage.place == "assessments"
        await press(stage, Qt.Key.Key_T)
        assert stage.place == "assessment-levels"


async def test_care_levels_months_and_instruments_are_chosen_by_keys(
    station: Station, rids: list[UUID]
) -> None:
    async with opened(station) as (stage, view):
        await press(stage, Qt.Key.Key_F)
        assert heads(view)[0] == "护理等级"
        assert {row[0] for row in shown(view.table)[1:]} <= {"自理", "半护理", "全护理", "未定"}
        await press(stage, Qt.Key.Key_T)
        assert view.box.hasFocus()
        before = view.code
        await press(stage, Down)
        assert view.code != before
        assert view.house is not None
        assert view.house.code == view.code
        view.box.choose("tcm33")
        view._chosen()
        await stage.settle()
        assert "分布" not in heads(view)
        assert "气虚质" in heads(view)
        assert view.moved.text().startswith("各列是结果为“是”")


async def test_it_hears_of_new_assessments(station: Station, rids: list[UUID]) -> None:
    async with opened(station) as (_stage, view):
        assessed(station, rids[5], "morse", TODAY, HIGH)
        await until(lambda: shown(view.table)[0][5] == "2")


async def test_an_empty_house_and_an_empty_cell_say_so(station: Station) -> None:
    async with opened(station) as (stage, view):
        assert view.state.words == "还没有在住的老人"
        become(station, Role.NURSE)
        people(station, 2)
        await until(lambda: not view.state.words)
        await stage.settle()
        await press(stage, Right)
        assert len(shown(view.people)) == 2


async def test_who_may_not_read_residents_has_no_such_place(station: Station) -> None:
    become(station, Role.ADMINISTRATOR)
    async with on_stage(station) as stage:
        assert "assessment-levels" not in [place.key for place in stage.frame.places]


async def test_its_keys_are_told(station: Station, rids: list[UUID]) -> None:
    async with opened(station) as (_stage, view):
        assert {"←", "→", "Enter", "T", "F", "Esc"} <= {key.shown for key in keys_here(view.table)}


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (900, 560)])
async def test_nothing_is_clipped(station: Station, rids: list[UUID], size: tuple[int, int]) -> None:
    async with opened(station, size) as (stage, view):
        await until(lambda: lint(view) == [])
        await press(stage, Enter)
        await until(lambda: lint(view) == [])
