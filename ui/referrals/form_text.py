"""A text that grows with what stands in it: quiet on its tile until the keys are there. Ctrl+Enter is the form's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from ui.style import look

_ROUND = 14  # edge and padding, above and below together


class GrowingText(QPlainTextEdit):
    """`edited` by the person only. Tab moves on; as high as its lines, from `least` to `most` of them."""

    edited = Signal()

    def __init__(self, words: str, *, least: int = 1, most: int = 8) -> None:
        super().__init__()
        self._least, self._most, self._quiet = least, most, False
        self.setAccessibleName(words)
        self.setTabChangesFocus(True)
        self.setProperty("fill", "tile")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._changed)

    def text(self) -> str:
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Other words; says nothing."""
        if text == self.toPlainText():
            return
        self._quiet = True
        self.setPlainText(text)
        self._quiet = False

    def set_wrong(self, wrong: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        look.restyle(self, "wrong", "true" if wrong else "false")

    def sizeHint(self) -> QSize:
        return QSize(look.sp(240), self._high())

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(120), self._high())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _changed(self) -> None:
        self._fit()
        if not self._quiet:
            self.edited.emit()

    def _high(self) -> int:
        line = self.fontMetrics().lineSpacing()
        block, lines = self.document().firstBlock(), 0.0
        while block.isValid():
            lines += self.blockBoundingRect(block).height()
            block = block.next()
        return round(min(max(lines, self._least * line), self._most * (line + 1))) + look.sp(_ROUND) + 4

    def _fit(self) -> None:
        if self.height() != self._high():
            self.setFixedHeight(self._high())
            self.updateGeometry()
