"""核验报告: F7 asks for the code, a scan into Ctrl+K answers at once, the record is one click away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.compose import Station
from app.printing.assessment_data import AssessmentReportOf
from app.printing.sheets.ability_report import AbilityReport
from tests.app.assessments.people import Admit, filled, signed
from tests.ui.residents.stage import Stage, on_stage, until
from ui.printing.verify_sheet import VerifyReport

CONTROL = Qt.KeyboardModifier.ControlModifier


def coded(station: Station) -> tuple[UUID, str]:
    """A signed assessment and the code on its report."""
    resident = station.desk.do_now(Admit(name="欧阳淑华"))
    record = signed(station, resident, filled(station, 62))
    report = station.desk.ask_now(AssessmentReportOf(resident, record))
    assert isinstance(report, AbilityReport)
    return record, report.qr


def sheet(stage: Stage) -> VerifyReport:
    (found,) = stage.frame.findChildren(VerifyReport)
    return found


async def test_f7_asks_and_enter_answers(station: Station, qtbot: QtBot) -> None:
    record, code = coded(station)
    async with on_stage(station) as stage:
        view: Any = stage.view("residents")
        await stage.settle()
        QTest.keyClick(view.table, Qt.Key.Key_F7)
        await until(lambda: bool(stage.frame.findChildren(VerifyReport)))
        asked = sheet(stage)
        QTest.keyClick(asked.code, Qt.Key.Key_Return)
        await until(lambda: asked._code.error.text() == "请先扫描或粘贴核验码。")
        QTest.keyClicks(asked.code, code.lower())
        QTest.keyClick(asked.code, Qt.Key.Key_Return)
        await until(lambda: asked.verdict is not None)
        assert asked.sentence.text() == "报告有效，与本站记录一致。"
        assert "欧阳淑华" in asked.facts.text()
        assert asked.sign.text() == "有效"
        QTest.mouseClick(asked.record_button, Qt.MouseButton.LeftButton)
        await until(lambda: stage.place == "assessment")
        assert stage.visits.seen == [("assessment", {"assessment": record})]


async def test_a_scan_into_the_search_is_no_search(station: Station, qtbot: QtBot) -> None:
    _record, code = coded(station)
    async with on_stage(station) as stage:
        stage.view("residents")
        await stage.settle()
        QTest.keyClick(stage.frame, Qt.Key.Key_K, CONTROL)
        QTest.keyClicks(stage.frame.top.search, code[:-1] + ("0" if code[-1] != "0" else "1"))
        QTest.keyClick(stage.frame.top.search, Qt.Key.Key_Return)
        await until(lambda: bool(stage.frame.findChildren(VerifyReport)))
        asked = sheet(stage)
        await until(lambda: asked.verdict is not None)
        assert asked.sign.text() == "不符"
        assert not asked.record_button.isVisible()
        assert stage.frame.top.search.text() == ""
