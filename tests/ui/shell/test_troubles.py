"""What the door shows when a station cannot be opened, and a second copy of the program."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.compose import Station
from app.core.clock import SetClock
from app.core.errors import Trouble
from app.core.home import Home, HomeLock
from tests.support.log import LogWatch
from tests.support.station import MORNING
from tests.ui.shell.opened import composed_cheaply, opened, sign_in, until
from ui.application import dressed_application
from ui.shell.mishap import Mishaps
from ui.shell.one_instance import OneInstance, ask_first, door_name
from ui.shell.start import Start, composed, lock_of
from ui.shell.trouble_card import TroubleCard
from ui.shell.window import Window

LEFT = Qt.MouseButton.LeftButton


def _card(window: Window) -> TroubleCard:
    card = window.door.card
    assert isinstance(card, TroubleCard)
    return card


async def test_half_a_pair_of_files_is_said_and_again_works_once_it_is_whole(
    home: Path, qtbot: QtBot
) -> None:
    keys = home / "station" / "keys.json"
    kept = keys.read_bytes()
    keys.unlink()
    async with opened(home) as window:
        assert _card(window).title.text() == "数据文件夹里缺少 keys.json。"
        assert "请用备份恢复" in _card(window).remedy.text()
        keys.write_bytes(kept)
        qtbot.mouseClick(_card(window).again, LEFT)
        assert window.door.card is window.sign_in
        await sign_in(qtbot, window)


async def test_a_home_that_cannot_be_written_is_said(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    async with opened(tmp_path / "home" / "deeper") as window:
        await until(lambda: isinstance(window.door.card, TroubleCard), "the trouble")
        assert "不能写入" in _card(window).title.text()
        (tmp_path / "home").unlink()
        qtbot.mouseClick(_card(window).again, LEFT)
        assert window.presence is not None
        await until(lambda: window.presence and window.presence.station, "the station")
        assert window.founding is not None


async def test_another_program_at_work_is_said_until_it_is_done(home: Path, qtbot: QtBot) -> None:
    other, mine = HomeLock(Home(home)), HomeLock(Home(home))
    assert other.take()
    assert lock_of(Home(home)) is None

    def make() -> Station:
        if not mine.take():
            raise Trouble("另一个程序正在使用这个站点的数据。")
        return composed_cheaply(home, SetClock(MORNING))

    window = Window(Start(Home(home), SetClock(MORNING), make))
    qtbot.addWidget(window)
    window.show()
    window.begin()
    await until(lambda: isinstance(window.door.card, TroubleCard), "the trouble")
    assert "另一个程序" in _card(window).title.text()
    other.release()
    qtbot.mouseClick(_card(window).again, LEFT)
    await until(lambda: window.presence and window.presence.station, "the station")
    over: list[bool] = []
    window.ended.connect(lambda: over.append(True))
    window.close()
    await until(lambda: over, "the end")
    mine.release()


def test_the_real_composition_takes_the_lock(home: Path) -> None:
    lock = lock_of(Home(home))
    assert lock is not None
    station = composed(Home(home), lock)
    assert not HomeLock(Home(home)).take()
    station.close()
    again = HomeLock(Home(home))
    assert again.take()
    again.release()


def test_a_second_copy_calls_the_first_forward(home: Path, qtbot: QtBot) -> None:
    import threading

    called: list[bool] = []
    ear = OneInstance(home)
    ear.called.connect(lambda: called.append(True))
    answers: list[bool] = []
    second = threading.Thread(target=lambda: answers.append(ask_first(home)))
    second.start()
    qtbot.waitUntil(lambda: bool(called) and bool(answers))
    second.join()
    assert answers == [True]
    assert door_name(home) != door_name(home.parent)
    ear.close()


def test_nobody_answers_where_nobody_is(home: Path) -> None:
    from ui.shell import one_instance

    assert one_instance._asked(home) is False


async def test_a_minimised_window_comes_forward(home: Path) -> None:
    async with opened(home) as window:
        window.showMinimized()
        window.come_forward()
        assert not window.isMinimized()
        assert window.isVisible()


def test_a_bug_is_told_once_and_its_details_can_be_copied(
    home: Path, qtbot: QtBot, expected_log: LogWatch
) -> None:
    window = Window(Start(Home(home), SetClock(MORNING), lambda: composed_cheaply(home, SetClock(MORNING))))
    qtbot.addWidget(window)
    window.show()
    mishaps = Mishaps(window)
    bug = ZeroDivisionError("seven by nothing")
    with expected_log.expect("a bug", logging.ERROR):
        for _ in range(2):
            mishaps.note(type(bug), bug, None)
    box = mishaps.box
    assert box is not None
    assert "已保存的工作都在" in box.text()
    copy = next(button for button in box.buttons() if button.text() == "复制详情")
    qtbot.mouseClick(copy, LEFT)
    assert box.isVisible()
    from PySide6.QtWidgets import QApplication

    assert "seven by nothing" in QApplication.clipboard().text()
    box.accept()
    assert mishaps.box is None


def test_the_program_speaks_chinese(home: Path) -> None:
    from PySide6.QtCore import QCoreApplication

    dressed_application(home)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
