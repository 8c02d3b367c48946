"""A painted grid with a cursor: columns that scroll by themselves, mouse, tooltips, what a screen reader hears."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit.paint import Painted
from ui.style import look

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
UPRIGHT = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})


class WalkedGrid(Painted):
    """`moved`: the cursor is elsewhere now.

    Who makes one says how many rows and columns there are, how wide, what a cell says in words, and draws and walks it.
    """

    moved = Signal()
    subject = ""
    """What the grid shows, for a screen reader."""
    nothing = ""
    """What is said where there is no row."""
    row_height, edge = 56, 2
    """Of one row, and of the frame below the last."""
    head: QWidget

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._row, self._column, self.offset = 0, 0, 0

    # said by whoever makes one ------------------------------------------------------------------------------------

    def size_now(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return 0, 0

    def columns(self) -> tuple[int, int, int]:
        """Width of the names, width of a column, and how many find room."""
        raise NotImplementedError

    def words_of(self, place: int, column: int | None) -> str:
        """A cell in words, or a name: for the tooltip and the screen reader."""
        return ""

    # the cursor ---------------------------------------------------------------------------------------------------

    @property
    def place(self) -> tuple[int, int]:
        return self._row, self._column

    def cursor_rect(self) -> QRect:
        """Where the cursor is, to be scrolled to."""
        name, column, _fits = self.columns()
        high = look.sp(self.row_height)
        return QRect(name + (self._column - self.offset) * column, self._row * high, column, high)

    def put_cursor(self, row: int, column: int) -> None:
        """On a cell; beyond the ends it stays at the end."""
        rows, columns = self.size_now()
        self._row = min(max(row, 0), max(0, rows - 1))
        self._column = min(max(column, 0), max(0, columns - 1))
        self.settle()

    def settle(self) -> None:
        """Bring the cursor's column into sight and tell everybody, a screen reader too, where the cursor is."""
        _name, _column, fits = self.columns()
        rows, columns = self.size_now()
        self.offset = min(max(self.offset, self._column - fits + 1, 0), max(0, columns - fits), self._column)
        said = self.words_of(self._row, self._column) if self._row < rows else self.nothing
        self.setAccessibleName(f"{self.subject}：{said}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()
        self.head.update()
        self.moved.emit()

    def fit_height(self) -> None:
        """After other rows: as high as they are."""
        self.setMinimumHeight(self._height())
        self.updateGeometry()

    @staticmethod
    def plain(event: QKeyEvent) -> bool:
        """Whether no other key is held; those of the number pad count as plain."""
        return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier

    # mouse and the rest -------------------------------------------------------------------------------------------

    def spot(self, event: QMouseEvent | QHelpEvent) -> tuple[int, int | None] | None:
        """Row and column under the mouse; a column of None is the name."""
        at = event.position().toPoint() if isinstance(event, QMouseEvent) else event.pos()
        name, column, fits = self.columns()
        row = at.y() // look.sp(self.row_height)
        if not 0 <= row < self.size_now()[0]:
            return None
        place = (at.x() - name) // column if column and at.x() >= name else None
        return row, None if place is None or place >= fits else place + self.offset

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self.spot(event)
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self.put_cursor(spot[0], self._column if spot[1] is None else spot[1])

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            spot = self.spot(event)
            self.setToolTip("" if spot is None else self.words_of(*spot))
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(640), max(self._height(), look.sp(120)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(320), look.sp(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.settle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setMinimumHeight(self._height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _height(self) -> int:
        return look.sp(self.row_height) * self.size_now()[0] + self.edge
