"""Keys of a view as data: bound from it, and shown from the same data when the person presses F1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from ui.kit.sheet import Sheet
from ui.kit.words import Words
from ui.style import Role

_KEYS = "carestationKeys"
_MOVES = {"Up", "Down", "Left", "Right", "PgUp", "PgDown", "PageUp", "PageDown", "[", "]"}
"""Held down, these go on; any other key is an act, and held down it is done once."""


@dataclass(frozen=True)
class Key:
    """One key: what to press, what it does in words, and the act. Without an act the widget itself answers it."""

    press: str
    words: str
    act: Callable[[], object] | None = None

    @property
    def shown(self) -> str:
        """As printed on the keyboard; several keys are separated by a space."""
        marks = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Space": "空格", "Return": "Enter"}
        return " ".join(
            "+".join(marks.get(part, part) for part in one.split("+")) for one in self.press.split()
        )


def bind(view: QWidget, *keys: Key) -> None:
    """Bind keys to a view (they work while the focus is inside it) and remember them for F1.

    A key bound by a view and by something in it does what the one nearest to the focus says.
    """
    for key in keys:
        if key.act is None:
            continue
        for press in key.press.split():
            shortcut = QShortcut(QKeySequence(press), view)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(press.split("+")[-1] in _MOVES)
            shortcut.activated.connect(key.act)
            shortcut.activatedAmbiguously.connect(_nearest(press))
    view.setProperty(_KEYS, [*keys_of(view), *keys])


def _nearest(press: str) -> Callable[[], None]:
    """What happens where several widgets round the focus bind a key: Qt itself would do nothing."""

    def act() -> None:
        for key in keys_here(QApplication.focusWidget()):
            if press in key.press.split() and key.act is not None:
                key.act()
                return

    return act


def keys_of(view: QWidget) -> tuple[Key, ...]:
    """The keys bound to exactly this view."""
    return tuple(view.property(_KEYS) or ())


def keys_here(widget: QWidget | None) -> tuple[Key, ...]:
    """The keys that work where the focus is: of the widget and all it stands in, the nearest first."""
    found: list[Key] = []
    while widget is not None:
        found += [key for key in keys_of(widget) if key.press not in {known.press for known in found}]
        widget = widget.parentWidget()
    return tuple(found)


class KeySheet(Sheet):
    """F1: the keys of this view."""

    def __init__(self, parent: QWidget, keys: tuple[Key, ...]) -> None:
        super().__init__(parent, "这一页的快捷键", width=420)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, key in enumerate(keys):
            grid.addWidget(Words(key.shown, Role.STRONG), row, 0)
            grid.addWidget(Words(key.words, Role.BODY, ink="text2"), row, 1)
        self.body.addLayout(grid)
        if not keys:
            self.body.addWidget(Words("这一页没有专门的快捷键。", ink="text2"))
        close = self.offer("知道了", cancel="")
        close.clicked.connect(self.accept)
