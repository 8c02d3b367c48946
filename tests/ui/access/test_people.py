"""设置→人员 as an administrator uses it: create, edit, disable, enable, reset; refusals in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.access.queries import AccountOf
from app.core.errors import Refusal
from app.core.roles import Role
from tests.support.station import PEOPLE
from tests.ui.shell.opened import frame_of, opened, sheet, sign_in, until, write
from ui.access.first_password import FirstPassword
from ui.access.settings_view import SettingsView
from ui.access.staff_pane import StaffPane
from ui.kit import Sheet
from ui.places import PLACES
from ui.shell.window import Window

LEFT = Qt.MouseButton.LeftButton
SETTINGS = tuple(place for place in PLACES if place.key == "settings")


async def _pane(qtbot: QtBot, window: Window, role: Role = Role.ADMINISTRATOR) -> StaffPane:
    frame = await sign_in(qtbot, window, role)
    view = frame.pages.view
    assert isinstance(view, SettingsView)
    frame.go("settings", {"page": "staff"})
    await until(lambda: not view.staff.errands.running, "the list")
    return view.staff


def _field(pane: StaffPane, key: str) -> QWidget:
    return pane.panel.form.input(key)


async def test_a_person_is_created_and_comes_in_with_the_password_handed_over(
    home: Path, qtbot: QtBot
) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = await _pane(qtbot, window)
        qtbot.mouseClick(pane.fresh, LEFT)
        write(qtbot, _field(pane, "number"), "0800")
        write(qtbot, _field(pane, "name"), "古丽")
        pane.panel.form.set_values({"roles": ("nurse", "assessor"), "profession": "护士"})
        qtbot.mouseClick(pane.panel.save, LEFT)
        await until(lambda: window.findChildren(FirstPassword), "the first password")
        shown = sheet(FirstPassword)
        assert "古丽 · 工号 0800" in shown.title.text()
        password = shown.password.text()
        qtbot.mouseClick(shown.handed, LEFT)
        current = pane.table.current()
        assert current is not None
        assert (current.name, current.must_change) == ("古丽", True)
        station = window.presence.station if window.presence else None
        assert station is not None
        came = station.sign_in("0800", password)
        assert came.must_change
        assert came.actor.roles == {Role.NURSE, Role.ASSESSOR}


async def test_every_field_is_checked_and_a_taken_number_refused_beside_it(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = await _pane(qtbot, window)
        qtbot.mouseClick(pane.fresh, LEFT)
        qtbot.mouseClick(pane.panel.save, LEFT)
        form = pane.panel.form
        said = [form.error(key) for key in ("number", "name", "roles", "profession")]
        assert said == ["请填写工号。", "请填写姓名。", "请选择岗位。", "请选择职业。"]
        write(qtbot, _field(pane, "number"), "0317")
        write(qtbot, _field(pane, "name"), "古丽")
        form.set_values({"roles": ("nurse",), "profession": "护士"})
        qtbot.mouseClick(pane.panel.save, LEFT)
        await until(lambda: form.error("number"), "a sentence")
        assert form.error("number") == "工号 0317 已经有人用了。"
        assert form.values()["name"] == "古丽", "nothing typed is lost"


async def test_an_edit_is_kept_and_seen(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = await _pane(qtbot, window)
        _pick(pane, "0412")
        pane.panel.form.set_values({"title": "主管护师"})
        qtbot.mouseClick(pane.panel.save, LEFT)
        await until(lambda: "已保存" in frame_of(window).notice.text(), "saved")
        row = pane.table.current()
        assert row is not None
        assert row.title == "主管护师"


async def test_the_last_administrator_stays_one(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = await _pane(qtbot, window)
        _pick(pane, "0001")
        pane.panel.form.set_values({"roles": ("manager",)})
        qtbot.mouseClick(pane.panel.save, LEFT)
        await until(lambda: pane.panel.form.error("roles"), "a sentence")
        assert pane.panel.form.error("roles") == "至少要留一位系统管理员。"
        qtbot.mouseClick(pane.panel.disable, LEFT)
        asked = sheet(Sheet)
        assert asked.main is not None
        qtbot.mouseClick(asked.main, LEFT)
        await until(frame_of(window).notice.text, "a refusal")
        assert frame_of(window).notice.text() == "不能停用自己的账号。"


async def test_disabling_repeats_who_it_is_and_enabling_gives_a_new_password(
    home: Path, qtbot: QtBot
) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = await _pane(qtbot, window)
        _pick(pane, "0412")
        qtbot.mouseClick(pane.panel.disable, LEFT)
        asked = sheet(Sheet)
        assert "林晓燕 · 工号 0412" in asked.text.text()
        assert asked.main is not None
        qtbot.mouseClick(asked.main, LEFT)
        await until(pane.panel.enable.isVisible, "disabled")
        desk = pane.bench.desk
        assert await desk.ask(AccountOf("0412")) is None
        station = window.presence.station if window.presence else None
        assert station is not None
        with pytest.raises(Refusal):
            station.sign_in("0412", "Gentle-2026")
        qtbot.mouseClick(pane.panel.enable, LEFT)
        await until(lambda: window.findChildren(FirstPassword), "the first password")
        password = sheet(FirstPassword).password.text()
        sheet(FirstPassword).accept()
        assert station.sign_in("0412", password).must_change


async def test_a_reset_voids_the_old_password(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = await _pane(qtbot, window)
        _pick(pane, "0508")
        qtbot.mouseClick(pane.panel.reset, LEFT)
        asked = sheet(Sheet)
        assert "陈永康 · 工号 0508" in asked.text.text()
        assert asked.main is not None
        qtbot.mouseClick(asked.main, LEFT)
        await until(lambda: window.findChildren(FirstPassword), "the first password")
        sheet(FirstPassword).accept()
        station = window.presence.station if window.presence else None
        assert station is not None
        with pytest.raises(Refusal):
            station.sign_in("0508", "Gentle-2026")


async def test_who_may_not_manage_people_is_told_who_may(home: Path, qtbot: QtBot) -> None:
    async with opened(home, places=SETTINGS) as window:
        pane = await _pane(qtbot, window, Role.NURSE)
        assert pane.state.words == "人员由系统管理员管理"
        assert not pane.table.isVisible()
        assert PEOPLE[Role.ADMINISTRATOR].name in pane.state._page.accessibleName()


def _pick(pane: StaffPane, number: str) -> None:
    row = next(row for row in pane.table.rows_model.rows if row.number == number)
    assert pane.table.pick(row.rid)
    assert pane.panel.isVisible()
