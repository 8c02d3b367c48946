"""The one editor of the grid: it moves from cell to cell, and puts the point of 36.5 and the slash of 186/94 itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.style import look

_MOVES = {
    Qt.Key.Key_Return: "next",
    Qt.Key.Key_Enter: "next",
    Qt.Key.Key_Tab: "over",
    Qt.Key.Key_Backtab: "back",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_PageDown: "page_down",
    Qt.Key.Key_PageUp: "page_up",
    Qt.Key.Key_Escape: "escape",
}


class CellEditor(QLineEdit):
    """`moved` names the key that leaves the cell. `locked`: what stands there is recorded and is not typed over."""

    moved = Signal(str)
    absent = Signal(bool)
    """Space: why this was not measured; with Shift: why the whole row was not."""
    refused = Signal()
    pasted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.code = ""
        self.locked = False
        self._own_mark = False
        self.setAttribute(
            Qt.WidgetAttribute.WA_InputMethodEnabled, False
        )  # it would swallow the letters of ACVPU
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setProperty("overlay", True)

    def stand_on(self, code: str, text: str, *, locked: bool) -> None:
        """Another cell: its text chosen whole, so that typing replaces it."""
        self.code, self.locked, self._own_mark = code, locked, False
        self.setText(text)
        self.setReadOnly(locked)
        look.restyle(self, "cell", "locked" if locked else "open")
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Tab belongs to the grid while one stands in it."""
        undoes = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        if undoes and not self.isUndoAvailable():
            return False  # nothing typed to undo: the key means the row that was recorded
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.moved.emit("row")
        elif key in _MOVES and not control:
            self.moved.emit(_MOVES[Qt.Key(key)])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._at_edge(key):
            self.moved.emit("left" if key == Qt.Key.Key_Left else "right")
        elif key == Qt.Key.Key_Space and (not self.text() or self._all_chosen()):
            self.absent.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.text() and event.text().isprintable() and not control:
            self._type(event)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """An input method that insists: what it commits is typed."""
        if event.commitString() and not self.locked:
            self.insert(event.commitString())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def _type(self, event: QKeyEvent) -> None:
        if self.locked:
            self.refused.emit()
            return
        if self._own_mark and event.text() in "./。、":
            self._own_mark = False
            return  # the point or slash stands there already
        self._own_mark = False
        super().keyPressEvent(event)
        at_end = self.cursorPosition() == len(self.text())
        if event.text().isdigit() and at_end and (mark := next_mark(self.code, self.text())):
            self.insert(mark)
            self._own_mark = True

    def _paste(self) -> None:
        text = QApplication.clipboard().text()
        if "\t" in text or "\n" in text.strip() or self.locked:
            self.pasted.emit(text)
        else:
            self.insert(text.strip())

    def _at_edge(self, key: int) -> bool:
        if self._all_chosen() or self.locked or not self.text():
            return True
        edge = 0 if key == Qt.Key.Key_Left else len(self.text())
        return self.cursorPosition() == edge and not self.hasSelectedText()

    def _all_chosen(self) -> bool:
        return bool(self.text()) and self.selectedText() == self.text()


def next_mark(code: str, text: str) -> str:
    """What follows the digits typed so far by itself: the slash after a whole upper pressure, the point of 36.5."""
    if code == "blood_pressure" and text.isdigit():
        whole = len(text) == 3 if text[0] in "123" else len(text) == 2
        return "/" if whole else ""
    if code == "temperature" and text.isdigit() and len(text) == 2 and text[0] in "34":
        return "."
    return ""
