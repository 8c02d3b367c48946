"""The sheets of partners, contracts and home beds as people meet them: opened, kept by Ctrl+Enter."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.referrals.room import Stage, back, sheet, until
from ui.forms.task_sheet import TaskSheet
from ui.referrals.round_sign_sheet import RoundSignSheet

T = TypeVar("T", bound=TaskSheet)


async def asked(kind: type[T], act: str = "") -> T:
    """The sheet that has just opened, once the cursor is in it; `act`: what its button says."""
    found = await sheet(kind)
    await until(lambda: found.form.isAncestorOf(found.focusWidget()))
    assert act in found.save_button.text()
    return found


def save(task: TaskSheet) -> None:
    """Ctrl+Enter, from wherever the cursor is."""
    QTest.keyClick(task, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


async def kept(stage: Stage, task: TaskSheet) -> None:
    """Saved, and the window has the keys again."""
    save(task)
    await back(stage)


def draw(drawn: RoundSignSheet) -> None:
    """A stroke of the mouse across the pad."""
    field = drawn.pad.pad
    QTest.mousePress(field, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    for step in range(1, 6):
        QTest.mouseMove(field, QPoint(60 + 30 * step, 40 + 10 * step))
    QTest.mouseRelease(field, Qt.MouseButton.LeftButton, pos=QPoint(220, 60))
