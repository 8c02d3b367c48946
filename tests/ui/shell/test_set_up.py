"""Founding a station at the screen: by keys alone, every bad field in words, nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.core.home import Home, Phase
from tests.support.station import PASSWORD, valid_code
from tests.ui.shell.opened import framed, opened, until, write
from ui.shell.set_up import ADMINISTRATOR, CODE, HEAD_NURSE, INSTITUTION, SetUp
from ui.shell.window import Window

LEFT = Qt.MouseButton.LeftButton
GOOD: tuple[dict[str, str], ...] = (
    {
        "institution_name": "康宁养护院",
        "institution_code": valid_code(),
        "institution_type": "医务室",
        "station_number": "01",
        "station_name": "2号楼护理站",
    },
    {"number": "0001", "name": "何伟", "profession": "管理人员", "password": PASSWORD, "again": PASSWORD},
    {"number": "0317", "name": "周敏", "password": PASSWORD, "again": PASSWORD},
)


def _page(window: Window) -> SetUp:
    assert window.founding is not None
    return window.founding.page


def _fill(page: SetUp, step: int, **other: str) -> None:
    page.forms[step].set_values({**GOOD[step], **other})


class Keys:
    """Presses keys where the focus is, and counts them."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self._qtbot, self._window = qtbot, window
        self.count = 0

    def press(self, key: Qt.Key) -> None:
        self._qtbot.keyClick(self._focus(), key)
        self.count += 1

    def type(self, text: str) -> None:
        write(self._qtbot, self._focus(), text)
        self.count += len(text)

    def _focus(self) -> QPushButton:
        focused = QApplication.focusWidget() or self._window.focusWidget()
        assert focused is not None
        return focused  # type: ignore[return-value]  # any widget takes keys


async def test_a_station_is_founded_by_keys_alone(tmp_path: Path, qtbot: QtBot) -> None:
    """From the first field to signed in: 20 keys besides the characters of the answers themselves."""
    home = tmp_path / "home"
    async with opened(home) as window:
        page, keys = _page(window), Keys(qtbot, window)
        enter = Qt.Key.Key_Return
        answers: list[str | Qt.Key] = ["康宁养护院", enter, valid_code(), enter, Qt.Key.Key_Space, enter]
        answers += [enter, "2号楼护理站", enter]  # the station number 01 stands there already
        answers += ["0001", enter, "何伟", enter, enter, enter, PASSWORD, enter, PASSWORD, enter]
        answers += ["0317", enter, "周敏", enter, enter, PASSWORD, enter, PASSWORD, enter]
        for answer in answers:
            if isinstance(answer, str):
                keys.type(answer)
            else:
                keys.press(answer)
        await until(lambda: page.step == CODE, f"the code; {[form.problems() for form in page.forms]}")
        assert page.code is not None
        assert len(page.code.code.split("-")) == 8
        assert not page.next.isEnabled(), "the code must be kept first"
        keys.press(Qt.Key.Key_Space)
        assert page.next.isEnabled()
        page.next.setFocus()
        keys.press(Qt.Key.Key_Space)
        assert Home(home).phase is Phase.CLOSED
        assert window.sign_in.who.text() == "0001"
        assert window.sign_in.fields["who"].hint.text() == "何伟"
        keys.type(PASSWORD)
        keys.press(enter)
        assert (await framed(window)).bench.actor.name == "何伟"
        answered = sum(len(answer) for answer in answers if isinstance(answer, str)) + len(PASSWORD)
        assert keys.count - answered == 20


@pytest.mark.parametrize(
    ("step", "wrong", "sentence"),
    [
        (INSTITUTION, ("institution_name", ""), "请填写机构名称。"),
        (INSTITUTION, ("institution_code", "9131"), "统一社会信用代码是 18 位，现在是 4 位。"),
        (INSTITUTION, ("institution_code", "91310000MA1FL00000"), "统一社会信用代码的校验位不对，请核对。"),
        (INSTITUTION, ("institution_type", ""), "请选择机构类型。"),
        (INSTITUTION, ("station_number", "0"), "站点编号是两位数字，01 到 99。"),
        (ADMINISTRATOR, ("number", "00-1"), "工号用 1–12 位数字或字母。"),
        (ADMINISTRATOR, ("name", "何3"), "姓名里有数字或符号，请核对。"),
        (ADMINISTRATOR, ("password", "short1"), "密码至少 8 位。"),
        (ADMINISTRATOR, ("password", "He-0001-2026"), "密码里不要含自己的工号或姓名。"),
        (ADMINISTRATOR, ("again", "Gentle-2027"), "两次输入不一样。"),
        (HEAD_NURSE, ("name", ""), "请填写姓名。"),
    ],
)
async def test_each_bad_field_is_named_beside_it(
    tmp_path: Path, qtbot: QtBot, step: int, wrong: tuple[str, str], sentence: str
) -> None:
    async with opened(tmp_path / "home") as window:
        page = _page(window)
        for before in range(step):
            _fill(page, before)
            qtbot.mouseClick(page.next, LEFT)
        field, value = wrong
        _fill(page, step, **{field: value})
        qtbot.mouseClick(page.next, LEFT)
        assert page.step == step
        assert page.forms[step].error(field) == sentence
        assert Home(tmp_path / "home").phase is Phase.EMPTY


async def test_going_back_keeps_what_was_typed(tmp_path: Path, qtbot: QtBot) -> None:
    async with opened(tmp_path / "home") as window:
        page = _page(window)
        _fill(page, INSTITUTION)
        qtbot.mouseClick(page.next, LEFT)
        _fill(page, ADMINISTRATOR)
        qtbot.mouseClick(page.back, LEFT)
        assert page.step == INSTITUTION
        assert page.forms[INSTITUTION].values()["institution_name"] == "康宁养护院"
        qtbot.mouseClick(page.next, LEFT)
        assert page.forms[ADMINISTRATOR].values()["password"] == PASSWORD


async def test_two_people_of_one_number_are_refused_at_the_second(tmp_path: Path, qtbot: QtBot) -> None:
    async with opened(tmp_path / "home") as window:
        page = _page(window)
        for step in (INSTITUTION, ADMINISTRATOR, HEAD_NURSE):
            _fill(page, step, **({"number": "0001"} if step == HEAD_NURSE else {}))
            qtbot.mouseClick(page.next, LEFT)
        await until(lambda: page.forms[HEAD_NURSE].error("number"), "a sentence")
        assert page.forms[HEAD_NURSE].error("number") == "两个人的工号不能相同。"
        assert not page.next.busy


async def test_the_code_can_be_printed(tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from app.core.clock import local
    from app.printing.sheets.recovery_code import RecoveryCode, draw
    from tests.support.station import MORNING
    from ui.shell.print_code import page_images, paint_pages

    groups = ("04T8", "AMK6", "E31J", "BTBV", "JQ6N", "ZJ7N", "X5ZY", "QBA7")
    drawn = draw(RecoveryCode("康宁养护院", "01", groups, local("Asia/Shanghai", MORNING), "何伟"))
    images = page_images(drawn.pdf)
    assert [round(image.width() / 300, 2) for image in images] == [8.27] * drawn.pages, "A4"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "code.pdf"))
    paint_pages(printer, images)
    assert (tmp_path / "code.pdf").stat().st_size > 10_000
