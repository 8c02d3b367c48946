"""The focus ring: one overlay that shows where the keyboard is, only after Tab, never after a click.

Each button of the kit is `ringed`: a filter sees its events and no others (a filter on the whole application would
call Python for every event of every widget).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from ui.style import look

_OUTSIDE = 4
_BY_KEY = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show}


class RingOverlay(QWidget):
    """A 2 px ring in the focus colour, 4 px outside its target. Takes no clicks, is no part of any layout."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setProperty("overlay", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("focus"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)


class FocusRing(QObject):
    """The one ring of the program."""

    _one: FocusRing | None = None

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self.target: QWidget | None = None
        self._chain: list[QWidget] = []
        self._ring: RingOverlay | None = None

    @classmethod
    def one(cls) -> FocusRing:
        """The ring of this application."""
        if cls._one is None or not _alive(cls._one):
            cls._one = FocusRing(QApplication.instance())
        return cls._one

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.target is None and not isinstance(event, QFocusEvent):
            return False  # nearly all events of all buttons; asking their type costs more than this
        kind = event.type()
        if kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent) and isinstance(watched, QWidget):
            if event.reason() in _BY_KEY:
                self._enter(watched)
        elif watched is self.target and kind in {QEvent.Type.FocusOut, QEvent.Type.MouseButtonPress}:
            self._leave()
        elif kind in _MOVES and self.target is not None and any(watched is widget for widget in self._chain):
            self._place()
        return False

    def _enter(self, target: QWidget) -> None:
        self._leave()
        host = ring_host(target)
        self.target = target
        self._chain = chain(target, host)
        for widget in self._chain[1:]:
            widget.installEventFilter(self)
        self._ring = RingOverlay(host)
        self._place()

    def _leave(self) -> None:
        for widget in self._chain[1:]:
            if _alive(widget):
                widget.removeEventFilter(self)
        self.target, self._chain = None, []
        ring, self._ring = self._ring, None
        if ring is not None and _alive(ring):
            ring.hide()
            ring.deleteLater()

    def _place(self) -> None:
        if self.target is None or self._ring is None or not _alive(self._ring) or not _alive(self.target):
            return
        host = self._ring.parentWidget()
        top_left = self.target.mapTo(host, QPoint(0, 0)) if host is not None else QPoint(0, 0)
        out = _OUTSIDE
        self._ring.setGeometry(QRect(top_left, self.target.size()).adjusted(-out, -out, out, out))
        self._ring.setVisible(self.target.isVisible())
        self._ring.raise_()


def ringed(widget: QWidget) -> None:
    """Let the ring show round this widget when it is reached by Tab."""
    widget.installEventFilter(FocusRing.one())


def ring_host(target: QWidget) -> QWidget:
    """Where the ring is drawn: on the scrolled content, so that it scrolls along, or on the window."""
    widget = target
    while (parent := widget.parentWidget()) is not None and not widget.isWindow():
        grand = parent.parentWidget()
        if isinstance(grand, QAbstractScrollArea) and grand.viewport() is parent:
            return widget if widget is not target else parent
        if isinstance(parent, QLineEdit):
            return parent.window()
        widget = parent
    return widget


def chain(target: QWidget, host: QWidget) -> list[QWidget]:
    """The widgets whose moving moves the target within its host: itself and its parents below the host."""
    found = [target]
    while (parent := found[-1].parentWidget()) is not None and parent is not host:
        found.append(parent)
    return found


def _alive(thing: QObject) -> bool:
    return bool(isValid(thing))  # type: ignore[no-untyped-call]  # shiboken ships no types
