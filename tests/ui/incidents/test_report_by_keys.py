"""A report by keys alone: kind by initials, resident by initials, words, and it stands in the list; drafts survive."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.compose import Station
from app.core.drafts import NOBODY_YET, DraftOf
from app.core.roles import Role
from app.incidents.queries import Filters, IncidentList, IncidentRow
from tests.support.hands import type_text
from tests.support.station import become
from tests.ui.residents.stage import Stage, on_stage, people, until
from ui.incidents.incident_view import IncidentView
from ui.incidents.report_view import ReportView

Enter, Tab, Down, Escape = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Escape
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def rids(station: Station) -> list[UUID]:
    """Twelve residents; a caregiver is at the desk."""
    found = people(station)
    become(station, Role.CAREGIVER)
    return found


def press(*keys: Qt.Key | str) -> None:
    """Keys to whatever has the focus: a popup above it, else the field; words are typed."""
    for key in keys:
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert isinstance(target, QWidget)
        if isinstance(key, str):
            type_text(QApplication.focusWidget() or target, key)
        else:
            QTest.keyClick(target, key)


async def chosen(view: ReportView, initials: str) -> None:
    """A kind by its initials; its questions are drawn."""
    press(initials, Enter)
    await until(lambda: view.form is not None and "measures" in view.form.values())
    await asyncio.sleep(0)


async def in_front(stage: Stage) -> None:
    """A screen gives back the window that a popup had; the one of the tests does not."""
    stage.frame.activateWindow()
    await until(stage.frame.isActiveWindow)


def incidents(station: Station) -> tuple[IncidentRow, ...]:
    return station.desk.ask_now(IncidentList(Filters("all"))).rows


async def test_a_fall_is_reported_in_few_keys(station: Station, rids: list[UUID]) -> None:
    """From the chart: I, the kind, where, what, how bad, what was done; all else can wait."""
    async with on_stage(station) as stage:
        chart = stage.view("chart", {"resident": rids[0]})
        await stage.settle()
        QTest.keyClick(chart.head.tabs, Qt.Key.Key_I)
        view = stage.frame.pages.view
        assert isinstance(view, ReportView)
        await stage.settle()
        await chosen(view, "dd")
        await in_front(stage)
        assert view.form is not None
        assert view.warning.text().startswith("头部着地或在用抗凝药")
        press("wsj", Enter)
        view.form.focus_on("happened")
        press("如厕后起身滑倒。")
        view.form.focus_on("harm")
        press(Qt.Key.Key_Right, Qt.Key.Key_Space)
        view.form.focus_on("measures")
        press(Qt.Key.Key_Space)
        QTest.keyClick(view.form, Enter, CONTROL)
        await until(lambda: stage.place == "incident")
        await stage.settle()
        shown = stage.frame.pages.view
        assert isinstance(shown, IncidentView)
        assert "结案还差：告知家属、审核" in shown.page.head.waits.text()
        assert stage.frame.notice.text().startswith("已上报")
        await in_front(stage)
        QTest.keyClick(shown, Escape)
        assert stage.place == "chart"
    (row,) = incidents(station)
    assert (row.kind, row.resident, row.place, row.harm) == ("fall", rids[0], "卫生间", "mild")
    assert station.desk.ask_now(DraftOf("incident", rids[0])) is None


async def test_the_resident_is_found_by_initials(station: Station, rids: list[UUID]) -> None:
    async with on_stage(station) as stage:
        view = stage.view("incident-report")
        await stage.settle()
        await chosen(view, "yeshi")
        await in_front(stage)
        press("oysh", Enter)
        assert view.form.values()["resident"].startswith("欧阳淑华 ")
        view.form.focus_on("resident")
        QTest.keyClick(view.form.input("resident"), Qt.Key.Key_A, CONTROL)
        press("无此人")
        view.form.set_values({"place": "餐厅", "happened": "呛咳", "harm": "none", "done": "拍背"})
        view.send()
        await until(lambda: "请从列表选择老人" in view.form.error("resident"))
        assert incidents(station) == ()
        assert view.form.values()["happened"] == "呛咳"
        await view.draft.drop()


async def test_nothing_is_sent_before_the_six_things_are_said(station: Station, rids: list[UUID]) -> None:
    async with on_stage(station) as stage:
        view = stage.view("incident-report")
        await stage.settle()
        view.send()
        await until(lambda: view.form.error("kind") == "请选择事件类别。")
        await chosen(view, "tousu")
        view.form.set_values({"place": "医务室", "happened": "家属投诉", "harm": "none"})
        view.send()
        await until(lambda: "请写明当时怎样处理" in view.form.error("done"))
        await view.draft.drop()


async def test_what_is_typed_outlives_a_change_of_person(station: Station, rids: list[UUID]) -> None:
    async with on_stage(station) as stage:
        view = stage.view("incident-report")
        await stage.settle()
        await chosen(view, "tangshang")
        await in_front(stage)
        view.form.focus_on("happened")
        press("泡脚时烫伤右足")
        await stage.frame.leave()
    kept = station.desk.ask_now(DraftOf("incident", NOBODY_YET))
    assert kept is not None
    assert kept.content["values"]["happened"] == "泡脚时烫伤右足"
    async with on_stage(station) as stage:
        view = stage.view("incident-report")
        await stage.settle()
        assert view.form.values()["kind"] == "scald"
        assert view.form.values()["happened"] == "泡脚时烫伤右足"
        assert "已放回" in view.said.text()
        view.throw_away()
        await until(lambda: view.form is not None and view.form.values()["happened"] == "")
        await stage.settle()
    assert station.desk.ask_now(DraftOf("incident", NOBODY_YET)) is None


async def test_esc_asks_before_anything_typed_is_left(station: Station, rids: list[UUID]) -> None:
    async with on_stage(station) as stage:
        view = stage.view("incident-report")
        await stage.settle()
        QTest.keyClick(view.form, Escape)
        assert stage.place == "incidents"
        await stage.settle()
        view = stage.view("incident-report")
        await stage.settle()
        await chosen(view, "zoushi")
        await in_front(stage)
        QTest.keyClick(view.form, Escape)
        assert stage.place == "incident-report"
        view._leave_nothing()
        await until(lambda: stage.place == "incidents")


async def test_a_double_click_reports_once(station: Station, rids: list[UUID]) -> None:
    async with on_stage(station) as stage:
        view = stage.view("incident-report", {"resident": rids[0]})
        await stage.settle()
        await chosen(view, "dd")
        await in_front(stage)
        view.form.set_values({"place": "走廊", "happened": "绊倒", "harm": "none", "done": "扶起"})
        for _ in range(2):
            QTest.mouseClick(view.save, Qt.MouseButton.LeftButton)
        await until(lambda: stage.place == "incident")
        await stage.settle()
    assert len(incidents(station)) == 1
