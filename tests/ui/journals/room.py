"""Opens a resident's chart at a tab of the journals, and waits for what its keys lead to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.compose import Station
from tests.support.hands import type_text
from tests.ui.residents.stage import Stage, on_stage, until
from ui.journals.entry_sheet import EntrySheet
from ui.journals.matters_tab import MattersTab
from ui.journals.notes_tab import NotesTab

S = TypeVar("S", bound=QDialog)
T = TypeVar("T", NotesTab, MattersTab)
Control, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@asynccontextmanager
async def tab_of(
    station: Station, rid: UUID, kind: type[T], size: tuple[int, int] = (1440, 900)
) -> AsyncIterator[tuple[Stage, T]]:
    """The chart at the tab, its first answer shown and the focus where work begins."""
    key = "notes" if kind is NotesTab else "matters"
    async with on_stage(station, size) as stage:
        view = stage.view("chart", {"resident": rid, "tab": key})
        await stage.settle()
        tab = view._made[key]
        assert isinstance(tab, kind)
        await quiet(tab)
        tab.arrive()
        yield stage, tab
        await quiet(tab)
        while tab.acts.sheet is not None:
            tab.acts.sheet.reject()
            await quiet(tab)


async def quiet(tab: NotesTab | MattersTab) -> None:
    """Until the tab and its sheet have nothing under way."""
    await until(lambda: not tab.errands.running)
    sheet: Any = tab.acts.sheet
    if sheet is not None:
        await until(lambda: not sheet.errands.running)


async def sheet_of(tab: NotesTab | MattersTab, kind: type[S]) -> S:
    """The sheet a key opened, in front, with its answers shown."""
    await until(lambda: isinstance(tab.acts.sheet, kind))
    sheet: Any = tab.acts.sheet
    await until(lambda: not sheet.errands.running)
    await in_front(sheet)
    if isinstance(sheet, EntrySheet):
        await until(lambda: sheet.form is not None)
    assert isinstance(sheet, kind)
    return sheet


async def in_front(window: QWidget) -> None:
    """A screen gives back the window that a popup had; the one of the tests does not."""
    window.activateWindow()
    await until(window.isActiveWindow)


def press(*keys: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Keys to whatever has the focus: a popup above it, else the field; words are typed."""
    for key in keys:
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert isinstance(target, QWidget)
        if isinstance(key, str):
            type_text(QApplication.focusWidget() or target, key)
        else:
            QTest.keyClick(target, key, modifier)


async def saved(tab: NotesTab | MattersTab) -> None:
    """Until the sheet is closed and the list shows what was written."""
    await until(lambda: tab.acts.sheet is None)
    await quiet(tab)
    await in_front(tab.window())
