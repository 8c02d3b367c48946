"""F8 over any screen: the way of the record one looks at to the district platform."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.compose import Station
from tests.support.acts import rows
from tests.support.outbox import put, receipt
from tests.support.station import MORNING
from tests.ui.residents.stage import Stage, on_stage
from tests.ui.shell.opened import sheet
from tests.ui.sync.room import ADDRESS, Busy, busy, pick, shown, until
from ui.assessments.trends_tab import TrendsTab
from ui.kit import keys_here
from ui.sync.trace_sheet import TraceSheet, show_story


@pytest.fixture
def ids(station: Station, monkeypatch: pytest.MonkeyPatch) -> Busy:
    monkeypatch.setenv("CARESTATION_PLATFORM", ADDRESS)
    return busy(station)


async def f8(stage: Stage, qtbot: QtBot, widget: QWidget) -> TraceSheet:
    stage.frame.activateWindow()  # without a window manager nobody gives it back after a sheet
    await until(stage.frame.isActiveWindow)
    qtbot.keyClick(widget, Qt.Key.Key_F8)
    story = sheet(TraceSheet)
    await until(lambda: said(story))
    return story


def said(story: TraceSheet) -> str:
    return "\n".join(label.text() for label in story.story.findChildren(QLabel) if label.isVisibleTo(story))


async def test_from_a_chart_to_its_receipt(station: Station, ids: Busy, qtbot: QtBot) -> None:
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": ids.received})
        await stage.settle()
        story = await f8(stage, qtbot, view.head.tabs)
        assert story.title.text().startswith("老人档案 · ")
        assert "周敏 写下" in said(story)
        assert "回执号 Patient/5505 · 第3版" in said(story)
        qtbot.keyClick(story, Qt.Key.Key_Escape)
        assert not story.isVisible()


async def test_from_a_chart_s_history_and_from_its_assessments(
    station: Station, ids: Busy, qtbot: QtBot
) -> None:
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": ids.waiting})
        await stage.settle()
        view.turn_to("assessments")
        tab = view._made["assessments"]
        assert isinstance(tab, TrendsTab)
        await until(lambda: tab.trends is not None)
        assert tab.trends is not None
        tab.table.pick(tab.trends.records[0].record)
        await stage.settle()
        story = await f8(stage, qtbot, tab.table)
        assert story.title.text().startswith("能力评估 · ")
        assert "先上传" in said(story)
        story.reject()
        view.turn_to("history")
        await stage.settle()
        story = await f8(stage, qtbot, view.head.tabs)
        assert story.title.text().startswith("老人档案 · ")
        story.reject()


async def test_from_the_lists(station: Station, ids: Busy, qtbot: QtBot) -> None:
    async with on_stage(station) as stage:
        residents = stage.view("residents")
        await stage.settle()
        residents.table.pick(ids.aside)
        story = await f8(stage, qtbot, residents.table)
        assert "区平台不收" in said(story)
        story.reject()
        work = stage.view("assessments", {"view": "all"})
        await stage.settle()
        work.table.pick(ids.waiting)
        story = await f8(stage, qtbot, work.table)
        assert story.title.text().startswith("能力评估 · ")
        story.reject()
        view = await shown(stage)
        pick(view, "waiting", "allergy")
        story = await f8(stage, qtbot, view.list)
        assert "不会重发" in said(story)
        story.reject()


async def test_without_a_record_it_says_so(station: Station, ids: Busy, qtbot: QtBot) -> None:
    async with on_stage(station) as stage:
        view = stage.view("settings", {"page": "account"})
        qtbot.keyClick(view, Qt.Key.Key_F8)
        assert "没有选中记录" in stage.frame.notice.text()


async def test_an_open_story_follows_the_news(station: Station, ids: Busy, qtbot: QtBot) -> None:
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": ids.held})
        await stage.settle()
        story = await f8(stage, qtbot, view.head.tabs)
        assert "不上传（未同意）" in said(story)
        put(station, "resident", ids.held, "sending", tried_at=MORNING + timedelta(seconds=5), attempt=2)
        await until(lambda: "在路上" in said(story))
        story.reject()


async def test_links_lead_on_and_backspace_leads_back(station: Station, ids: Busy, qtbot: QtBot) -> None:
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": ids.received})
        await stage.settle()
        story = await f8(stage, qtbot, view.head.tabs)
        assert not story.back.isVisible()
        first = story.title.text()
        link = next(
            one for one in story.story.findChildren(QWidget) if one.accessibleName().startswith("入住")
        )
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
        await until(lambda: story.title.text().startswith("入住"))
        qtbot.keyClick(story, Qt.Key.Key_Backspace)
        await until(lambda: story.title.text() == first)
        story.reject()


async def test_every_resource_of_an_assessment_has_its_receipt(
    station: Station, ids: Busy, qtbot: QtBot
) -> None:
    rid = rows(station, "select rid from assessment limit 1")[0][0]
    record = UUID(bytes=rid)
    for place, kind in enumerate(("Observation", "QuestionnaireResponse", "Provenance")):
        own = record if kind == "QuestionnaireResponse" else uuid4()
        receipt(station, "assessment", record, f"{kind}/{70 + place}", "1" if place else None, rid=own)
    async with on_stage(station) as stage:
        stage.frame.go("sync")
        await stage.settle()
        show_story(stage.frame.bench, stage.frame, "assessment", record)
        story = sheet(TraceSheet)
        await until(lambda: said(story))
        words = said(story)
        assert words.index("QuestionnaireResponse/71 · 第1版") < words.index("Provenance/72 · 第1版")
        assert "Observation/70 · 版本未说明" in words
        story.reject()


async def test_the_key_is_listed(station: Station, ids: Busy) -> None:
    async with on_stage(station) as stage:
        view = stage.view("residents")
        assert any(key.press == "F8" for key in keys_here(view))
