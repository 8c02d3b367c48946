"""Somebody at the real window: types, clicks, waits until what should appear has appeared, takes pictures."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.compose import Station, compose
from app.core.clock import Clock, SystemClock
from app.core.home import Home
from tests.support.hands import type_text
from ui.shell.frame import Frame
from ui.shell.start import Start
from ui.shell.window import Window

PATIENCE = 20.0
_STEP = 0.01
W = TypeVar("W", bound=QWidget)


class Visitor:
    """One person before one window. Everything goes through keys and clicks, as it does for a nurse."""

    def __init__(self, window: Window, pictures: Path | None = None) -> None:
        self.window = window
        self.pictures = pictures
        self.keys = 0

    @property
    def frame(self) -> Frame | None:
        """The frame of whoever is signed in."""
        return self.window.presence.frame if self.window.presence else None

    async def until(self, happened: Callable[[], bool], what: str) -> None:
        """Wait until something is so; fails after a while, saying what was waited for."""
        clock = asyncio.get_running_loop().time
        end = clock() + PATIENCE
        while not happened():
            await asyncio.sleep(_STEP)
            if clock() > end:
                raise AssertionError(f"waited in vain for: {what}")

    async def seen(self, kind: type[W], what: str = "") -> W:
        """The visible widget of a class, once it is there."""
        await self.until(lambda: self.visible(kind) is not None, what or kind.__name__)
        found = self.visible(kind)
        assert found is not None
        return found

    def visible(self, kind: type[W]) -> W | None:
        """The first visible widget of a class."""
        return next((one for one in self.window.findChildren(kind) if one.isVisible()), None)

    def button(self, words: str) -> QAbstractButton:
        """The visible button of these words."""
        for one in self.window.findChildren(QAbstractButton):
            if one.isVisible() and words in (one.accessibleName(), one.text().strip()):
                return one
        raise AssertionError(f"no button says {words}")

    def click_starting(self, words: str) -> None:
        """Click the visible button whose words begin so (a chip with a count behind)."""
        buttons = [one for one in self.window.findChildren(QAbstractButton) if one.isVisible()]
        self.click(next(one.text() for one in buttons if one.text().startswith(words)))

    def click(self, words: str) -> None:
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, where the focus is."""
        self.keys += 1
        QTest.keyClick(self._focus(), key, modifier)

    def turn_to(self, place: str) -> None:
        """Ctrl and the digit of a place, as the sidebar has it for this person."""
        entries = [one.key for one in self.frame.entries] if self.frame is not None else []
        digit = Qt.Key(Qt.Key.Key_0 + (entries.index(place) + 1) % 10)
        self.press(digit, Qt.KeyboardModifier.ControlModifier)

    async def press_and_see(self, key: Qt.Key, kind: type[W]) -> W:
        """One key, and what it leads to."""
        self.press(key)
        return await self.seen(kind)

    def write(self, text: str) -> None:
        """Type a text, each sign where the focus is by then."""
        self.keys += len(text)
        for sign in text:
            type_text(self._focus(), sign)

    async def picture(self, name: str) -> None:
        """Keep what is on the screen now."""
        if self.pictures is not None:
            await asyncio.sleep(0.25)
            self.pictures.mkdir(parents=True, exist_ok=True)
            self.window.grab().save(str(self.pictures / f"{name}.png"))

    async def sign_in(self, who: str, password: str) -> None:
        """From the door to the frame."""
        await self.until(self.window.sign_in.isVisible, "the sign-in")
        field = self.window.sign_in.who
        field.setFocus()
        type_text(field, who)
        self.press(Qt.Key.Key_Return)
        self.write(password)
        self.press(Qt.Key.Key_Return)
        await self.until(lambda: self.frame is not None, "the frame")

    async def awake(self) -> None:
        """Have the window active again: without a window manager nobody gives it back after a dialog.

        Never by processing events here: inside a coroutine that runs other tasks' steps within ours, and loses them.
        """
        self.window.activateWindow()
        await self.until(self.window.isActiveWindow, "the window to be active")

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window.focusWidget() or self.window


def open_window(
    home: Path, *, clock: Clock | None = None, make: Callable[[], Station] | None = None
) -> Window:
    """The real window of a home, begun; the caller's loop is running."""
    moment = clock or SystemClock()
    window = Window(Start(Home(home), moment, make or (lambda: compose(home, clock=moment))))
    width, height = os.environ.get("CARESTATION_TOUR_SIZE", "1440x900").split("x")
    window.resize(int(width), int(height))
    window.show()
    window.activateWindow()
    window.begin()
    return window


async def close_window(window: Window) -> None:
    """Close as a person does and wait until everything is put away."""
    ended = asyncio.Event()
    window.ended.connect(ended.set)
    window.close()
    await asyncio.wait_for(ended.wait(), PATIENCE)
    window.deleteLater()
