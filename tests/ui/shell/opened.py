"""A real window over a real encrypted station, opened and closed as the program does, for tests that drive it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.compose import Station, compose
from app.core.clock import SetClock
from app.core.home import Home
from app.core.roles import Right, Role
from tests.support.station import CHEAP, MORNING, PASSWORD, PEOPLE
from ui.kit.view import Bench, View
from ui.places.place import Place
from ui.shell.frame import Frame
from ui.shell.locking import Locking
from ui.shell.start import Start
from ui.shell.window import Window

W = TypeVar("W", bound=QWidget)
PATIENCE = 5.0


class NoteView(View):
    """A place with one line to type in: stands for any view."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "记事")
        self.line = QLineEdit()
        self.line.setAccessibleName("记事")
        self.left: list[str] = []
        box = QVBoxLayout(self)
        box.addWidget(self.line)
        box.addStretch(1)

    async def leave(self) -> None:
        """Keep what is typed, with the name of whoever is at the desk while it is kept."""
        actor = self.bench.desk.actor
        self.left.append(f"{actor.name if actor else '—'}：{self.line.text()}")


NOTES = (
    Place("notes", "记事", "square-pen", NoteView),
    Place("residents", "老人", "users-round", NoteView, right=Right.READ_RESIDENTS),
)


async def until(condition: Callable[[], object], what: str = "") -> None:
    """Let the loop turn until something is so; fails, saying what, if it never is."""
    async with asyncio.timeout(PATIENCE):
        try:
            while not condition():  # waits for the screen, which sets no event
                await asyncio.sleep(0.002)
        except asyncio.CancelledError:
            raise AssertionError(f"never: {what or condition}") from None


@asynccontextmanager
async def opened(
    home: Path, *, clock: SetClock | None = None, places: Sequence[Place] | None = NOTES
) -> AsyncIterator[Window]:
    """The window of a home, its station put together behind it."""
    at = clock or SetClock(MORNING)
    window = Window(Start(Home(home), at, lambda: composed_cheaply(home, at)), places)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    window.begin()
    try:
        yield window
    finally:
        over: list[bool] = []
        window.ended.connect(lambda: over.append(True))
        window.close()
        await until(lambda: over, "the window ends")
        shiboken6.delete(window)  # type: ignore[no-untyped-call]  # shiboken ships no types


def write(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Type a text: plain signs as keys, Chinese as an input method commits it."""
    if text.isascii():
        qtbot.keyClicks(widget, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def composed_cheaply(home: Path, clock: SetClock) -> Station:
    return compose(home, clock=clock, cost=CHEAP)


async def sign_in(qtbot: QtBot, window: Window, role: Role = Role.HEAD_NURSE) -> Frame:
    """Type number and password, press Enter, wait for the frame."""
    qtbot.keyClicks(window.sign_in.who, PEOPLE[role].number)
    qtbot.keyClicks(window.sign_in.secret, PASSWORD)
    window.sign_in.secret.returnPressed.emit()
    return await framed(window)


async def framed(window: Window) -> Frame:
    """Wait until somebody is in, and what the frame asks at first is answered."""
    await until(lambda: window.presence is not None and window.presence.frame is not None, "a frame")
    frame = frame_of(window)
    await until(lambda: not frame.errands.running, "the counts")
    return frame


def frame_of(window: Window) -> Frame:
    assert window.presence is not None
    assert window.presence.frame is not None
    return window.presence.frame


def locking_of(window: Window) -> Locking:
    assert window.presence is not None
    assert window.presence.locking is not None
    return window.presence.locking


def sheet(kind: type[W]) -> W:
    """The sheet of a kind that is open now."""
    found = [
        widget for widget in QApplication.topLevelWidgets() if type(widget) is kind and widget.isVisible()
    ]
    assert found, f"no {kind.__name__} is open"
    return found[-1]


def notes_of(frame: Frame) -> NoteView:
    view = frame.pages.view
    assert isinstance(view, NoteView)
    return view
