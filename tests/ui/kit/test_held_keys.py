"""A key held down: going on repeats, an act is done once."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.kit import Key, bind


@pytest.mark.parametrize(
    ("press", "repeats"),
    [("Down", True), ("Alt+PgUp", True), ("[", True), ("F10", False), ("Ctrl+S", False), ("N", False)],
)
def test_only_what_moves_repeats_while_it_is_held(qtbot: QtBot, press: str, *, repeats: bool) -> None:
    view = QWidget()
    qtbot.addWidget(view)
    bind(view, Key(press, "一件事", lambda: None))
    (shortcut,) = view.findChildren(QShortcut)
    assert shortcut.key() == QKeySequence(press)
    assert shortcut.autoRepeat() is repeats
