"""An Enter nobody answered does the main act of its own sheet, and never of one that it opened above."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.kit import LineField, Sheet

ENTER = Qt.Key.Key_Return


class Form(Sheet):
    """A sheet with a field; counts how often its act was asked for."""

    def __init__(self, parent: QWidget, act: str) -> None:
        super().__init__(parent, act)
        self.asked = 0
        self.line = LineField("什么", "")
        self.body.addWidget(self.line)
        self.offer(act)
        self.done_with.connect(self._count)

    def _count(self) -> None:
        self.asked += 1


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(900, 600)
    qtbot.addWidget(made)
    made.show()
    return made


def _press(line: QLineEdit) -> None:
    QTest.keyClick(line, ENTER)


def test_enter_in_a_field_does_the_main_act_once(page: QWidget) -> None:
    sheet = Form(page, "保存")
    sheet.open()
    _press(sheet.line)
    assert sheet.asked == 1
    assert sheet.main is not None
    sheet.main.setEnabled(False)
    _press(sheet.line)
    assert sheet.asked == 1


def test_an_enter_that_opens_a_sheet_above_sends_neither_off(page: QWidget) -> None:
    below, above = Form(page, "保存"), None

    def ask() -> None:
        nonlocal above
        above = Form(below, "签名")
        above.open()

    below.line.returnPressed.connect(ask)
    below.open()
    _press(below.line)
    assert isinstance(above, Form)
    assert (below.asked, above.asked) == (0, 0)
    _press(above.line)
    assert (below.asked, above.asked) == (0, 1)


def test_a_grave_act_waits_for_its_own_key(page: QWidget) -> None:
    sheet = Form(page, "保存")
    assert sheet.main is not None
    sheet.main.setDefault(False)
    sheet.open()
    _press(sheet.line)
    assert sheet.asked == 0
    assert sheet.isVisible()
