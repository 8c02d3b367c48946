"""The list of 同步: sections of rows, driven by keys, keeping the selected row through every refresh."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.sync.queries import SyncRow
from ui.kit.paint import Script, bottom_line, draw_sign, draw_words, metrics
from ui.style import Role, look
from ui.sync.items_model import ITEM_ROLE, Item, ItemsModel, More, Section
from ui.sync.signs import STATE_SIGNS

ROW, HEAD, MORE = 60, 34, 44
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_Home: -1_000_000,
    Qt.Key.Key_End: 1_000_000,
}


class ItemDelegate(QStyledItemDelegate):
    """Paints headings, rows of two lines, and the line that says there is more."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        item = index.data(ITEM_ROLE)
        height = HEAD if isinstance(item, Section) else MORE if isinstance(item, More) else ROW
        return QSize(0, look.sp(height))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item, rect = index.data(ITEM_ROLE), option.rect
        painter.save()
        if isinstance(item, Section):
            self._draw_section(painter, rect, item)
        else:
            self._draw_ground(painter, rect, option)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if isinstance(item, More):
                centre = Script(Role.STRONG, "primary", Qt.AlignmentFlag.AlignHCenter)
                draw_words(painter, rect, item.words, centre)
            else:
                self._draw_row(painter, rect, item)
        painter.restore()

    @staticmethod
    def _draw_ground(painter: QPainter, rect: QRect, option: QStyleOptionViewItem) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, look.colour("sel"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.colour("hover"))
        bottom_line(painter, rect)
        if selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), look.colour("primary"))
            view = option.widget
            if isinstance(view, SyncList) and view.shows_focus:
                painter.setPen(QPen(look.colour("focus"), 2))
                painter.drawRect(rect.adjusted(1, 1, -1, -1))

    @staticmethod
    def _draw_section(painter: QPainter, rect: QRect, item: Section) -> None:
        painter.fillRect(rect, look.colour("sunken"))
        bottom_line(painter, rect, "border2")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = f"{item.tone}.text"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(ink))
        size = look.sp(8)
        painter.drawEllipse(QRect(rect.left() + 16, rect.center().y() - size // 2, size, size))
        words = f"{item.words} {item.count:,}"
        room = rect.adjusted(16 + look.sp(16), 0, -16, 0)
        draw_words(painter, room, words, Script(Role.LABEL, ink))
        room.setLeft(room.left() + metrics(Role.LABEL).horizontalAdvance(words) + 16)
        draw_words(painter, room, item.hint, Script(Role.HINT, "text3", Qt.AlignmentFlag.AlignRight))

    @staticmethod
    def _draw_row(painter: QPainter, rect: QRect, row: SyncRow) -> None:
        icon, tone = STATE_SIGNS[row.state]
        loud = tone != "neutral"
        left = rect.left() + 16
        draw_sign(painter, QRect(left, rect.top(), 20, rect.height()), icon, 20, f"{tone}.text")
        left += look.sp(20) + 14
        width = rect.right() - 16 - left
        first = QRect(left, rect.center().y() - look.sp(24), width, look.sp(24))
        aside = row.by
        room = metrics(Role.SMALL).horizontalAdvance(aside) + 10 if aside else 0
        title = min(metrics(Role.NAME).horizontalAdvance(row.title) + 2, max(width - room, width // 2))
        draw_words(painter, QRect(left, first.top(), title, first.height()), row.title, Script(Role.NAME))
        after = QRect(left + title + 8, first.top() + 1, width - title - 8, first.height())
        draw_words(painter, after, aside, Script(Role.SMALL, "text3"))
        second = QRect(left, rect.center().y() + look.sp(1), width, look.sp(22))
        draw_words(painter, second, row.words, Script(Role.HINT, f"{tone}.text" if loud else "text2"))


class SyncList(QListView):
    """Arrows step over headings; Enter opens."""

    picked = Signal(object)
    """The selected SyncRow, More, or None, after it changed."""
    opened = Signal(object)
    """SyncRow or More, by Enter or double click."""

    def __init__(self) -> None:
        super().__init__()
        self.items = ItemsModel(self)
        self.shows_focus = False
        self._told: str | None = None
        self.setAccessibleName("同步记录")
        self.setModel(self.items)
        self.setItemDelegate(ItemDelegate(self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setMinimumHeight(look.sp(HEAD + 2 * ROW))
        self.verticalScrollBar().setSingleStep(look.sp(ROW))
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def on_picked(self, hear: Callable[[SyncRow | None], object]) -> None:
        """Connect a slot that takes the selected row, or None where none is."""
        self.picked.connect(lambda item: hear(item if isinstance(item, SyncRow) else None))

    def current(self) -> Item | None:
        """The selected item."""
        index = self.currentIndex()
        return self.items.items[index.row()] if index.isValid() else None

    def set_items(self, items: Sequence[Item]) -> None:
        """Show other items; the selected one stays if it is still there, and the view does not jump."""
        now = self.current()
        scrolled = self.verticalScrollBar().value()
        self.items.set_items(items)
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(scrolled)
        place = self.items.place_of(now.key) if now is not None else None
        if place is None:
            self._told = None
            self._go(next((p for p, one in enumerate(items) if not isinstance(one, Section)), -1))
        else:
            self._go(place, scroll=False)
        self._tell()

    def pick(self, key: str) -> bool:
        """Select an item by its key, if it is there."""
        place = self.items.place_of(key)
        if place is not None:
            self._go(place)
        return place is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here >= 0:
            self._open(here)
        elif event.key() in _MOVES:
            self._step(here, _MOVES[Qt.Key(event.key())])
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.shows_focus = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.shows_focus = False
        super().focusOutEvent(event)

    def _step(self, here: int, by: int) -> None:
        """To the row so many rows away, or the last one on the way; headings do not count."""
        rows = [place for place, item in enumerate(self.items.items) if not isinstance(item, Section)]
        if not rows:
            return
        at = rows.index(here) if here in rows else 0
        to = min(max(at + by, 0), len(rows) - 1)
        self._go(rows[to])
        if to == 0:
            self.scrollToTop()  # with its heading

    def _go(self, place: int, *, scroll: bool = True) -> None:
        self.setAutoScroll(scroll)
        self.setCurrentIndex(self.items.index(place, 0) if place >= 0 else QModelIndex())
        self.setAutoScroll(True)

    def _open(self, place: int) -> None:
        item = self.items.items[place]
        if not isinstance(item, Section):
            self.opened.emit(item)

    def _tell(self) -> None:
        now = self.current()
        key = None if now is None else now.key
        if key != self._told or now is None:
            self._told = key
            self.picked.emit(now)
