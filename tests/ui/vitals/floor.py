"""Puts the round of vital signs on stage: real keys into the grid of a real station, counted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.compose import Station
from app.vitals.queries import GridRow
from tests.ui.residents.stage import Stage, on_stage, until
from ui.kit import Sheet
from ui.vitals.round_view import RoundView

S = TypeVar("S", bound=Sheet)
ENTER = Qt.Key.Key_Return
ROW = ("36.5", "76", "18", "132/78", "97", "A")


class Nurse:
    """Whoever types into the grid; `keys` counts every key."""

    def __init__(self, stage: Stage, view: RoundView) -> None:
        self.stage, self.view, self.keys = stage, view, 0

    def press(self, *keys: Qt.Key | str) -> None:
        """Keys and signs, each where the focus is by then."""
        for key in keys:
            if isinstance(key, str):
                self.keys += len(key)
                for sign in key:
                    QTest.keyClicks(self._here(), sign)
            else:
                self.keys += 1
                QTest.keyClick(self._here(), key)

    def control(self, key: Qt.Key) -> None:
        self.keys += 1
        QTest.keyClick(self._here(), key, Qt.KeyboardModifier.ControlModifier)

    def row(self, *values: str) -> None:
        """Values into the fields from the cursor on, Enter after each."""
        for value in values:
            self.press(value, ENTER)

    @property
    def at(self) -> tuple[str, str]:
        """Name and sign under the cursor."""
        row = self.view.grid.current()
        assert row is not None
        return row.name, self.view.grid.code

    def of(self, name: str) -> GridRow:
        """The row of a name, as the desk answered last."""
        return next(row for row in self.view.grid.rows if row.name == name)

    def texts(self, name: str) -> list[str]:
        """What is recorded of a person in this round, in the order of the columns."""
        values = self.of(name).values
        return [
            values[code][-1].text or values[code][-1].absent
            for code in self.view.grid.codes
            if code in values
        ]

    def said(self, name: str) -> tuple[str, ...]:
        """The sentences under a row."""
        typed = self.view.typed.rows.get(self.of(name).resident)
        return typed.said if typed else ()

    def state(self, name: str) -> str:
        """The last column of a row."""
        place = self.view.grid.rows.index(self.of(name))
        return self.view.grid.shown(place).state.words

    async def sheet(self, kind: type[S]) -> S:
        """The sheet that has just opened, once it has the keys."""
        await until(lambda: isinstance(QApplication.activeModalWidget(), kind))
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, kind)
        await until(sheet.isActiveWindow)
        return sheet

    async def back(self) -> None:
        """The window again, after a sheet: nobody gives it back without a window manager."""
        await self.stage.settle()
        self.stage.frame.activateWindow()
        await until(self.stage.frame.isActiveWindow)
        self.view.grid.editor.setFocus()

    async def settle(self) -> None:
        await self.stage.settle()

    def _here(self) -> QWidget:
        return QApplication.focusWidget() or self.view.grid.editor


@asynccontextmanager
async def round_of_floor(station: Station, size: tuple[int, int] = (1440, 900)) -> AsyncIterator[Nurse]:
    """The round, opened by whoever is at the desk."""
    async with on_stage(station, size) as stage:
        view = stage.view("vitals-round")
        assert isinstance(view, RoundView)
        await stage.settle()
        await until(lambda: view.shown is not None)
        yield Nurse(stage, view)
