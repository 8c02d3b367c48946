"""One's own password and PIN, the institution's settings, and the sign panel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.roles import Role
from tests.support.station import PASSWORD
from tests.ui.access.test_people import SETTINGS
from tests.ui.shell.opened import frame_of, locking_of, opened, sign_in, until
from ui.access.account_pane import AccountPane
from ui.access.settings_view import SettingsView
from ui.shell.window import Window

LEFT = Qt.MouseButton.LeftButton


async def _view(qtbot: QtBot, window: Window, page: str, role: Role = Role.NURSE) -> SettingsView:
    frame = await sign_in(qtbot, window, role)
    frame.go("settings", {"page": page})
    view = frame.pages.view
    assert isinstance(view, SettingsView)
    return view


def _type(qtbot: QtBot, pane: AccountPane, form: str, **texts: str) -> None:
    for key, text in texts.items():
        field = getattr(pane, form).input(key)
        field.clear()
        qtbot.keyClicks(field, text)


async def test_the_menu_leads_to_the_password(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=SETTINGS) as window:
        await sign_in(qtbot, window, Role.NURSE)
        frame_of(window).top.show_menu()
        menu = frame_of(window).top._menu
        next(action for action in menu.actions() if action.text() == "设 PIN").trigger()
        menu.close()
        view = frame_of(window).pages.view
        assert isinstance(view, SettingsView)
        assert view.chips.key == "account"
        assert window.focusWidget() is view.account.pin.input("password")


async def test_a_new_password_needs_the_old_one(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = (await _view(qtbot, window, "account")).account
        _type(qtbot, pane, "password", old="Wrong-2026", password="Fresh-2027", again="Fresh-2027")
        qtbot.mouseClick(pane.save_password, LEFT)
        await until(lambda: pane.password.error("old"), "a sentence")
        assert pane.password.error("old") == "工号或密码不对。"
        _type(qtbot, pane, "password", old=PASSWORD)
        qtbot.mouseClick(pane.save_password, LEFT)
        await until(frame_of(window).notice.text, "done")
        assert frame_of(window).notice.text() == "密码已改，下次登录用新的。"
        assert pane.password.typed("password") == ""
        station = window.presence.station if window.presence else None
        assert station is not None
        assert station.sign_in("0412", "Fresh-2027").actor.name == "林晓燕"


async def test_a_weak_pin_is_refused_as_typed_and_a_good_one_unlocks(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = (await _view(qtbot, window, "account")).account
        _type(qtbot, pane, "pin", password=PASSWORD, pin="123456", pin_again="123456")
        qtbot.mouseClick(pane.save_pin, LEFT)
        await until(pane.pin.input("pin").accessibleDescription, "a sentence")
        assert pane.pin.error("pin") == "这个 PIN 太容易猜，请换一个。"
        _type(qtbot, pane, "pin", pin="271828", pin_again="271829")
        qtbot.mouseClick(pane.save_pin, LEFT)
        await until(pane.pin.input("pin_again").accessibleDescription, "a sentence")
        assert pane.pin.error("pin_again") == "两次输入不一样。"
        _type(qtbot, pane, "pin", pin_again="271828")
        qtbot.mouseClick(pane.save_pin, LEFT)
        await until(lambda: frame_of(window).notice.text() == "PIN 已设好。", "done")
        locking_of(window).lock()
        page = locking_of(window).page
        assert page is not None
        qtbot.keyClicks(page.unlock.secret, "271828")
        qtbot.mouseClick(page.unlock.button, LEFT)
        await until(lambda: locking_of(window).page is None, "unlocked")


async def test_settings_take_effect_at_once(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = (await _view(qtbot, window, "institution", Role.ADMINISTRATOR)).institution
        minutes = pane.form.input("lock_after_minutes")
        pane.form.set_values({"lock_after_minutes": ""})
        qtbot.keyClicks(minutes, "61")
        qtbot.mouseClick(pane.save, LEFT)
        await until(minutes.accessibleDescription, "a sentence")
        assert pane.form.error("lock_after_minutes") == "应在 1 到 60 分钟 之间，请核对。"
        pane.form.set_values({"lock_after_minutes": "", "stack_level_raises": "each"})
        qtbot.keyClicks(minutes, "2")
        pane.form.set_values({"ambulance_meeting": " 南门岗亭，门卫引路 ", "phone": "0592-5550188"})
        qtbot.mouseClick(pane.save, LEFT)
        await until(lambda: frame_of(window).notice.text() == "设置已保存，马上生效。", "done")
        settings = pane.bench.station.settings
        assert (settings.lock_after_minutes, settings.stack_level_raises) == (2, True)
        assert (settings.ambulance_meeting, settings.phone) == ("南门岗亭，门卫引路", "0592-5550188")
        assert locking_of(window)._limit() == 120
    async with opened(home, places=SETTINGS) as window:
        frame = await sign_in(qtbot, window)
        assert frame.bench.station.settings == settings, "kept in the file"


async def test_who_may_not_change_settings_sees_them_with_the_reason(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = (await _view(qtbot, window, "institution")).institution
        assert not pane.form.isEnabled()
        assert not pane.save.isVisible()
