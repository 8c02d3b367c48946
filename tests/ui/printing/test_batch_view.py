"""批量打印 by keys: from the list, choose, draw with progress, stop."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.assessments.instruments import shipped
from app.compose import Station
from tests.printing.assessing import content, save, sign
from tests.ui.residents.stage import on_stage, people, until

CONTROL = Qt.KeyboardModifier.ControlModifier


async def test_p_in_the_list_leads_there_and_says_for_how_many(station: Station, qtbot: QtBot) -> None:
    people(station, 5)
    async with on_stage(station) as stage:
        view = stage.view("residents")
        await stage.settle()
        QTest.keyClick(view.table, Qt.Key.Key_P)
        await until(lambda: stage.place == "batch")
        await stage.settle()
        batch: Any = stage.frame.pages.view
        assert "5 位老人" in batch.state.words
        assert not batch.print_button.isEnabled()


async def test_nobody_has_anything_to_print_and_is_named(station: Station, qtbot: QtBot) -> None:
    people(station, 3)
    async with on_stage(station) as stage:
        batch = stage.view("batch")
        await stage.settle()
        batch.sheets.choose("ability-assessment")
        QTest.keyClick(batch.sheets.group.buttons()[0], Qt.Key.Key_Return, CONTROL)
        await until(lambda: batch.state.words == "没有可打印的内容")
        assert batch.left_out.isVisible()
        assert "欧阳淑华" in batch.left_out.text()


async def test_a_stop_prints_nothing(station: Station, qtbot: QtBot) -> None:
    people(station, 12)
    async with on_stage(station) as stage:
        batch = stage.view("batch")
        await stage.settle()
        QTest.keyClick(batch.sheets.group.buttons()[0], Qt.Key.Key_Return, CONTROL)
        await until(batch.progress.isVisible)
        batch.progress.cancelled.emit()
        await until(lambda: not batch.progress.isVisible())
        assert batch.drawn is None


async def test_a_floor_has_one_sheet_and_its_groups_of_instruments(station: Station, qtbot: QtBot) -> None:
    people(station, 5)
    async with on_stage(station) as stage:
        batch = stage.view("batch")
        await stage.settle()
        assert not batch.groups.isVisible()
        batch.sheets.choose("assessment-floor")
        batch._say_choice()
        assert batch.groups.isVisible()
        assert "1 个楼层" in batch.state.words
        batch.groups.choose("风险")
        QTest.keyClick(batch.sheets.group.buttons()[0], Qt.Key.Key_Return, CONTROL)
        await until(batch.print_button.isEnabled)
        assert batch.facts.text().startswith("1 个楼层 · 共 1 页")


async def test_the_report_of_one_instrument_for_everybody(station: Station, qtbot: QtBot) -> None:
    morse = shipped()["morse"]
    for resident in people(station, 3)[:2]:
        save(station, resident, morse, content(station, morse, morse.cases[0]))
        sign(station, resident, morse)
    async with on_stage(station) as stage:
        batch = stage.view("batch")
        await stage.settle()
        batch.sheets.choose("assessment-report")
        batch._say_choice()
        assert batch.instruments.isVisible()
        batch.instruments.choose("morse")
        QTest.keyClick(batch.sheets.group.buttons()[0], Qt.Key.Key_Return, CONTROL)
        await until(batch.print_button.isEnabled)
        assert batch.facts.text().startswith("2 位老人 · 共 2 页")
        assert batch.drawn.file_name.startswith("评估报告 Morse跌倒 全部楼层 ")
        assert "还没有签名的“Morse跌倒风险评估”" in batch.left_out.text()
