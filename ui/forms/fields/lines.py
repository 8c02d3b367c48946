"""Text in several lines. Tab moves on; Enter makes a new line, Ctrl+Enter moves on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.core.form import Field, Value
from ui.style import look


class LinesInput(QPlainTextEdit):
    """Three lines high, scrolls beyond."""

    edited = Signal()
    left = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.setAccessibleName(field.label)
        self.setPlaceholderText(field.placeholder)
        self.setTabChangesFocus(True)
        self._fit()
        self._quiet = False
        self.textChanged.connect(self._changed)

    def value(self) -> Value:
        return self.toPlainText()

    def set_value(self, value: Value) -> None:
        self._quiet = True
        self.setPlainText(value if isinstance(value, str) else "")
        self._quiet = False

    def focus_part(self) -> QWidget:
        return self

    def set_wrong(self, wrong: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        look.restyle(self, "wrong", "true" if wrong else "false")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(look.sp(84))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)
        if enter:
            event.accept()

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()


def make(field: Field) -> LinesInput:
    return LinesInput(field)
