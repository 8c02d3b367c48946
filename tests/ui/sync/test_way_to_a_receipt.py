"""The whole way on the screen: a nurse writes, presses F5, and reads the receipt a real (written) server gave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.compose import Station
from app.core.clock import SetClock
from app.core.roles import Role
from tests.support.acts import rows
from tests.support.platform import Behaviour, Platform
from tests.support.station import become
from tests.ui.residents.stage import on_stage, people, until
from tests.ui.sync.room import pick, shown
from ui.access.settings_view import SettingsView


@pytest.fixture
def platform() -> Iterator[Platform]:
    with Platform(Behaviour.hapi()) as running:
        yield running


async def test_from_writing_to_the_receipt(
    station: Station, platform: Platform, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("CARESTATION_PLATFORM", platform.address)
    async with on_stage(station) as stage:
        station.sync.start()
        view = await shown(stage)
        await until(lambda: view.head.title.text() == "在线")
        resident = people(station, 1)[0]
        assert isinstance(station.clock, SetClock)
        station.clock.forward(timedelta(seconds=1))
        qtbot.keyClick(view.list, Qt.Key.Key_F5)
        left = "select count(*) from outbox where state <> 'acked'"
        await until(lambda: rows(station, left) == [(0,)], patience=20)
        await until(lambda: not view.head.button.busy, patience=20)
        await stage.settle()
        row = pick(view, "received", "resident", record=resident)
        (patient,) = platform.resources("Patient")
        assert row.receipt == f"Patient/{patient['id']}"
        assert f"回执号 Patient/{patient['id']} · 第1版" in row.words
        await until(lambda: stage.frame.sidebar.foot.state.words == "在线")
        station.sync.stop()


async def test_trying_a_real_server_says_what_it_is(
    station: Station, platform: Platform, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.delenv("CARESTATION_PLATFORM", raising=False)
    become(station, Role.ADMINISTRATOR)
    async with on_stage(station) as stage:
        view = stage.view("settings", {"page": "platform"})
        assert isinstance(view, SettingsView)
        pane = view.platform
        pane.where.set_values({"platform_address": platform.address})
        qtbot.mouseClick(pane.trial.button, Qt.MouseButton.LeftButton)
        await until(pane.trial.words.text)
        assert pane.trial.words.text().startswith("连接正常")
