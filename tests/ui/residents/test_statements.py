"""Allergies and diagnoses written from the chart by keys: added, corrected, retracted, taken back, refused in words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.compose import Station
from app.core.clock import SetClock
from app.core.roles import Role
from app.residents.forms import ResidentForm
from app.residents.queries import Chart
from app.residents.service import CreateResident
from app.residents.stating import AddAllergy, AddDiagnosis, AllergyForm, CorrectAllergy, DiagnosisForm, Seen
from tests.support.hands import type_text
from tests.support.station import become
from tests.ui.residents.stage import Stage, on_stage, until
from ui.kit import AllergyStrip, Words
from ui.residents.chart_view import ChartView
from ui.residents.statement_sheet import Sheets

PENICILLIN = AllergyForm("青霉素类", "皮疹", "severe", "confirmed", "病历")
Enter, Escape, Down, Delete, Tab = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Down,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Tab,
)


@pytest.fixture
def rid(station: Station) -> UUID:
    become(station, Role.NURSE)
    return station.desk.do_now(CreateResident(ResidentForm("李桂兰", "2", date(1942, 5, 18))))


@asynccontextmanager
async def opened(station: Station, rid: UUID, key: str) -> AsyncIterator[tuple[Stage, ChartView, Sheets]]:
    """The chart, and the sheet a key of it opens (capital: with Shift)."""
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": rid})
        await stage.settle()
        shift = Qt.KeyboardModifier.ShiftModifier if key.isupper() else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(view.head.tabs, Qt.Key[f"Key_{key.upper()}"], shift)
        sheet = view.statements.sheet
        assert sheet is not None
        await until(sheet.isActiveWindow)
        yield stage, view, sheet
        await until(lambda: not sheet.errands.running)
        while view.statements.sheet is not None:
            sheet.reject()


def press(*keys: Qt.Key | str) -> None:
    """Keys to whatever has the focus: a popup above it, else the field; words are typed."""
    for key in keys:
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert isinstance(target, QWidget)
        if isinstance(key, str):
            type_text(QApplication.focusWidget() or target, key)
        else:
            QTest.keyClick(target, key)


async def saved(sheet: Sheets) -> None:
    """Until the act is done and the list shows again."""
    await until(lambda: not sheet.errands.running and sheet.task is None)
    await in_front(sheet)


async def ctrl_enter(sheet: Sheets) -> None:
    """Save from wherever the cursor is."""
    await in_front(sheet)
    assert sheet.form is not None
    QTest.keyClick(sheet.form, Enter, Qt.KeyboardModifier.ControlModifier)


async def in_front(sheet: Sheets) -> None:
    """A screen gives back the window that a popup had; the one of the tests does not."""
    sheet.activateWindow()
    await until(sheet.isActiveWindow)


def strip_of(widget: QWidget) -> str:
    strip = widget.findChild(AllergyStrip)
    assert isinstance(strip, AllergyStrip)
    return strip.accessibleName()


async def test_an_allergy_by_keys_alone(station: Station, rid: UUID) -> None:
    """G, three initials and Enter, then each field: 13 keys beside the words of the reaction."""
    async with opened(station, rid, "g") as (_stage, view, sheet):
        press("qms", Enter)
        press("皮疹", Enter)
        press(Qt.Key.Key_Left, Enter)
        press(Enter, "br", Enter, Enter)
        await saved(sheet)
        assert sheet.notice.text() == "已登记过敏：青霉素类。"
        await until(lambda: strip_of(view.head) == strip_of(sheet) == "过敏：青霉素类（皮疹，重度）")
    (one,) = station.desk.ask_now(Chart(rid)).allergies
    assert (one.substance, one.reaction, one.severity, one.told_by) == ("青霉素类", "皮疹", "severe", "本人")


async def test_words_no_list_knows_are_kept_as_said(station: Station, rid: UUID) -> None:
    async with opened(station, rid, "g") as (_stage, _view, sheet):
        press("无花果", Enter, Tab)
        assert sheet.form is not None
        assert sheet.form.values()["substance"] == "无花果"
        sheet.form.focus_on("told_by")
        press("家属", Enter, Enter)
        await saved(sheet)
    assert [one.substance for one in station.desk.ask_now(Chart(rid)).allergies] == ["无花果"]


async def test_none_known_then_an_allergy_puts_it_aside(station: Station, rid: UUID) -> None:
    async with opened(station, rid, "G") as (_stage, view, sheet):
        assert sheet.state.words == "过敏史不详"
        assert strip_of(sheet) == "过敏史不详，用药前请先核对"
        press(Qt.Key.Key_W, "js", Enter, Enter)
        await saved(sheet)
        await until(lambda: strip_of(view.head) == "无已知过敏")
        press(Enter)
        assert "有过敏请直接登记" in sheet.notice.text()
        station.desk.do_now(AddAllergy(rid, PENICILLIN))
        await until(lambda: strip_of(sheet) == "过敏：青霉素类（皮疹，重度）")
        press(Qt.Key.Key_W, "br", Enter, Enter)
        await until(lambda: "已登记过敏：青霉素类" in sheet.notice.text())


async def test_a_correction_asks_why_and_history_strikes_the_old_words_through(
    station: Station, rid: UUID
) -> None:
    station.desk.do_now(AddAllergy(rid, PENICILLIN))
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(hours=1))
    async with opened(station, rid, "G") as (stage, view, sheet):
        press(Enter)
        assert sheet.form is not None
        sheet.form.focus_on("certainty")
        press(Qt.Key.Key_Right)
        await ctrl_enter(sheet)
        form = sheet.form
        await until(lambda: form.error("reason") == "请选择更正原因。")
        press(Qt.Key.Key_Space, Enter, Enter)
        await saved(sheet)
        press(Escape)
        assert view.statements.sheet is None
        view.head.turn(-1)
        await stage.settle()
        words = view.history.findChildren(Words)
        assert [one.text() for one in words if one.font().strikeOut()] == ["青霉素类（皮疹，重度）"]
        assert "原因：笔误" in [one.text() for one in words]


async def test_what_somebody_changed_meanwhile_is_said_and_nothing_typed_is_lost(
    station: Station, rid: UUID
) -> None:
    allergy = station.desk.do_now(AddAllergy(rid, PENICILLIN))
    async with opened(station, rid, "G") as (_stage, _view, sheet):
        press(Enter)
        theirs = AllergyForm("青霉素类", "过敏性休克", "severe", "confirmed", "病历")
        station.desk.do_now(CorrectAllergy(Seen(allergy, 1), theirs, "补充"))
        await until(lambda: sheet.table.rows_model.rows[0].revision == 2)
        assert sheet.form is not None
        sheet.form.set_values({"reaction": "皮疹、休克", "reason": "补充"})
        await ctrl_enter(sheet)
        await until(lambda: "现在是：青霉素类（过敏性休克）" in sheet.notice.text())
        assert sheet.form.values()["reaction"] == "皮疹、休克"
        await until(lambda: not sheet.errands.running)  # a press beside another one is ignored
        await ctrl_enter(sheet)
        await saved(sheet)
    assert station.desk.ask_now(Chart(rid)).allergies[0].reaction == "皮疹、休克"


async def test_delete_asks_for_words_and_ctrl_z_takes_back(station: Station, rid: UUID) -> None:
    station.desk.do_now(AddAllergy(rid, PENICILLIN))
    async with opened(station, rid, "G") as (_stage, _view, sheet):
        press(Delete, Enter)
        form = sheet.form
        assert form is not None
        await until(lambda: form.error("why") == "请填写为什么作废。")
        press("记错人", Enter)
        await saved(sheet)
        await until(lambda: strip_of(sheet) == "过敏史不详，用药前请先核对")
        press(Qt.Key.Key_N, "mg", Enter)
        assert sheet.form is not None
        sheet.form.focus_on("told_by")
        press("bl", Enter, Enter)
        await saved(sheet)
        await until(lambda: strip_of(sheet) == "过敏：芒果")
        QTest.keyClick(sheet.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: strip_of(sheet) == "过敏史不详，用药前请先核对")
        await until(lambda: sheet.notice.text().startswith("已撤销"))


async def test_a_diagnosis_by_initials_brings_its_code(station: Station, rid: UUID) -> None:
    async with opened(station, rid, "z") as (_stage, view, sheet):
        press("2xtnb", Enter)
        press("2014", Enter, Enter, Enter)
        await saved(sheet)
        assert sheet.notice.text() == "已登记诊断：2型糖尿病。"
        await until(lambda: len(view.overview.diagnoses.findChildren(Words)) > 3)
    (one,) = station.desk.ask_now(Chart(rid)).diagnoses
    assert (one.words, one.code, one.onset, one.status) == ("2型糖尿病", "E11.9", "2014", "active")


async def test_a_code_goes_with_the_words_it_came_with(station: Station, rid: UUID) -> None:
    async with opened(station, rid, "z") as (_stage, _view, sheet):
        press("i10", Enter)
        form = sheet.form
        assert form is not None
        assert form.values()["code"] == "I10"
        form.focus_on("words")
        press(Qt.Key.Key_End, "3级")
        assert form.values()["code"] == "I10"
        for _ in range(7):
            press(Qt.Key.Key_Backspace)
        press("怪病")
        assert form.values()["code"] == ""


async def test_a_duplicate_is_refused_beside_its_field(station: Station, rid: UUID) -> None:
    station.desk.do_now(AddDiagnosis(rid, DiagnosisForm("痛风", "M10.9", "2014")))
    async with opened(station, rid, "z") as (_stage, _view, sheet):
        press("痛风", Escape)
        assert sheet.form is not None
        await ctrl_enter(sheet)
        await until(lambda: sheet.form is not None and "已登记诊断：痛风" in sheet.form.error("words"))
        assert sheet.task is not None


@pytest.mark.parametrize("key", ["g", "z"])
async def test_a_caregiver_reads_and_is_told_who_may_write(station: Station, rid: UUID, key: str) -> None:
    station.desk.do_now(AddAllergy(rid, PENICILLIN))
    station.desk.do_now(AddDiagnosis(rid, DiagnosisForm("痛风")))
    become(station, Role.CAREGIVER)
    async with opened(station, rid, key) as (_stage, _view, sheet):
        assert sheet.task is None
        assert "您没有“新建和修改老人档案”的权限" in sheet.notice.text()
        for act in (Enter, Delete, Qt.Key.Key_N):
            sheet.notice.clear()
            press(act)
            assert sheet.task is None
            assert "权限" in sheet.notice.text()
        assert len(sheet.table.rows_model.rows) == 1


async def test_the_keys_help_names_the_sheets(station: Station, rid: UUID) -> None:
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": rid})
        await stage.settle()
        from ui.kit import keys_here

        shown = {key.shown: key.words for key in keys_here(view)}
        assert (shown["G"], shown["Z"]) == ("登记过敏", "登记诊断")
