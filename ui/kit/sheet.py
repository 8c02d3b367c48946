"""A sheet: the dialog that asks for what is missing or repeats what matters before a grave act. Opened, never run."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.kit.buttons import Button, Kind
from ui.kit.focus_ring import ringed
from ui.kit.notice import Notice
from ui.kit.words import Words
from ui.style import Role, look


class Veil(QWidget):
    """Dims a window while a sheet is open over it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setProperty("overlay", True)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        window = self.parentWidget()
        if event.type() == QEvent.Type.Resize and window is not None and watched is window:
            self.setGeometry(window.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(8, 20, 24, 110))


class Sheet(QDialog):
    """Title, a sentence, `body`, a notice line, a row of acts. Esc closes; Enter does the main act if it may.

    Use `open()` and `done_with` (the main act was pressed). The caller closes it with `accept()` when the act is done.
    """

    done_with = Signal()

    def __init__(self, parent: QWidget, title: str, text: str = "", *, width: int = 440) -> None:
        super().__init__(parent)
        self.setProperty("sheet", "true")
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(look.sp(width))
        self._veil: Veil | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 22, 24, 20)
        box.setSpacing(14)
        self.title = Words(title, Role.CARD_TITLE, wrap=True)
        self.text = Words(text, Role.BODY, ink="text2", wrap=True)
        self.text.setVisible(bool(text))
        self.notice = Notice()
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        self.acts = QHBoxLayout()
        self.acts.setSpacing(12)
        self.acts.addStretch(1)
        for widget in (self.title, self.text):
            box.addWidget(widget)
        box.addLayout(self.body)
        box.addWidget(self.notice)
        box.addLayout(self.acts)
        self.main: Button | None = None

    def offer(self, words: str, kind: Kind = "primary", *, cancel: str = "取消", icon: str = "") -> Button:
        """Put the acts in the foot: a way out (none if `cancel` is empty) and the main act."""
        if cancel:
            away = Button(cancel, "plain")
            away.clicked.connect(self.reject)
            self.acts.addWidget(away)
        self.main = Button(words, kind, icon=icon)
        self.main.setDefault(kind != "danger")  # a grave act is never done by a stray Enter
        self.main.clicked.connect(self.done_with)
        self.acts.addWidget(self.main)
        return self.main

    def open(self) -> None:
        """Show over the parent's window."""
        parent = self.parentWidget()
        if parent is not None and self._veil is None:
            self._veil = Veil(parent.window())
            self.finished.connect(self._lift)
        width = max(self.minimumWidth(), self.minimumSizeHint().width())
        self.resize(width, max(self.heightForWidth(width), 0))
        super().open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An Enter no field answered does this sheet's main act.

        Qt would press the first default button among all children, and one of them may be a sheet that this very
        Enter opened above: it would be sent off empty.
        """
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or not plain:
            super().keyPressEvent(event)
            return
        event.accept()
        if QApplication.activeModalWidget() is self and not event.isAutoRepeat():
            mine = (one for one in self.findChildren(QPushButton) if one.window() is self)
            if (main := next((one for one in mine if one.isDefault() and one.isVisible()), None)) is not None:
                main.click()

    def _lift(self) -> None:
        if self._veil is not None:
            self._veil.hide()
            self._veil.deleteLater()
            self._veil = None


class SideSheet(Sheet):
    """As high as the window, at its right edge, over whatever is open."""

    def __init__(self, parent: QWidget, title: str, text: str = "", *, width: int = 460) -> None:
        super().__init__(parent, title, text, width=width)
        self._width = width
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)

    def open(self) -> None:
        """Show at the edge of the parent's window."""
        super().open()
        parent = self.parentWidget()
        if parent is not None:
            window = parent.window()
            width = min(max(look.sp(self._width), self.minimumSizeHint().width()), window.width())
            corner = window.mapToGlobal(QPoint(window.width() - width, 0))
            self.setGeometry(QRect(corner, QSize(width, window.height())))


def ask_first(parent: QWidget, title: str, text: str, act: str, *, grave: bool = False) -> Sheet:
    """A confirmation that repeats what matters in `text`, already open; connect its `done_with`."""
    sheet = Sheet(parent, title, text)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.offer(act, "danger" if grave else "primary")
    sheet.done_with.connect(sheet.accept)
    sheet.open()
    return sheet


class MenuButton(QToolButton):
    """A button that shows a menu by `popup()` under itself; who hears `asked(menu)` fills it each time."""

    asked = Signal(QMenu)

    def __init__(self, words: str, icon: str = "ellipsis") -> None:
        super().__init__()
        self.menu_now = QMenu(self)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setMinimumSize(look.sp(40), look.sp(40))
        ringed(self)
        look.set_icon(self, icon, 20)
        self.clicked.connect(self.show_menu)

    def show_menu(self) -> None:
        """Fill and show the menu."""
        self.menu_now.clear()
        self.asked.emit(self.menu_now)
        self.menu_now.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))
