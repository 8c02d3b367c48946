"""The foot of the window and the count beside 同步: what is confirmed, and no more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.compose import Station
from tests.support.outbox import put_all, stands
from tests.support.station import MORNING
from tests.ui.residents.stage import Stage, on_stage, people
from tests.ui.sync.room import ADDRESS, busy, until
from ui.shell.sync_foot import SyncState
from ui.style import Tone


@pytest.fixture
def named(station: Station, monkeypatch: pytest.MonkeyPatch) -> Station:
    monkeypatch.setenv("CARESTATION_PLATFORM", ADDRESS)
    put_all(station, "acked", acked_at=MORNING - timedelta(days=1))
    return station


async def foot(stage: Stage) -> SyncState:
    stage.frame.ask_counts()
    await until(lambda: not stage.frame.errands.running)
    return stage.frame.sidebar.foot.state


async def test_without_a_platform(station: Station) -> None:
    people(station, 2)
    async with on_stage(station) as stage:
        said = await foot(stage)
        assert said.words == "未连区平台"
        assert said.hint.endswith("条留在本机")


async def test_named_but_never_reached(named: Station) -> None:
    people(named, 1)
    async with on_stage(named) as stage:
        said = await foot(stage)
        assert said.words.startswith("等待连接 · 待上传 ")
        assert said.hint == "还没有完整成功过"


async def test_a_number_is_never_cut_off(named: Station) -> None:
    people(named, 1)
    async with on_stage(named) as stage:
        said = await foot(stage)
        number = said.words.removeprefix("等待连接 · ")
        lines = stage.frame.sidebar.foot.lines
        assert lines(400) == (said.words, said.hint)
        assert lines(120) == ("等待连接", number)


async def test_online_with_nothing_left(named: Station) -> None:
    stands(named, "online", success=MORNING)
    async with on_stage(named) as stage:
        said = await foot(stage)
        assert (said.words, said.hint, said.tone) == ("在线", "上次完整成功 08:30", Tone.OK)


async def test_offline_after_a_success(named: Station) -> None:
    stands(named, "offline", "连不上，请检查网络。", success=MORNING - timedelta(minutes=27), again=480)
    people(named, 2)
    async with on_stage(named) as stage:
        said = await foot(stage)
        assert said.words.startswith("离线 · 待上传 ")
        assert said.hint == "上次完整成功 08:03"
        assert "08:38 再试" in said.details
        assert "连不上，请检查网络。" in said.details


async def test_what_needs_a_person_is_said_before_what_waits(named: Station) -> None:
    busy(named)
    async with on_stage(named) as stage:
        said = await foot(stage)
        assert (said.words, said.tone) == ("在线 · 冲突 1", Tone.WARN)
        for line in ("待上传 16 条", "搁置 1 条", "冲突 1 条", "不上传 1 条"):
            assert line in said.details
        entry = stage.frame.sidebar._entries["sync"]
        assert entry.accessibleName() == "同步，2 条"


async def test_news_reaches_the_foot_by_itself(named: Station) -> None:
    async with on_stage(named) as stage:
        stands(named, "online", success=MORNING)
        await until(lambda: stage.frame.sidebar.foot.state.words == "在线")
        assert stage.frame.sidebar.foot.accessibleName() == "在线，上次完整成功 08:30"


async def test_a_click_or_enter_leads_to_sync(named: Station, qtbot: QtBot) -> None:
    async with on_stage(named) as stage:
        stage.frame.go("settings")
        qtbot.mouseClick(stage.frame.sidebar.foot, Qt.MouseButton.LeftButton)
        assert stage.place == "sync"
        stage.frame.go("settings")
        stage.frame.sidebar.foot.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(stage.frame.sidebar.foot, Qt.Key.Key_Return)
        assert stage.place == "sync"
        await stage.settle()
