"""A real station in a real frame, with invented residents, for the tests and pictures of assessments."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID

from pypinyin import lazy_pinyin
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from app.assessments.queries import ABILITY
from app.compose import Station
from app.core.roles import Role
from tests.support.layout import lint
from tests.support.station import PASSWORD, PEOPLE
from ui.assessments.assessment_view import AssessmentView
from ui.assessments.assessments_view import AssessmentsView
from ui.assessments.filling_work import FillingWork
from ui.assessments.sign_sheet import SignSheet
from ui.places import PLACES
from ui.shell.frame import Frame

WHOLE = "44444444" + "4443" + "444444112" + "22434"
"""Digits of the items in order that make 90 points."""


class Room:
    """The frame, and short names for what tests look at."""

    def __init__(self, station: Station, size: tuple[int, int]) -> None:
        self.station = station
        self.frame = Frame(station, PLACES)
        self.frame.resize(*size)
        self.frame.show()

    @property
    def form(self) -> AssessmentView:
        view = self.frame.pages.view
        assert isinstance(view, AssessmentView)
        return view

    @property
    def work(self) -> FillingWork:
        return self.form.filling

    @property
    def worklist(self) -> AssessmentsView:
        view = self.frame.pages.view
        assert isinstance(view, AssessmentsView)
        return view

    @property
    def notice(self) -> str:
        return self.frame.notice.text()

    async def open(self, resident: UUID, instrument: str = ABILITY) -> FillingWork:
        """Open a resident's form and wait until it shows."""
        self.frame.activateWindow()  # a sheet that closed may have left no window active
        await until(self.frame.isActiveWindow)
        self.frame.go("assessment", {"resident": resident, "instrument": instrument})
        await until(lambda: self._shows(resident, instrument))
        return self.work

    def _shows(self, resident: UUID, instrument: str) -> bool:
        here = self.work.resident == resident and self.work.instrument.code == instrument
        return here and not self.form.errands.running

    async def saved(self) -> None:
        """Wait until everything on the screen is in the file."""
        await self.work.leave()
        assert self.work.saving.state.state == "saved", self.work.saving.state

    async def sign(self, role: Role, secret: str = PASSWORD) -> None:
        """Give number and password in the sheet that is open."""
        sheet = await self.asked()
        sheet.number.clear()
        type_into(sheet.number, PEOPLE[role].number)
        sheet.secret.clear()
        type_into(sheet.secret, secret)
        sheet.notice.clear()  # whatever it says from here on is about this try
        press(sheet.secret, Qt.Key.Key_Return)
        button = sheet.main
        assert button is not None
        # not "until it is busy": with the cheap passwords of tests it may be over before anybody looks
        await until(lambda: self.sheet() is not sheet or (bool(sheet.wrong) and not button.busy))

    async def asked(self, after: SignSheet | None = None) -> SignSheet:
        """Wait for the sheet that asks for a signature, or for the one after it."""
        await until(lambda: self.sheet() not in (None, after))
        sheet = self.sheet()
        assert sheet is not None
        return sheet

    def choose(self, code: str, words: str) -> None:
        """Give one choice of a field with the space bar, or by its pinyin in a list."""
        for form in self.work.page.information.forms:
            if any(field.key == code for field in form.form.fields):
                box = form.input(code)
                if isinstance(box, QComboBox):
                    self._pick(box, words)
                    return
                boxes = form.input(code).findChildren(QAbstractButton)
                button = next(box for box in boxes if box.text() == words)
                button.setFocus()
                press(button, Qt.Key.Key_Space)
                return
        raise KeyError(code)

    @staticmethod
    def _pick(box: QComboBox, words: str) -> None:
        line, completer = box.lineEdit(), box.completer()
        assert line is not None
        assert completer is not None
        line.setFocus()
        line.selectAll()
        type_into(line, "".join(lazy_pinyin(words)))
        popup = completer.popup()
        press(popup if popup is not None and popup.isVisible() else line, Qt.Key.Key_Tab)
        box.window().activateWindow()  # where there is no window manager, a closed popup leaves no window active

    def calm(self) -> None:
        """Answer every required field of the information with what changes no level."""
        for kind in range(1, 6):
            self.choose(f"A.2.14.{kind}", "无")
        self.choose("A.4.1", "无以下任何一项")
        self.choose("A.5.11", "无")

    def sheet(self) -> SignSheet | None:
        return self.work.signing.sheet


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key."""
    QTest.keyClick(widget, key, held)


def type_into(widget: QWidget, text: str) -> None:
    """Keys, one after the other."""
    QTest.keyClicks(widget, text)


def click(widget: QWidget) -> None:
    """One click with the left button, in the middle."""
    QApplication.sendPostedEvents()  # what has just been shown is laid out first
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def focused() -> QWidget:
    """The widget that has the focus."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def keys(text: str) -> None:
    """Keys to wherever the focus is now, as a keyboard does; Chinese comes whole, as from an input method."""
    if not text.isascii():
        composed = QInputMethodEvent()
        composed.setCommitString(text)
        QApplication.sendEvent(focused(), composed)
        return
    for sign in text:
        QTest.keyClicks(focused(), sign)


async def until(met: Callable[[], bool], seconds: float = 8) -> None:
    """Let the program run until something is so."""
    async with asyncio.timeout(seconds):
        while not met():  # a screen has no event for what a person sees
            await asyncio.sleep(0.002)


async def fits(widget: QWidget) -> None:
    """Nothing on it is clipped, squeezed or covered once Qt has laid it out."""
    with contextlib.suppress(TimeoutError):
        await until(lambda: not lint(widget), 3)
    assert lint(widget) == []


@asynccontextmanager
async def room(station: Station, size: tuple[int, int] = (1440, 900)) -> AsyncIterator[Room]:
    """The frame of whoever is at the desk, until the block ends."""
    made = Room(station, size)
    made.frame.activateWindow()
    await until(made.frame.isActiveWindow)
    try:
        yield made
    finally:
        made.frame.close_all()
        await asyncio.sleep(0)
        made.frame.deleteLater()
        # now and here: left to the garbage, it could be taken down on the writer's thread, with timers still running
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
