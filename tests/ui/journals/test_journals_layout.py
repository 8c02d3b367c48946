"""Nothing clipped, squeezed or pale on the journals' screens and sheets, with the longest data a house has."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.compose import Station
from app.journals import AddEntry, CorrectEntry, Seen
from app.journals.journal_file import journal_called, shelf
from tests.app.journals.old import WroteThen
from tests.support.layout import lint
from tests.ui.journals.room import press, quiet, saved, sheet_of, tab_of
from tests.ui.residents.stage import Stage, people
from ui.journals.entry_sheet import EntrySheet
from ui.journals.matters_tab import MattersTab
from ui.journals.notes_tab import NotesTab
from ui.journals.versions_sheet import VersionsSheet
from ui.residents.chart_view import ChartView
from ui.style import look

SIZES = [(1440, 900), (1366, 768), (900, 500)]
LOOKS = [(False, 1.0), (True, 1.0), (False, 1.3)]
LONG = "夜间发热 38.6 ℃，伴咳嗽、咳黄色黏痰，诉右侧胸痛，呼吸 26 次/分，已报告陈永康医生并电话告知家属，" * 6


@pytest.fixture
def longest(station: Station) -> UUID:
    """The resident with the longest name and everything written."""
    rid = people(station, 3)[1]
    desk = station.desk
    for journal in shelf().values():
        for case in journal.cases:
            desk.do_now(WroteThen(AddEntry(rid, journal.code, case.content)))
    late = station.clock.now() - timedelta(hours=30)
    note = desk.do_now(
        AddEntry(rid, "nursing-note", {"kind": "special", "text": LONG, "measures": LONG}, late)
    )
    desk.do_now(
        CorrectEntry(Seen(note, 1), {"kind": "special", "text": LONG + "好转"}, "其他：" + "补充说明" * 15)
    )
    return rid


@pytest.fixture(params=LOOKS, ids=["light", "dark", "130"])
def dressed_as(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    dark, scale = request.param
    look.apply(qapp, dark=dark, scale=scale)
    yield
    look.apply(qapp)


async def clean(stage: Stage, widget: QWidget, what: str) -> None:
    await stage.settle()
    found = lint(widget)
    for _ in range(8):  # widths settle before heights, and each turn of the loop settles one level
        if not found:
            break
        await asyncio.sleep(0.02)
        found = lint(widget)
    assert not found, "\n".join([what, *found])


def shown(stage: Stage) -> ChartView:
    view = stage.frame.pages.view
    assert isinstance(view, ChartView)
    return view


async def test_the_notes(station: Station, longest: UUID, dressed_as: None) -> None:
    async with tab_of(station, longest, NotesTab) as (stage, tab):
        for size in SIZES:
            stage.frame.resize(*size)
            for number in (1, 5, 6):
                tab.choose(number)
                await quiet(tab)
                await clean(stage, shown(stage), f"notes {number} at {size}")


async def test_what_holds_and_the_strip(station: Station, longest: UUID, dressed_as: None) -> None:
    async with tab_of(station, longest, MattersTab) as (stage, tab):
        for size in SIZES:
            stage.frame.resize(*size)
            await clean(stage, shown(stage), f"matters at {size}")
            shown(stage).turn_to("overview")
            await clean(stage, shown(stage), f"overview at {size}")
            shown(stage).turn_to("matters")
            await quiet(tab)


async def test_the_sheets(station: Station, longest: UUID, dressed_as: None) -> None:
    async with tab_of(station, longest, NotesTab) as (stage, tab):
        for code in (
            "skin",
            "nursing-note",
            "first-nursing",
            "labs",
            "intake-output",
            "resuscitation",
            "nine-risk",
        ):
            tab.acts.write(journal_called(code))
            sheet = await sheet_of(tab, EntrySheet)
            assert sheet.form is not None
            sheet.form.set_values(journal_called(code).cases[0].content)
            await clean(stage, sheet, code)
            press(Qt.Key.Key_Escape)
            await saved(tab)
        tab.choose(2)
        await quiet(tab)
        tab.table.pick_first()
        press(Qt.Key.Key_End)
        tab.acts.look()
        versions = await sheet_of(tab, VersionsSheet)
        await clean(stage, versions, "versions")
