"""Locking: by key and by itself, back to exactly the same place, another person on the same station."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.access.secrets import hash_pin
from app.access.service import SetPin
from app.core.clock import SetClock
from app.core.roles import Role
from tests.support.station import CHEAP, MORNING, PASSWORD, open_station
from tests.ui.shell.opened import frame_of, framed, locking_of, notes_of, opened, sheet, sign_in, until
from ui.kit import Sheet, Veil
from ui.shell.frost import COARSE, frosted
from ui.shell.idle import IdleWatch
from ui.shell.lock import LockPage
from ui.shell.window import Window

LEFT = Qt.MouseButton.LeftButton


def _page(window: Window) -> LockPage:
    page = locking_of(window).page
    assert page is not None
    return page


def _unlock(qtbot: QtBot, window: Window, secret: str = PASSWORD) -> None:
    qtbot.keyClicks(_page(window).unlock.secret, secret)
    qtbot.keyClick(_page(window).unlock.secret, Qt.Key.Key_Return)


async def test_ctrl_l_locks_and_the_password_brings_back_the_same_place(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        frame = await sign_in(qtbot, window)
        notes = notes_of(frame)
        notes.line.setFocus()
        qtbot.keyClicks(notes.line, "half a sentence")
        notes.line.setCursorPosition(4)
        qtbot.keyClick(notes.line, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        page = _page(window)
        assert window.stack.current is page
        assert page.unlock._why.text() == "08:30 手动锁定"
        assert not frame.isVisible(), "nothing may refresh or shine through under the glass"
        _unlock(qtbot, window)
        await until(lambda: locking_of(window).page is None, "unlocked")
        assert frame_of(window) is frame
        assert notes_of(frame) is notes
        assert window.focusWidget() is notes.line
        assert (notes.line.text(), notes.line.cursorPosition()) == ("half a sentence", 4)
        assert notes.left == [], "nobody left"


async def test_the_lock_page_holds_nothing_of_the_work(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        frame = await sign_in(qtbot, window)
        notes_of(frame).line.setText("李桂兰 312-1")
        locking_of(window).lock()
        page = _page(window)
        assert page.coarse.size() == COARSE
        shown = [label.text() for label in page.findChildren(QLabel)]
        shown += [line.text() for line in page.findChildren(QLineEdit)]
        assert not any("李桂兰" in text for text in shown)
        assert window.windowTitle() == "医养工作站"


def test_the_glass_covers_all_of_a_screen_at_150_percent(qapp: QApplication) -> None:
    picture = QPixmap(2160, 1350)
    picture.setDevicePixelRatio(1.5)
    picture.fill(Qt.GlobalColor.black)
    coarse = frosted(picture)
    assert (coarse.size(), coarse.devicePixelRatio()) == (COARSE, 1.0)


async def test_a_wrong_secret_is_said_beside_the_field(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        await sign_in(qtbot, window)
        locking_of(window).lock()
        qtbot.mouseClick(_page(window).unlock.button, LEFT)
        assert _page(window).unlock.problem == "请输入密码或 PIN。"
        _unlock(qtbot, window, "Wrong-2026")
        await until(lambda: "不对" in _page(window).unlock.problem, "a sentence")
        assert _page(window).unlock.secret.text() == "Wrong-2026"
        _unlock(qtbot, window)
        await until(lambda: locking_of(window).page is None, "unlocked")


async def test_a_pin_unlocks(home: Path, qtbot: QtBot) -> None:
    station = open_station(home)
    station.desk.do_now(SetPin(hash_pin("271828", b"salt-of-a-pin-16", CHEAP)))
    station.close()
    async with opened(home) as window:
        await sign_in(qtbot, window)
        locking_of(window).lock()
        _unlock(qtbot, window, "271828")
        await until(lambda: locking_of(window).page is None, "unlocked")


async def test_it_locks_by_itself_when_nobody_is_there(home: Path, qtbot: QtBot) -> None:
    clock = SetClock(MORNING)
    async with opened(home, clock=clock) as window:
        await sign_in(qtbot, window)
        watch = locking_of(window).watch
        clock.forward(timedelta(minutes=4, seconds=59))
        watch._look()
        assert locking_of(window).page is None
        clock.forward(timedelta(seconds=2))
        watch._look()  # what its timer calls, at the latest five seconds later
        assert _page(window).unlock._why.text() == "空闲 5 分钟，08:35 自动锁定"


async def test_a_key_is_a_sign_of_life(qapp: QApplication, qtbot: QtBot) -> None:
    clock = SetClock(MORNING)
    locked: list[bool] = []
    watch = IdleWatch(clock, lambda: 0.05)
    watch.idle.connect(lambda: locked.append(True))
    line = QLineEdit()
    qtbot.addWidget(line)
    watch.start()
    clock.forward(timedelta(seconds=9))
    QApplication.sendEvent(
        line, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    )
    assert watch.idle_seconds() < 0.05
    await until(lambda: locked, "locked after the limit, by its own timer")
    watch.stop()


async def test_an_open_sheet_is_put_away_and_comes_back(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        frame = await sign_in(qtbot, window)
        asked = Sheet(frame, "要紧的事")
        line = QLineEdit("typed")
        asked.body.addWidget(line)
        asked.open()
        locking_of(window).lock()
        assert not asked.isVisible()
        assert not any(veil.isVisible() for veil in window.findChildren(Veil))
        _unlock(qtbot, window)
        await until(lambda: locking_of(window).page is None, "unlocked")
        assert sheet(Sheet) is asked
        assert line.text() == "typed"
        asked.reject()


async def test_drafts_are_named_when_there_are_some(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        await sign_in(qtbot, window)
        locking_of(window).lock()
        page = _page(window)
        await until(lambda: not locking_of(window).errands.running, "the drafts are counted")
        assert page.unlock._drafts.isHidden()
        page.unlock.say_drafts(2)
        assert page.unlock._drafts_words.text() == "回到刚才的地方，2 份草稿没丢"
        assert not page.unlock._drafts.isHidden()


async def test_another_person_comes_in_on_the_open_station(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        frame = await sign_in(qtbot, window)
        notes = notes_of(frame)
        left = notes.left
        notes.line.setText("hers")
        locking_of(window).lock()
        desk = frame.bench.desk
        page = _page(window)
        qtbot.mouseClick(page.unlock.switch, LEFT)
        qtbot.keyClicks(page.other.who, "0412")
        qtbot.keyClicks(page.other.secret, "Wrong-2026")
        qtbot.mouseClick(page.other.button, LEFT)
        await until(page.other.fields["secret"].error.text, "a sentence")
        assert frame_of(window) is frame, "a wrong password changes nothing"
        qtbot.keyClicks(page.other.secret, PASSWORD)
        qtbot.mouseClick(page.other.button, LEFT)
        await until(lambda: frame_of(window) is not frame, "another frame")
        fresh = await framed(window)
        assert fresh.bench.actor.name == "林晓燕"
        assert fresh.bench.desk is desk, "the station stays open"
        assert notes_of(fresh).line.text() == ""
        assert left[-1] == "周敏：hers", "what she typed was kept as hers, before the other came"


async def test_the_same_person_through_the_other_door_is_simply_back(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        frame = await sign_in(qtbot, window, Role.NURSE)
        locking_of(window).lock()
        page = _page(window)
        qtbot.mouseClick(page.unlock.switch, LEFT)
        qtbot.keyClicks(page.other.who, "0412")
        qtbot.keyClicks(page.other.secret, PASSWORD)
        qtbot.mouseClick(page.other.button, LEFT)
        await until(lambda: locking_of(window).page is None, "unlocked")
        assert frame_of(window) is frame


async def test_signing_out_from_the_lock(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        await sign_in(qtbot, window)
        locking_of(window).lock()
        qtbot.mouseClick(_page(window).unlock.sign_out, LEFT)
        await until(lambda: window.stack.current is window.door, "the door")
