"""Keys go to what shows: whatever is hidden, left or drawn anew, a key pressed then is a key of the page on screen."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.form import Choice, Field
from tests.ui.shell.opened import NoteView, opened, sign_in, until
from ui.forms.fields.suggested import SuggestedInput
from ui.kit import Key, StateView, bind
from ui.kit.view import Bench
from ui.places.place import Place
from ui.shell.frame import Frame
from ui.shell.nav_entry import NavEntry

K = Qt.Key


class Busy(NoteView):
    """A place with a line that offers, a state over its line, a last button, and one letter that counts."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.counted = 0
        box = self.layout()
        assert box is not None
        self.offers = SuggestedInput(
            Field("who", "谁", suggest=lambda typed: (Choice("1", f"{typed}一"), Choice("2", f"{typed}二")))
        )
        self.line.setParent(None)
        self.state = StateView(self.line)
        self.last = QPushButton("最后")
        for piece in (self.offers, self.state, self.last):
            box.addWidget(piece)
        bind(self, Key("F4", "数一下", self.count))

    def count(self) -> None:
        self.counted += 1


PLACES = (Place("notes", "记事", "square-pen", Busy), Place("others", "其他", "users-round", Busy))


def shown(frame: Frame) -> Busy:
    view = frame.pages.view
    assert isinstance(view, Busy)
    return view


def focused() -> QWidget:
    """Where a key goes now."""
    found = QApplication.focusWidget()
    assert found is not None, "a key would go nowhere"
    return found


async def counts(qtbot: QtBot, view: Busy) -> None:
    """A key pressed now is a key of the view."""
    await until(lambda: QApplication.focusWidget() is not None and focused().isVisible(), "the keys are back")
    before = view.counted
    qtbot.keyClick(focused(), K.Key_F4)
    assert view.counted == before + 1


async def test_a_page_that_was_left_does_not_take_the_keys(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=PLACES) as window:
        frame = await sign_in(qtbot, window)
        left = shown(frame)
        frame.go("others")
        here = shown(frame)
        here.line.setFocus()
        qtbot.keyClicks(focused(), "ab")
        left.line.setFocus()  # its errand ends only now
        await until(lambda: focused() is here.line, "back to what was typed into")
        qtbot.keyClicks(focused(), "c")
        assert (here.line.text(), left.line.text()) == ("abc", "")
        await counts(qtbot, here)


async def test_what_had_the_keys_is_hidden_and_they_stay_in_the_page(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=PLACES) as window:
        frame = await sign_in(qtbot, window)
        view = shown(frame)
        view.last.setFocus()
        await until(lambda: focused() is view.last)
        await counts(qtbot, view)
        view.last.hide()  # the last of the Tab order: Qt goes on in the sidebar
        await until(lambda: view.isAncestorOf(focused()) or focused() is view, "the keys stay here")
        await counts(qtbot, view)


async def test_whoever_goes_out_by_tab_is_not_fetched_back(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=PLACES) as window:
        frame = await sign_in(qtbot, window)
        view = shown(frame)
        view.last.setFocus()
        await until(lambda: focused() is view.last)
        qtbot.keyClick(focused(), K.Key_Tab)
        assert isinstance(focused(), NavEntry)
        view.last.hide()
        for _ in range(3):
            await asyncio.sleep(0.002)
        assert isinstance(focused(), NavEntry)


async def test_offers_go_with_their_page(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=PLACES) as window:
        frame = await sign_in(qtbot, window)
        left = shown(frame)
        left.offers.setFocus()
        qtbot.keyClicks(left.offers, "w")
        await until(lambda: QApplication.activePopupWidget() is not None, "offers")
        frame.go("others")
        await until(lambda: QApplication.activePopupWidget() is None, "no list of the page that was left")
        await counts(qtbot, shown(frame))


async def test_the_keys_come_back_after_reading(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=PLACES) as window:
        frame = await sign_in(qtbot, window)
        view = shown(frame)
        view.line.setFocus()
        view.state.loading()
        await until(lambda: view.state.words, "reading")
        await counts(qtbot, view)
        view.setFocus()  # as a view does whose table does not show yet
        view.state.content()
        await until(lambda: focused() is view.line, "the cursor is where it was")
