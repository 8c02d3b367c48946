"""设置→备份 as a head nurse uses it: one by hand, a drill, a second place; and what others see."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.clock import SetClock
from app.core.home import FileLock, Home
from app.core.roles import Role
from tests.support.acts import Admit, rows
from tests.support.layout import lint
from tests.support.station import MORNING, PASSWORD
from tests.ui.access.test_people import SETTINGS
from tests.ui.shell.opened import frame_of, opened, sheet, sign_in, until, write
from tests.ui.shell.test_looks import SIZES, Size, _look
from ui.access.backup_pane import BackupPane
from ui.access.drill_sheet import DrillSheet
from ui.access.settings_view import SettingsView
from ui.shell.window import Window

LEFT = Qt.MouseButton.LeftButton


async def _pane(qtbot: QtBot, window: Window, role: Role = Role.HEAD_NURSE) -> BackupPane:
    frame = await sign_in(qtbot, window, role)
    frame.go("settings", {"page": "backup"})
    view = frame.pages.view
    assert isinstance(view, SettingsView)
    await until(lambda: not view.backup.errands.running, "what there is")
    return view.backup


def _said(window: Window) -> str:
    return frame_of(window).notice.text()


async def _backed_up(qtbot: QtBot, window: Window, pane: BackupPane) -> None:
    qtbot.mouseClick(pane.now, LEFT)
    await until(lambda: "备份已做好并核验" in _said(window), "the backup")
    await until(lambda: not pane.errands.running, "the list")


async def test_one_by_hand_is_made_listed_and_proved_by_a_drill(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = await _pane(qtbot, window)
        assert "还没有备份" in pane.facts["上次备份"].accessibleName()
        assert not pane.practise.isEnabled()
        await _backed_up(qtbot, window, pane)
        assert "2026-11-24 08:30" in pane.facts["上次备份"].accessibleName()
        assert len(pane.table.rows_model.rows) == 1
        qtbot.mouseClick(pane.practise, LEFT)
        asked = sheet(DrillSheet)
        assert asked.main is not None
        qtbot.keyClicks(asked.secret, "Wrong-2026")
        qtbot.mouseClick(asked.main, LEFT)
        await until(asked.field.error.text, "a sentence")
        assert "做备份那时候的密码" in asked.field.error.text()
        asked.secret.clear()
        qtbot.keyClicks(asked.secret, PASSWORD)
        qtbot.keyClick(asked.secret, Qt.Key.Key_Return)
        await until(lambda: "演练通过" in _said(window), "the proof")
        station = window.presence.station if window.presence else None
        assert station is not None
        assert rows(station, "select count(*) from audit where act = 'drill_backup'") == [(1,)]


async def test_by_the_key_alone(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = await _pane(qtbot, window)
        pane.now.setFocus()
        qtbot.keyClick(pane.now, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: "备份已做好并核验" in _said(window), "the backup")


async def test_a_second_place_is_checked_kept_and_used(home: Path, qtbot: QtBot, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    async with opened(home, places=SETTINGS) as window:
        pane = await _pane(qtbot, window)
        field = pane.form.input("second_place")
        write(qtbot, field, str(usb))
        qtbot.mouseClick(pane.save, LEFT)
        await until(lambda: pane.form.error("second_place"), "a sentence")
        assert pane.form.error("second_place") == "没有这个文件夹。"
        usb.mkdir()
        qtbot.mouseClick(pane.save, LEFT)
        await until(lambda: "已保存" in _said(window), "kept")
        assert "同一块硬盘" in _said(window)
        await _backed_up(qtbot, window, pane)
        assert f"{usb}，已备" in pane.facts["第二备份位置"].accessibleName()
        usb.rename(tmp_path / "unplugged")
        qtbot.mouseClick(pane.now, LEFT)
        await until(lambda: "第二备份位置不见了" in _said(window), "the trouble")
        assert "第一份已做好" in _said(window)
        await until(lambda: not pane.errands.running, "the list")
        assert "不见了" in pane.facts["第二备份位置"].accessibleName()
    async with opened(home, places=SETTINGS) as window:
        frame = await sign_in(qtbot, window, Role.NURSE)
        assert frame.banner.isVisible(), "told to whoever signs in next"


async def test_another_backup_at_work_is_said(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = await _pane(qtbot, window)
        lock = FileLock(Home(home).backup_lock)
        assert lock.take()
        qtbot.mouseClick(pane.now, LEFT)
        await until(lambda: "另一个备份正在进行" in _said(window), "a refusal")
        lock.release()
        await until(pane.now.isEnabled, "the button again")


async def test_who_may_not_back_up_is_told_who_may(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = await _pane(qtbot, window, Role.NURSE)
        assert "备份由系统管理员" in pane.state.words


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_it_fits_in_every_size(home: Path, qtbot: QtBot, size: Size) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = await _pane(qtbot, window)
        await _backed_up(qtbot, window, pane)
        pane.form.show_refusal("second_place", "没有这个文件夹。")
        found = await _look(window, size)
        pane.ask_drill()
        asked = sheet(DrillSheet)
        asked.refuse("工号或密码不对。要用做备份那时候的密码。")
        for _ in range(4):  # the sheet grows by the sentence
            await asyncio.sleep(0.01)
        found += lint(asked)
        asked.reject()
        assert found == []


async def test_an_automatic_one_is_due_after_the_hours(home: Path, qtbot: QtBot) -> None:
    clock = SetClock(MORNING)
    async with opened(home, places=SETTINGS, clock=clock) as window:
        await sign_in(qtbot, window)
        presence = window.presence
        assert presence is not None
        assert presence.station is not None
        presence.station.desk.do_now(Admit("王秀英"))
        backups = Home(home).backups
        presence.backing_up.look()
        await until(lambda: not presence.backing_up.errands.running, "the look")
        assert not backups.exists(), "not yet"
        clock.forward(timedelta(hours=4))
        presence.backing_up.look()
        await until(lambda: list(backups.glob("*.csb")), "the backup")
        await until(lambda: not presence.backing_up.errands.running, "its end")
