"""Keys a tab answers before its chart does: a letter may mean something else here than on the pages beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.kit.keys import Key, bind

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down)


class OwnKeys(QObject):
    """Watches the widgets that can have the focus, and lists the keys for F1 at the view."""

    def __init__(self, view: QWidget, keys: Iterable[Key]) -> None:
        super().__init__(view)
        self._acts: dict[str, Callable[[], object]] = {}
        for key in keys:
            if key.act is not None:
                for press in key.press.split():
                    self._acts[QKeySequence(press).toString()] = key.act
            bind(view, Key(key.press, key.words))

    def watch(self, widget: QWidget) -> None:
        """Answer keys while this widget has the focus."""
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() == QEvent.Type.KeyRelease:
            return False
        act = self._acts.get(_name(event))
        if act is None:
            return False
        event.accept()  # as an override: no shortcut of the chart takes the key
        if event.type() == QEvent.Type.KeyPress and (not event.isAutoRepeat() or event.key() in _MOVES):
            act()  # a key held down writes one entry, not twenty
        return True


def _name(event: QKeyEvent) -> str:
    combination: QKeyCombination = event.keyCombination()
    return QKeySequence(combination).toString()
