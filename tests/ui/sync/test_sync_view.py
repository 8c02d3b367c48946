"""同步 driven by keys and clicks: what needs a person first, what may be done, and nothing that is not so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.compose import Station
from app.core.roles import Role
from app.sync.acts import PRESSED
from app.sync.vanished import EMPTIED
from tests.support.acts import rows
from tests.support.outbox import stands
from tests.support.station import MORNING, become
from tests.ui.residents.stage import on_stage, people
from tests.ui.shell.opened import sheet
from tests.ui.sync.room import ADDRESS, busy, keys_of, pick, shown, until
from ui.kit import Sheet
from ui.sync.items_model import More
from ui.sync.trace_sheet import TraceSheet


@pytest.fixture
def named(station: Station, monkeypatch: pytest.MonkeyPatch) -> Station:
    """A station with a platform named."""
    monkeypatch.setenv("CARESTATION_PLATFORM", ADDRESS)
    return station


async def test_what_needs_a_person_stands_first(named: Station) -> None:
    busy(named)
    async with on_stage(named) as stage:
        view = await shown(stage)
        found = keys_of(view)
        headings = [one for one in found if one.startswith("#")]
        assert [one.split()[1] for one in headings] == ["冲突", "搁置", "待上传", "不上传", "区平台已收"]
        assert found[1] == "老人档案 · 欧阳淑华"
        assert "入住 12 条" in found
        assert view.head.title.text() == "在线"
        assert view.head.about.text() == "区平台 fhir.qu-yiyang.example · 38 ms"
        assert view.head.figures["success"].number.text() == "08:03"
        assert view.head.figures["conflicts"].number.text() == "1"


async def test_arrows_step_over_headings_and_the_story_follows(named: Station, qtbot: QtBot) -> None:
    busy(named)
    async with on_stage(named) as stage:
        view = await shown(stage)
        assert view.pane.title.text() == "老人档案 · 欧阳淑华"
        qtbot.keyClick(view.list, Qt.Key.Key_Down)
        await stage.settle()
        assert view.pane.row is not None
        assert view.pane.row.state == "quarantined"
        assert view.pane.again.isVisible()
        qtbot.keyClick(view.list, Qt.Key.Key_Up)
        await stage.settle()
        assert view.pane.row.state == "conflict"
        assert not view.pane.again.isVisible()


async def test_r_sends_again_what_was_put_aside(named: Station, qtbot: QtBot) -> None:
    busy(named)
    async with on_stage(named) as stage:
        view = await shown(stage)
        row = pick(view, "aside")
        await stage.settle()
        qtbot.keyClick(view.list, Qt.Key.Key_R)
        await until(
            lambda: rows(named, "select state from outbox where id = :id", id=row.outbox) == [("pending",)]
        )
        await until(lambda: "搁置" not in " ".join(keys_of(view)))
        assert stage.frame.notice.text() == "已放回待上传，马上再发一次。"


async def test_f5_asks_for_a_round_once_until_it_is_over(named: Station, qtbot: QtBot) -> None:
    busy(named)
    heard: list[object] = []
    named.desk.listen(lambda changes: heard.append(changes) if changes.touches(PRESSED) else None)
    async with on_stage(named) as stage:
        view = await shown(stage)
        qtbot.keyClick(view.list, Qt.Key.Key_F5)
        qtbot.keyClick(view.list, Qt.Key.Key_F5)
        await until(lambda: heard)
        await stage.settle()
        assert len(heard) == 1
        assert view.head.button.busy
        assert "16 条" in view.head.button.text()
        named.clock.forward(timedelta(seconds=3))  # type: ignore[attr-defined]  # the tests' own clock
        stands(named, "online", success=named.clock.now(), again=300)
        await until(lambda: not view.head.button.busy)
        assert view.head.figures["success"].number.text() == "08:30"


async def test_without_the_right_the_button_says_who_has_it(named: Station, qtbot: QtBot) -> None:
    busy(named)
    become(named, Role.CAREGIVER)
    async with on_stage(named) as stage:
        view = await shown(stage)
        assert not view.head.button.isEnabled()
        assert "护士长" in view.head.button.toolTip()
        qtbot.keyClick(view.list, Qt.Key.Key_F5)
        await stage.settle()
        assert "您没有“同步”的权限" in stage.frame.notice.text()
        pick(view, "aside")
        await stage.settle()
        assert not view.pane.again.isVisible()


async def test_a_line_for_many_opens_its_own_list_and_esc_comes_back(named: Station, qtbot: QtBot) -> None:
    busy(named)
    async with on_stage(named) as stage:
        view = await shown(stage)
        pick(view, "waiting", "stay")
        qtbot.keyClick(view.list, Qt.Key.Key_Return)
        await stage.settle()
        assert keys_of(view)[0] == "# 待上传 12"
        assert len(keys_of(view)) == 13
        qtbot.keyClick(view.list, Qt.Key.Key_Escape)
        await stage.settle()
        assert "入住 12 条" in keys_of(view)


async def test_left_and_right_go_through_the_lists(named: Station, qtbot: QtBot) -> None:
    busy(named)
    async with on_stage(named) as stage:
        view = await shown(stage)
        qtbot.keyClick(view.list, Qt.Key.Key_Left)
        await stage.settle()
        assert view.chips.key == "held"
        qtbot.keyClick(view.list, Qt.Key.Key_Right)
        qtbot.keyClick(view.list, Qt.Key.Key_Right)
        await stage.settle()
        assert view.chips.key == "conflict"
        assert keys_of(view)[0] == "# 冲突 1"


async def test_more_leads_to_the_whole_list(named: Station, qtbot: QtBot) -> None:
    busy(named)
    async with on_stage(named) as stage:
        view = await shown(stage)
        more = view.list.items.items[-1]
        assert isinstance(more, More)
        assert view.list.pick(more.key)
        qtbot.keyClick(view.list, Qt.Key.Key_Return)
        await stage.settle()
        assert view.chips.key == "received"
        total = rows(named, "select count(*) from outbox where state = 'acked'")[0][0]
        assert keys_of(view)[0] == f"# 区平台已收 {total}"
        assert len(keys_of(view)) == total + 1


async def test_the_receipt_is_copied_and_the_record_opened(named: Station, qtbot: QtBot) -> None:
    ids = busy(named)
    async with on_stage(named) as stage:
        view = await shown(stage)
        row = pick(view, "received", "resident", record=ids.received)
        await stage.settle()
        qtbot.keyClick(view.list, Qt.Key.Key_C)
        assert QGuiApplication.clipboard().text() == row.receipt == "Patient/5505"
        qtbot.mouseClick(view.pane.open, Qt.MouseButton.LeftButton)
        await stage.settle()
        assert stage.place == "chart"


async def test_news_is_shown_and_the_selection_stays(named: Station) -> None:
    ids = busy(named)
    async with on_stage(named) as stage:
        view = await shown(stage)
        pick(view, "received", "resident", record=ids.received)
        await stage.settle()
        people(named, 1)
        stands(named, "offline", "连不上，请检查网络。", success=MORNING - timedelta(minutes=27), again=480)
        await until(lambda: view.head.title.text() == "离线")
        await stage.settle()
        assert view.pane.row is not None
        assert view.pane.row.record == ids.received
        assert view.head.why.text().startswith("连不上，请检查网络。 08:38 再试。")
        assert "08:30 确认" in view.head.about.text()


async def test_without_a_platform_it_says_what_is_kept_and_where_to_set_it(
    station: Station, qtbot: QtBot
) -> None:
    become(station, Role.ADMINISTRATOR)
    async with on_stage(station) as stage:
        view = await shown(stage)
        assert view.state.words == "还没有连区平台"
        assert not view.head.button.isEnabled()
        stage.frame.go("settings", {"page": "staff"})
        stage.frame.go("sync")
        await stage.settle()
        button = view.state.findChildren(type(view.head.button))[-1]
        assert button.text().strip() == "去设置区平台"
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert stage.place == "settings"
        assert stage.frame.pages.view.chips.key == "platform"  # type: ignore[union-attr]  # the settings


async def test_without_a_platform_others_learn_whom_to_ask(station: Station) -> None:
    async with on_stage(station) as stage:
        view = await shown(stage)
        assert view.state.words == "还没有连区平台"
        assert "系统管理员" in view.state.findChildren(type(view.head.why))[1].text()


async def test_an_emptied_platform_is_begun_anew_only_by_an_administrator_who_confirms(
    named: Station, qtbot: QtBot
) -> None:
    busy(named)
    stands(named, "strange", EMPTIED, success=MORNING - timedelta(hours=2))
    async with on_stage(named) as stage:
        view = await shown(stage)
        assert view.strange.isVisible()
        assert not view.strange.anew.isVisible()
        assert "系统管理员" in view.strange.words.text()
    become(named, Role.ADMINISTRATOR)
    received = rows(named, "select count(*) from outbox where state = 'acked'")[0][0]
    async with on_stage(named) as stage:
        view = await shown(stage)
        qtbot.mouseClick(view.strange.anew, Qt.MouseButton.LeftButton)
        asked = sheet(Sheet)
        assert f"{received} 条" in asked.text.text()
        qtbot.keyClick(asked, Qt.Key.Key_Return)  # a stray Enter does nothing grave
        assert asked.isVisible()
        assert asked.main is not None
        qtbot.mouseClick(asked.main, Qt.MouseButton.LeftButton)
        await until(lambda: rows(named, "select count(*) from outbox where state = 'acked'") == [(0,)])
        assert rows(named, "select count(*) from outbox where state = 'unknown'") == [(received + 1,)]
        await until(lambda: not view.strange.isVisible())


async def test_a_wrong_page_is_no_reason_to_offer_a_new_upload(named: Station) -> None:
    busy(named)
    stands(named, "strange", "那里回答的不是 FHIR 数据，请核对地址和网络。", again=60)
    become(named, Role.ADMINISTRATOR)
    async with on_stage(named) as stage:
        view = await shown(stage)
        assert not view.strange.isVisible()
        assert view.head.title.text() == "回答异常"
        assert "不是 FHIR 数据" in view.head.why.text()


async def test_the_story_of_another_record_of_the_resident_is_a_click_away(
    named: Station, qtbot: QtBot
) -> None:
    busy(named)
    async with on_stage(named) as stage:
        view = await shown(stage)
        trace = view.pane.story.shown
        assert trace is not None
        view.pane.story.chosen.emit("stay", trace.related[0].record)
        story = sheet(TraceSheet)
        await until(lambda: story.story.shown is not None)
        assert story.title.text() == "入住 · 欧阳淑华"
        qtbot.keyClick(story, Qt.Key.Key_Escape)
        assert not story.isVisible()
