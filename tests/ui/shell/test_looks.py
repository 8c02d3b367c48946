"""Every screen of door, frame and settings: nothing clipped, squeezed, overlapping or too pale, in every size."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from app.core.errors import Trouble
from app.core.roles import Actor, Role
from tests.support.layout import lint
from tests.support.station import valid_code
from tests.ui.access.test_people import SETTINGS
from tests.ui.shell.opened import locking_of, opened, sign_in, until
from ui.access.settings_view import SettingsView
from ui.shell.new_password import NewPassword
from ui.shell.recovery_sheet import RecoverySheet
from ui.shell.window import Window

_NOBODY = UUID(int=7)


@dataclass(frozen=True)
class Size:
    """One way a screen is looked at."""

    width: int
    height: int
    dark: bool = False
    scale: float = 1.0


SIZES = (
    Size(1440, 900),
    Size(1366, 768, dark=True),
    Size(900, 500),
    Size(1366, 768, scale=1.3),
    Size(900, 500, dark=True, scale=1.3),
)


async def _look(window: Window, size: Size) -> list[str]:
    if (window.preferences.dark, window.preferences.scale) != (size.dark, size.scale):
        window.set_look(dark=size.dark, scale=size.scale)
    window.resize(size.width, size.height)
    for _ in range(4):  # layouts within layouts settle one turn after another
        await asyncio.sleep(0.01)
    return lint(window)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_door(home: Path, qtbot: QtBot, size: Size) -> None:
    async with opened(home, places=SETTINGS) as window:
        found = await _look(window, size)
        window.sign_in.show_refusal("who", "请输入工号或姓名。")
        window.sign_in.show_refusal(
            "secret", "密码连续错了多次，请等 30 秒再试。忘记密码请找系统管理员重设。"
        )
        found += await _look(window, size)
        assert window.presence is not None
        window.presence.arrival.ask_recovery()
        paper = window.findChild(RecoverySheet)
        paper.form.check()
        found += lint(paper)
        paper.reject()
        person = Actor(
            rid=_NOBODY,
            number="0412",
            name="阿依古丽·买买提",
            roles=frozenset({Role.NURSE}),
            profession="护士",
        )
        card = NewPassword(person, "abcd-2345")
        window.door.show_card(card)
        card.form.check()
        found += await _look(window, size)
        window.show_trouble(
            Trouble("数据文件夹不能写入：/var/lib/carestation", remedy="请检查文件夹权限和磁盘。")
        )
        found += await _look(window, size)
        assert not found, "\n".join(found)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_set_up(tmp_path: Path, qtbot: QtBot, size: Size) -> None:
    async with opened(tmp_path / "home") as window:
        assert window.founding is not None
        page = window.founding.page
        found: list[str] = []
        for step in range(3):
            page.go(step)
            page.forms[step].check()
            found += await _look(window, size)
        page.forms[0].set_values({"institution_name": "康宁养护院" * 6, "institution_code": valid_code()})
        page.show_code("04T8-AMK6-E31J-BTBV-JQ6N-ZJ7N-X5ZY-QBA7")
        found += await _look(window, size)
        assert not found, "\n".join(found)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_lock_and_frame(home: Path, qtbot: QtBot, size: Size) -> None:
    async with opened(home, places=SETTINGS) as window:
        frame = await sign_in(qtbot, window, Role.ADMINISTRATOR)
        frame.banner.warn(("审计记录有一处对不上，请联系系统管理员，先不要删除任何文件。",))
        frame.notice.say("上次登录前有 3 次密码错误。如果不是您，请改密码并告诉系统管理员。")
        found = await _look(window, size)
        locking_of(window).lock()
        page = locking_of(window).page
        assert page is not None
        page.unlock.refuse("工号或密码不对。")
        page.unlock.say_drafts(3)
        found += await _look(window, size)
        page.unlock.switch.click()
        found += await _look(window, size)
        assert not found, "\n".join(found)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_settings(home: Path, qtbot: QtBot, size: Size) -> None:
    async with opened(home, places=SETTINGS) as window:
        frame = await sign_in(qtbot, window, Role.ADMINISTRATOR)
        view = frame.pages.view
        assert isinstance(view, SettingsView)
        found: list[str] = []

        def account() -> None:
            frame.go("settings", {"page": "account"})
            view.account.password.check()

        def fresh() -> None:
            view.staff.fresh.click()
            view.staff.panel.form.check()

        acts: tuple[Callable[[], object], ...] = (
            lambda: frame.go("settings", {"page": "institution"}),
            account,
            lambda: frame.go("settings", {"page": "staff"}),
            view.staff.table.pick_first,
            fresh,
        )
        for act in acts:
            act()
            await until(lambda: not view.staff.errands.running, "the list")
            found += await _look(window, size)
        assert not found, "\n".join(found)
