"""The frame: going about, keys, theme, text size, what waits, what is refused."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.access.service import CreateStaff
from app.core.roles import Right, Role
from tests.support.station import PEOPLE
from tests.ui.shell.opened import NOTES, NoteView, notes_of, opened, sheet, sign_in, until
from ui.kit import KeySheet
from ui.kit.view import Crumb
from ui.places import PLACES
from ui.places.place import Place
from ui.shell import frame as frame_module
from ui.shell.nav_entry import NavEntry
from ui.style import look

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


async def test_the_first_place_is_the_first_the_person_may_see(home: Path, qtbot: QtBot) -> None:
    places = (NOTES[1], *PLACES)
    async with opened(home, places=places) as window:
        frame = await sign_in(qtbot, window, Role.ADMINISTRATOR)
        assert frame.pages.key == "sync"
        assert [entry.accessibleName() for entry in frame.sidebar.findChildren(NavEntry)] == ["同步", "设置"]
        frame.go("residents")
        assert frame.notice.text() == f"您没有“{Right.READ_RESIDENTS.value}”的权限。"
        assert frame.top.search.isHidden(), "nothing to search for"


async def test_ctrl_and_digits_go_about(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        frame = await sign_in(qtbot, window)
        first = notes_of(frame)
        first.line.setText("stays")
        qtbot.keyClick(first.line, Qt.Key.Key_2, CONTROL)
        assert frame.pages.key == "residents"
        assert not first.isVisible()
        entry = next(one for one in frame.sidebar.findChildren(NavEntry) if one.accessibleName() == "记事")
        qtbot.mouseClick(entry, LEFT)
        assert frame.pages.view is first
        assert first.line.text() == "stays"


async def test_the_global_search_hands_its_text_to_the_residents(home: Path, qtbot: QtBot) -> None:
    got: list[str] = []

    class Residents(NoteView):
        def opened(self, params: object) -> None:
            got.append(str(params))

    places = (NOTES[0], Place("residents", "老人", "users-round", Residents, right=Right.READ_RESIDENTS))
    async with opened(home, places=places) as window:
        frame = await sign_in(qtbot, window)
        qtbot.keyClick(notes_of(frame).line, Qt.Key.Key_K, CONTROL)
        assert window.focusWidget() is frame.top.search
        qtbot.keyClicks(frame.top.search, "lgl")
        qtbot.keyClick(frame.top.search, Qt.Key.Key_Return)
        assert frame.pages.key == "residents"
        assert got == ["{'search': 'lgl'}"]


async def test_f1_lists_the_keys_that_work_here(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        frame = await sign_in(qtbot, window)
        qtbot.keyClick(notes_of(frame).line, Qt.Key.Key_F1)
        keys = sheet(KeySheet)
        said = {label.text() for label in keys.findChildren(QLabel)}
        assert {"Ctrl+K", "Ctrl+L", "Ctrl+1", "全局搜索", "锁定", "记事"} <= said
        keys.reject()


def test_no_view_takes_a_key_of_the_frame() -> None:
    """A view that bound Ctrl+L would keep the screen from being locked while it shows."""

    def bound(file: Path) -> set[str]:
        return set(re.findall(r'Key\("([^"]+)"', file.read_text(encoding="utf-8")))

    ui = Path(frame_module.__file__).parents[1]
    ours = bound(ui / "shell" / "frame.py")
    assert {"Ctrl+K", "Ctrl+L", "F1"} <= ours
    taken = {file.name: bound(file) & ours for file in ui.rglob("*_view.py")}
    assert {name: keys for name, keys in taken.items() if keys} == {}


async def test_theme_and_text_size_are_remembered_for_this_computer(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        frame = await sign_in(qtbot, window)
        narrow = frame.sidebar.width()
        qtbot.mouseClick(frame.top.theme, LEFT)
        assert look.theme().dark
        assert frame.top.theme.toolTip() == "换成浅色"
        menu = QMenu()
        frame.top.menu_asked.emit(menu)
        [large] = [action for action in menu.actions() if "130%" in action.text()]
        large.trigger()
        assert look.scale() == 1.3
        assert frame.sidebar.width() != narrow
        assert json.loads((home / "ui.json").read_text()) == {"dark": True, "scale": 1.3}
    async with opened(home) as window:
        assert (window.preferences.dark, window.preferences.scale) == (True, 1.3)


async def test_a_narrow_window_has_a_rail_with_tooltips(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        frame = await sign_in(qtbot, window)
        assert frame.sidebar.width() == 224
        window.resize(1366, 768)
        assert frame.sidebar.width() == 72
        assert frame.sidebar.findChildren(NavEntry)[0].toolTip() == "记事（Ctrl+1）"


async def test_the_foot_says_what_waits_as_it_changes(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        frame = await sign_in(qtbot, window, Role.ADMINISTRATOR)
        before = frame.sidebar.foot.accessibleName()
        assert before.startswith("未连区平台，")
        count = int(before.removeprefix("未连区平台，").split()[0])
        form = replace(PEOPLE[Role.CAREGIVER], number="0800", name="古丽")
        slot = frame.bench.station.keyring.wrap((form.number, form.name), "abcd-2345")
        await frame.bench.desk.do(CreateStaff(form, slot))
        await until(lambda: f"{count + 1} 条留在本机" in frame.sidebar.foot.accessibleName(), "the new count")


async def test_the_title_and_the_way_back(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        frame = await sign_in(qtbot, window)
        notes_of(frame).say_title(Crumb("老人", "residents"), Crumb("李桂兰"))
        back = next(one for one in frame.top.crumbs.findChildren(QPushButton) if one.text() == "老人")
        qtbot.mouseClick(back, LEFT)
        assert frame.pages.key == "residents"


async def test_warnings_stay_in_a_banner(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        frame = await sign_in(qtbot, window)
        assert frame.banner.isHidden()
        frame.banner.warn(("审计记录有一处对不上。",))
        assert frame.banner.isVisible()
        frame.go("residents")
        assert frame.banner.isVisible()
