"""F9 over any screen: the versions of the record one looks at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.compose import Station
from app.residents.forms import ResidentForm
from app.residents.queries import FormOf
from app.residents.service import CreateResident, EditResident
from tests.ui.residents.stage import on_stage, until
from tests.ui.shell.opened import sheet
from ui.history.history_sheet import HistorySheet


def said(story: HistorySheet) -> str:
    return "\n".join(label.text() for label in story.findChildren(QLabel) if label.isVisibleTo(story))


async def test_from_a_chart_to_every_version_and_back(station: Station, qtbot: QtBot) -> None:
    rid = station.desk.do_now(
        CreateResident(ResidentForm("欧阳淑华", "2", birth_date=date(1941, 3, 12), phone="13800135520"))
    )
    async with on_stage(station) as stage:
        view = stage.view("chart", {"resident": rid})
        await stage.settle()
        stage.frame.activateWindow()
        await until(stage.frame.isActiveWindow)
        qtbot.keyClick(view.head.tabs, Qt.Key.Key_F9)
        story = sheet(HistorySheet)
        await until(lambda: "第 1 版" in said(story))
        assert "老人档案 · 变更历史" in said(story)
        assert "周敏 · 护士长" in said(story)
        seen = await station.desk.ask(FormOf(rid))
        form = replace(seen.form, phone="13910228871")
        await station.desk.do(EditResident(rid, form, seen.revision))
        await until(lambda: "第 2 版" in said(story))
        assert "13910228871" in said(story)
        qtbot.keyClick(story, Qt.Key.Key_Escape)
        assert not story.isVisible()


async def test_where_nothing_is_chosen_it_says_so(station: Station, qtbot: QtBot) -> None:
    async with on_stage(station) as stage:
        stage.view("residents")
        await stage.settle()
        stage.frame.show_history()
        await until(stage.frame.notice.isVisible)
        assert "F9" in stage.frame.notice.text()
