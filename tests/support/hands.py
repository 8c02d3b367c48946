"""Typing as a person does: plain signs by keys, Chinese through the input method (keys cannot carry it)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget


def type_text(widget: QWidget, text: str) -> None:
    """Type into a focused field, sign by sign."""
    target: QWidget = (widget.lineEdit() or widget) if isinstance(widget, QComboBox) else widget
    for sign in text:
        if sign.isascii():
            QTest.keyClicks(target, sign)
            continue
        commit = QInputMethodEvent()
        commit.setCommitString(sign)
        QApplication.sendEvent(target, commit)


def wipe(widget: QWidget, signs: int) -> None:
    """Backspace so many times."""
    for _ in range(signs):
        QTest.keyClick(widget, Qt.Key.Key_Backspace)
