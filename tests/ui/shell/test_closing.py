"""Closing and signing out back up first: told honestly, skipped by a key, and never kept from closing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.home import Home
from tests.support.log import LogWatch
from tests.ui.shell.opened import opened, sign_in, until
from tests.ui.shell.test_looks import SIZES, Size, _look
from ui.shell.leaving_card import LeavingCard
from ui.shell.window import Window


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that takes seconds, as of a large station."""
    monkeypatch.setattr("db.backup.PAGES", 1)
    monkeypatch.setattr("db.backup.BREATH", 0.03)


def _card(window: Window) -> LeavingCard | None:
    return window.presence.backing_up.card if window.presence else None


async def _leaving(window: Window) -> LeavingCard:
    assert window.presence is not None
    window.presence.sign_out()
    await until(lambda: _card(window), "the card")
    card = _card(window)
    assert card is not None
    return card


async def test_closing_makes_a_backup(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        await sign_in(qtbot, window)
    assert len(list(Home(home).backups.glob("*.csb"))) == 1
    async with opened(home) as window:
        await sign_in(qtbot, window)
    assert len(list(Home(home).backups.glob("*.csb"))) == 1, "nothing had changed"


async def test_signing_out_says_what_goes_on_and_esc_skips(home: Path, qtbot: QtBot, slow: None) -> None:
    async with opened(home) as window:
        await sign_in(qtbot, window)
        card = await _leaving(window)
        assert window.door.card is card
        assert card.title.text() == "正在备份… 0 秒"
        await until(lambda: card.step.text().strip() == "正在拷贝数据", "the step")
        qtbot.keyClick(QApplication.focusWidget() or card.skip, Qt.Key.Key_Escape)
        await until(lambda: window.door.card is window.sign_in, "the door")
        station = window.presence.station if window.presence else None
        assert station is not None
        await until(lambda: station.phase == "closed", "closed")
    assert not list(Home(home).backups.iterdir()), "nothing half is left"


async def test_a_backup_that_fails_never_keeps_the_program_and_is_told_next_time(
    home: Path, qtbot: QtBot, expected_log: LogWatch
) -> None:
    (home / "backups").write_text("a file where the folder should be")
    with expected_log.expect("the backup at closing was not made"):
        async with opened(home) as window:
            await sign_in(qtbot, window)
    (home / "backups").unlink()
    async with opened(home) as window:
        frame = await sign_in(qtbot, window)
        assert frame.banner.isVisible()
        words = [strip.accessibleName() for strip in frame.banner.children() if strip.isWidgetType()]  # type: ignore[attr-defined]  # widgets have names
        assert any("上次备份没有做成" in one for one in words)
    assert len(list(Home(home).backups.glob("*.csb"))) == 1


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_card_fits(home: Path, qtbot: QtBot, slow: None, size: Size) -> None:
    async with opened(home) as window:
        await sign_in(qtbot, window)
        card = await _leaving(window)
        assert await _look(window, size) == []
        card.skip.click()
        await until(lambda: _card(window) is None, "the end")
