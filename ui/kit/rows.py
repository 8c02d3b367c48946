"""A table of rows: 56 px rows painted from tokens, driven by keys, keeping the selected row through a refresh."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.kit.paint import bottom_line
from ui.kit.row_cells import draw_cell
from ui.kit.rows_model import CELL_ROLE, Column, RowsModel
from ui.style import look

T = TypeVar("T")
ROW_HEIGHT = 56
HEADER_HEIGHT = 44
_PADDING = 16
_GAP = 12


class RowDelegate(QStyledItemDelegate):
    """Paints a cell: background of its row, line below, bar at the left of the selected row, then the cell."""

    def __init__(self, table: RowsTable[Any]) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, look.sp(ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        # fills and lines without antialiasing: at 150 % it would leave seams between the cells of a row
        if selected:
            painter.fillRect(rect, look.colour("sel"))
        elif index.row() == self._table.hovered:
            painter.fillRect(rect, look.colour("hover"))
        bottom_line(painter, rect)
        first = self._table.is_first(index.column())
        if selected and first:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), look.colour("primary"))
        if selected and self._table.shows_focus:
            self._draw_focus(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = rect.adjusted(_PADDING if first else 0, 0, -_GAP, 0)
        draw_cell(index.data(CELL_ROLE), painter, room)
        painter.restore()

    @staticmethod
    def _draw_focus(painter: QPainter, rect: QRect) -> None:
        painter.setPen(QPen(look.colour("focus"), 2))
        painter.drawLine(rect.left(), rect.top() + 1, rect.right() + 1, rect.top() + 1)
        painter.drawLine(rect.left(), rect.bottom() - 1, rect.right() + 1, rect.bottom() - 1)


class RowsTable(QTableView, Generic[T]):
    """Arrows, Home, End, Page Up and Page Down move; Enter opens. No horizontal bar: columns give way instead."""

    picked = Signal(object)
    """The current row (or None) after it changed."""
    opened = Signal(object)
    """A row was opened by Enter or double click."""

    def __init__(
        self,
        columns: Sequence[Column[T]],
        key: Callable[[T], Hashable],
        *,
        words: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows_model: RowsModel[T] = RowsModel(columns, key, self)
        self.hovered = -1
        self.shows_focus = False
        self._picked: Hashable | None = None
        self._told: Hashable | None = None
        self.setAccessibleName(words)
        self.setModel(self.rows_model)
        self.setItemDelegate(RowDelegate(self))
        self._set_behaviour()
        self._fit_heights()
        self.selectionModel().currentRowChanged.connect(self._note_current)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def on_picked(self, hear: Callable[[T | None], object]) -> None:
        """Connect `picked` to a slot that takes a row or None (typed, where a plain signal carries only `object`)."""
        self.picked.connect(hear)  # type: ignore[call-overload]  # the signal carries this table's rows and no others

    def on_opened(self, hear: Callable[[T], object]) -> None:
        """Connect `opened` to a slot that takes a row."""
        self.opened.connect(hear)  # type: ignore[call-overload]  # the same

    # rows ---------------------------------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show other rows; the selected one stays selected if it is still among them, and the view does not jump."""
        scrolled = self.verticalScrollBar().value()
        kept = self._picked
        self.rows_model.set_rows(rows)
        self.executeDelayedItemsLayout()  # or the scroll bar has no range yet
        self.verticalScrollBar().setValue(scrolled)
        place = self.rows_model.row_of(kept) if kept is not None else None
        if place is not None:
            self._go(place, scroll=False)
        else:
            self._picked = None
            self._tell()

    def set_columns(self, columns: Sequence[Column[T]]) -> None:
        """Show other columns; the selected row stays selected."""
        kept = self._picked
        self.rows_model.set_columns(columns)
        self._fit_columns()
        place = None if kept is None else self.rows_model.row_of(kept)
        if place is not None:
            self._go(place, scroll=False)

    def current(self) -> T | None:
        """The selected row."""
        index = self.currentIndex()
        rows = self.rows_model.rows
        return rows[index.row()] if index.isValid() and index.row() < len(rows) else None

    def pick(self, key: Hashable) -> bool:
        """Select the row with this key, if it is there."""
        place = self.rows_model.row_of(key)
        if place is not None:
            self._go(place)
        return place is not None

    def pick_first(self) -> None:
        """Select the first row, if there is one."""
        if self.rows_model.rows:
            self._go(0)

    def is_first(self, column: int) -> bool:
        """Whether this is the leftmost column now shown."""
        return all(self.isColumnHidden(before) for before in range(column))

    # behaviour ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.currentIndex().row()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and place >= 0:
            self._open(place)
            return
        last = len(self.rows_model.rows) - 1
        if event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and last >= 0:
            self._go(0 if event.key() == Qt.Key.Key_Home else last)
            return
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit_heights()
            self._fit_columns()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            reason = event.reason()  # type: ignore[attr-defined]  # a QFocusEvent
            by_key = reason in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
            self.shows_focus = event.type() == QEvent.Type.FocusIn and by_key
            if self.shows_focus and not self.currentIndex().isValid():
                self.pick_first()
            self.viewport().update()
        return super().event(event)

    # inside -------------------------------------------------------------------------------------------------------

    def _set_behaviour(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(24)
        self.setCornerButtonEnabled(False)
        self.setMinimumHeight(look.sp(HEADER_HEIGHT + ROW_HEIGHT))

    def _fit_heights(self) -> None:
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look.sp(ROW_HEIGHT))
        self.verticalScrollBar().setSingleStep(look.sp(ROW_HEIGHT))
        self.horizontalHeader().setFixedHeight(look.sp(HEADER_HEIGHT))

    def _fit_columns(self) -> None:
        widths = fit_columns(self.rows_model.columns, self.viewport().width(), look.scale())
        for place, width in enumerate(widths):
            self.setColumnHidden(place, width == 0)
            if width:
                self.setColumnWidth(place, width)

    def _go(self, place: int, *, scroll: bool = True) -> None:
        flag = QItemSelectionModel.SelectionFlag
        self.setAutoScroll(scroll)  # Qt would bring every new current row into view
        self.selectionModel().setCurrentIndex(
            self.rows_model.index(place, 0), flag.ClearAndSelect | flag.Rows
        )
        self.setAutoScroll(True)

    def _open(self, place: int) -> None:
        rows = self.rows_model.rows
        if 0 <= place < len(rows):
            self.opened.emit(rows[place])

    def _hover(self, place: int) -> None:
        if place != self.hovered:
            self.hovered = place
            self.viewport().update()

    def _note_current(self) -> None:
        row = self.current()
        here = self.currentIndex()
        if here.isValid() and not self.selectionModel().isSelected(here):
            self._go(
                here.row(), scroll=False
            )  # Qt gives a table that takes the keys a current row, unselected
        self._picked = None if row is None else self.rows_model.key(row)
        self._tell()

    def _tell(self) -> None:
        if self._picked != self._told:
            self._told = self._picked
            self.picked.emit(self.current())


def fit_columns(columns: Sequence[Column[Any]], room: int, scale: float = 1.0) -> list[int]:
    """Widths of the columns in `room` px; 0 means dropped. Fixed ones keep their width, the rest share what is left."""
    kept = list(range(len(columns)))

    def needed(place: int) -> int:
        column = columns[place]
        width = round((column.width or column.least) * scale)
        return width + (_PADDING if place == kept[0] else 0)

    while sum(needed(place) for place in kept) > room:
        droppable = [place for place in kept if columns[place].priority > 0]
        if not droppable:
            break
        kept.remove(max(droppable, key=lambda place: (columns[place].priority, place)))
    stretching = [place for place in kept if columns[place].width is None]
    left = max(0, room - sum(needed(place) for place in kept))
    widths = [0] * len(columns)
    for place in kept:
        widths[place] = needed(place)
    for number, place in enumerate(stretching):
        widths[place] += left // len(stretching) + (left % len(stretching) if number == 0 else 0)
    return widths
