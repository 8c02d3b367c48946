"""The first window of an empty home restores a backup instead of founding a station."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.home import Home, Phase
from app.core.watch import Watch
from tests.support.acts import Admit, count
from tests.support.layout import lint
from tests.support.station import PASSWORD, open_station
from tests.ui.shell.opened import framed, opened, sheet, until
from tests.ui.shell.test_looks import SIZES, Size, _look
from ui.shell.restore_sheet import RestoreSheet
from ui.shell.window import Window

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def backup(home: Path) -> Path:
    station = open_station(home)
    station.desk.do_now(Admit("王秀英"))
    made = station.backups.by_hand(Watch())
    station.close()
    return made.file


def _spoil(file: Path) -> None:
    """Flip one bit in its middle."""
    spoiled = bytearray(file.read_bytes())
    spoiled[len(spoiled) // 2] ^= 4
    file.write_bytes(spoiled)


def _sheet(qtbot: QtBot, window: Window) -> RestoreSheet:
    assert window.founding is not None
    qtbot.mouseClick(window.founding.page.restore, LEFT)
    return sheet(RestoreSheet)


async def test_a_lost_pc_is_a_bad_morning(tmp_path: Path, backup: Path, qtbot: QtBot) -> None:
    new = tmp_path / "new"
    async with opened(new) as window:
        asked = _sheet(qtbot, window)
        assert asked.main is not None
        qtbot.mouseClick(asked.main, LEFT)
        assert asked.fields["file"].error.text() == "请选择备份文件。"
        assert asked.fields["secret"].error.text() == "请输入密码或恢复码。"
        qtbot.keyClicks(asked.path, str(backup))
        qtbot.keyClicks(asked.who, "0317")
        qtbot.keyClicks(asked.secret, "Wrong-2026")
        qtbot.keyClick(asked.secret, Qt.Key.Key_Return)
        await until(lambda: "那时候的密码" in asked.fields["secret"].error.text(), "a refusal")
        assert Home(new).phase is Phase.EMPTY
        asked.secret.clear()
        qtbot.keyClicks(asked.secret, PASSWORD)
        qtbot.keyClick(asked.secret, Qt.Key.Key_Return)
        await until(lambda: window.door.card is window.sign_in, "the sign-in")
        assert window.sign_in.who.text() == "0317"
        qtbot.keyClicks(window.sign_in.secret, PASSWORD)
        window.sign_in.secret.returnPressed.emit()
        frame = await framed(window)
        assert not frame.banner.isVisible()
        station = window.presence.station if window.presence else None
        assert station is not None
        assert count(station, "resident") == 1


async def test_a_damaged_file_is_said_beside_it(tmp_path: Path, backup: Path, qtbot: QtBot) -> None:
    _spoil(backup)
    async with opened(tmp_path / "new") as window:
        asked = _sheet(qtbot, window)
        qtbot.keyClicks(asked.path, str(backup))
        qtbot.keyClicks(asked.secret, PASSWORD)
        qtbot.keyClick(asked.secret, Qt.Key.Key_Return)
        await until(lambda: "有损坏" in asked.fields["file"].error.text(), "a refusal")
        asked.reject()
        assert window.founding is not None, "a station can still be founded"


@pytest.mark.parametrize("size", SIZES[:3], ids=str)
async def test_the_sheet_fits(tmp_path: Path, qtbot: QtBot, size: Size) -> None:
    async with opened(tmp_path) as window:
        assert await _look(window, size) == []
        asked = _sheet(qtbot, window)
        asked.done_with.emit()
        for _ in range(4):
            await asyncio.sleep(0.01)
        assert lint(asked) == []
        asked.reject()
