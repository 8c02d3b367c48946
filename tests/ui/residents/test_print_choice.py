"""P in a chart: a choice of sheets by digit, what cannot be printed yet says why, a day where a sheet has a span."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.compose import Station
from app.printing.registry import SHEETS
from app.residents.queries import Chart
from tests.support.layout import lint
from tests.ui.residents.stage import assessed, on_stage, people, until
from ui.printing.preview_view import PreviewView
from ui.residents.chart_view import ChartView
from ui.residents.print_choice import PrintChoice

ABILITY = SHEETS["ability-assessment"]


@pytest.fixture
def rids(station: Station) -> list[UUID]:
    return people(station, 2)


@asynccontextmanager
async def _choosing(station: Station, rid: UUID) -> AsyncIterator[tuple[ChartView, PrintChoice]]:
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": rid})
        assert isinstance(view, ChartView)
        await stage.settle()
        QTest.keyClick(view.head.tabs, Qt.Key.Key_P)
        await until(lambda: view.findChild(PrintChoice) is not None)
        choice = view.findChild(PrintChoice)
        assert isinstance(choice, PrintChoice)
        await until(choice.isActiveWindow)
        yield view, choice


def _focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


async def test_a_digit_and_enter_show_the_sheet(station: Station, rids: list[UUID]) -> None:
    assessed(station, rids[0], 58)
    async with _choosing(station, rids[0]) as (view, choice):
        number = list(SHEETS).index(ABILITY.name) + 1
        QTest.keyClick(_focus(), Qt.Key(Qt.Key.Key_0 + number))
        assert choice.sheets.key == ABILITY.name
        QTest.keyClick(_focus(), Qt.Key.Key_Return)
        await until(choice.isHidden)
        await until(lambda: PreviewView.__name__ in {type(one).__name__ for one in _shown(view)})


async def test_what_cannot_be_printed_yet_is_pale_and_says_why(station: Station, rids: list[UUID]) -> None:
    async with _choosing(station, rids[0]) as (_view, choice):
        button = choice.sheets.button(ABILITY.name)
        assert not button.isEnabled()
        assert button.text().endswith("（还没有签名的评估）")
        number = list(SHEETS).index(ABILITY.name) + 1
        QTest.keyClick(_focus(), Qt.Key(Qt.Key.Key_0 + number))
        assert choice.sheets.key != ABILITY.name
        choice.reject()


async def test_a_sheet_with_a_span_asks_for_its_days(station: Station, rids: list[UUID]) -> None:
    weekly = replace(ABILITY, name="weekly", title="体温单", span="week", missing=lambda _chart: "")
    chart = station.desk.ask_now(Chart(rids[0]))
    asked: list[tuple[str, tuple[date, date]]] = []
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": rids[0]})
        await stage.settle()
        choice = PrintChoice(view, chart, (ABILITY, weekly), date(2026, 3, 2))
        choice.chosen.connect(lambda sheet, days: asked.append((sheet, days)))
        choice.open()
        await until(choice.isActiveWindow)
        assert choice.sheets.key == "weekly"
        days = choice.days
        assert days.isVisible()
        await asyncio.sleep(0.02)
        assert lint(choice) == []
        assert days.span == (date(2026, 3, 1), date(2026, 3, 2))
        days.form.set_values({"first": "2026-03-02", "last": "2026-03-01"})
        choice.done_with.emit()
        assert days.form.error("last") == "结束日期早于开始日期。"
        chip = next(one for one in days.usual.findChildren(QPushButton) if one.text() == "上月")
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
        choice.done_with.emit()
        assert asked == [("weekly", (date(2026, 2, 1), date(2026, 2, 28)))]


def _shown(view: ChartView) -> list[QWidget]:
    return [one for one in view.window().findChildren(QWidget) if one.isVisible()]
