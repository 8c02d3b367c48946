"""Signing in as a nurse does: number or name, wrong words, first own password, recovery code."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.access.service import ResetPassword
from app.core.clock import SetClock
from app.core.roles import Role
from tests.support.station import MORNING, PASSWORD, PEOPLE, Founded, open_station
from tests.ui.shell.opened import framed, opened, sheet, sign_in, until, write
from ui.shell.new_password import NewPassword
from ui.shell.recent import PersonButton
from ui.shell.recovery_sheet import RecoverySheet
from ui.shell.window import Window

LEFT = Qt.MouseButton.LeftButton


def _problem(window: Window, field: str = "secret") -> str:
    return window.sign_in.fields[field].error.text()


async def _refused(window: Window, field: str = "secret") -> str:
    await until(lambda: not window.sign_in.button.busy and _problem(window, field), "a sentence")
    return _problem(window, field)


@pytest.mark.parametrize("who", ["0317", "周敏"])
async def test_by_number_or_by_name(home: Path, qtbot: QtBot, who: str) -> None:
    async with opened(home) as window:
        write(qtbot, window.sign_in.who, who)
        qtbot.keyClick(window.sign_in.who, Qt.Key.Key_Return)
        assert window.focusWidget() is window.sign_in.secret
        qtbot.keyClicks(window.sign_in.secret, PASSWORD)
        qtbot.keyClick(window.sign_in.secret, Qt.Key.Key_Return)
        frame = await framed(window)
        assert frame.bench.actor.name == "周敏"
        assert window.stack.current is frame
        assert not window.sign_in.secret.text(), "a password must not stay in a hidden field"


async def test_the_name_of_a_known_number_stands_beside_it(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        qtbot.keyClicks(window.sign_in.who, "031")
        assert window.sign_in.fields["who"].hint.text() == ""
        qtbot.keyClicks(window.sign_in.who, "7")
        assert window.sign_in.fields["who"].hint.text() == "周敏"


async def test_empty_fields_are_named(home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        qtbot.mouseClick(window.sign_in.button, LEFT)
        assert _problem(window, "who") == "请输入工号或姓名。"
        qtbot.keyClicks(window.sign_in.who, "0317")
        assert _problem(window, "who") == ""
        qtbot.mouseClick(window.sign_in.button, LEFT)
        assert _problem(window) == "请输入密码。"


async def test_a_wrong_password_is_said_beside_the_field_and_nothing_typed_is_lost(
    home: Path, qtbot: QtBot
) -> None:
    async with opened(home) as window:
        qtbot.keyClicks(window.sign_in.who, "0317")
        qtbot.keyClicks(window.sign_in.secret, "Wrong-2026")
        qtbot.mouseClick(window.sign_in.button, LEFT)
        assert await _refused(window) == "工号或密码不对。"
        assert (window.sign_in.who.text(), window.sign_in.secret.text()) == ("0317", "Wrong-2026")
        assert window.focusWidget() is window.sign_in.secret
        qtbot.keyClicks(window.sign_in.secret, PASSWORD)  # what was wrong is selected: typing replaces it
        qtbot.keyClick(window.sign_in.secret, Qt.Key.Key_Return)
        frame = await framed(window)
        assert "上次登录前有 1 次密码错误" in frame.notice.text()


async def test_wrong_five_times_makes_one_wait(home: Path, qtbot: QtBot) -> None:
    clock = SetClock(MORNING)
    async with opened(home, clock=clock) as window:
        qtbot.keyClicks(window.sign_in.who, "0317")
        for count in range(5):
            qtbot.keyClicks(window.sign_in.secret, f"Wrong-200{count}")
            qtbot.mouseClick(window.sign_in.button, LEFT)
            said = await _refused(window)
        assert "以后才能再试" in said
        qtbot.keyClicks(window.sign_in.secret, PASSWORD)
        qtbot.mouseClick(window.sign_in.button, LEFT)
        assert "请等 30 秒再试" in await _refused(window)
        clock.forward(timedelta(seconds=31))
        qtbot.keyClicks(window.sign_in.secret, PASSWORD)
        qtbot.mouseClick(window.sign_in.button, LEFT)
        frame = await framed(window)
        assert "上次登录前有 5 次密码错误" in frame.notice.text()


async def test_a_double_click_signs_in_once(home: Path, qtbot: QtBot) -> None:
    before = _right_attempts(home)
    async with opened(home) as window:
        qtbot.keyClicks(window.sign_in.who, "0317")
        qtbot.keyClicks(window.sign_in.secret, PASSWORD)
        for _ in range(3):
            qtbot.mouseClick(window.sign_in.button, LEFT)
        await framed(window)
        assert _right_attempts(home) == before + 1


async def test_what_is_pressed_before_the_rest_is_loaded_is_taken_afterwards(
    home: Path, qtbot: QtBot
) -> None:
    async with opened(home) as window:
        presence, window.presence = window.presence, None  # as in the first tenth of a second
        qtbot.keyClicks(window.sign_in.who, "0317")
        qtbot.keyClicks(window.sign_in.secret, PASSWORD)
        qtbot.mouseClick(window.sign_in.button, LEFT)
        assert presence is not None
        assert presence.opening is not None
        await presence.opening.station()
        presence.opening.close()
        window.begin()
        assert (await framed(window)).bench.actor.number == "0317"


async def test_people_of_today_are_one_click_away(home: Path, qtbot: QtBot) -> None:
    open_station(home, Role.NURSE).close()
    async with opened(home) as window:
        button = next(one for one in window.findChildren(PersonButton) if "林晓燕" in one.accessibleName())
        qtbot.mouseClick(button, LEFT)
        assert window.sign_in.who.text() == PEOPLE[Role.NURSE].number
        assert window.focusWidget() is window.sign_in.secret


async def test_yesterdays_people_are_not_shown(home: Path) -> None:
    clock = SetClock(MORNING + timedelta(days=1))
    async with opened(home, clock=clock) as window:
        assert window.sign_in.recent.isHidden()


async def test_a_given_password_is_changed_before_work_begins(home: Path, qtbot: QtBot) -> None:
    station = open_station(home, Role.ADMINISTRATOR)
    nurse = station.account("0412")
    assert nurse is not None
    station.desk.do_now(ResetPassword(nurse.rid, station.keyring.wrap(("0412", "林晓燕"), "abcd-2345")))
    station.close()
    async with opened(home) as window:
        qtbot.keyClicks(window.sign_in.who, "0412")
        qtbot.keyClicks(window.sign_in.secret, "abcd-2345")
        qtbot.mouseClick(window.sign_in.button, LEFT)
        await until(lambda: isinstance(window.door.card, NewPassword), "the card for a new password")
        card = window.door.card
        assert isinstance(card, NewPassword)
        _type(qtbot, card, "password", "abcd-2345")
        _type(qtbot, card, "again", "abcd-2345")
        qtbot.mouseClick(card.button, LEFT)
        assert card.form.error("password") == "新密码不能和原来的一样。"
        _type(qtbot, card, "password", "Fresh-2027")
        _type(qtbot, card, "again", "Fresh-2027")
        qtbot.mouseClick(card.button, LEFT)
        assert (await framed(window)).bench.actor.name == "林晓燕"


def _type(qtbot: QtBot, card: NewPassword | RecoverySheet, key: str, text: str) -> None:
    field = card.form.input(key)
    field.clear()  # type: ignore[attr-defined]  # a line edit
    qtbot.keyClicks(field, text)


async def test_the_recovery_code_gives_a_new_password(founded: Founded, home: Path, qtbot: QtBot) -> None:
    async with opened(home) as window:
        qtbot.mouseClick(window.sign_in.recovery, LEFT)
        paper = sheet(RecoverySheet)
        for key, text in (
            ("code", "0000-1111"),
            ("number", "0317"),
            ("password", "Found-2027"),
            ("again", "Found-2027"),
        ):
            _type(qtbot, paper, key, text)
        assert paper.main is not None
        qtbot.mouseClick(paper.main, LEFT)
        await until(lambda: paper.form.error("code"), "a sentence")
        assert paper.form.error("code") == "恢复码不对，请核对后再试。"
        _type(qtbot, paper, "code", founded.recovery_code)
        qtbot.mouseClick(paper.main, LEFT)
        assert (await framed(window)).bench.actor.name == "周敏"


async def test_signing_out_says_what_stops_and_comes_back_to_the_door(home: Path, qtbot: QtBot) -> None:
    from ui.kit import Sheet

    async with opened(home) as window:
        frame = await sign_in(qtbot, window)
        assert window.presence is not None
        presence = window.presence
        presence.ask_sign_out()
        asked = sheet(Sheet)
        assert "同步和备份要等下次" in asked.text.text()
        assert asked.main is not None
        qtbot.mouseClick(asked.main, LEFT)
        await until(lambda: window.door.card is window.sign_in and presence.frame is None, "the door")
        assert window.sign_in.who.text() == ""
        again = await sign_in(qtbot, window, Role.NURSE)
        assert again is not frame


def _right_attempts(home: Path) -> int:
    lines = (home / "attempts.jsonl").read_text().split()
    return sum(json.loads(line)["right"] for line in lines)
