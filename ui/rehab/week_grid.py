"""The grid of the week board: walked by arrows from session to session; one is moved by keys or by the mouse."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy

from app.rehab.day import rehab_day
from app.rehab.queries.week_rows import BoardRow, BoardSession, Week
from app.rehab.rules.sessions import SessionKey
from ui.kit.paint import Painted
from ui.rehab import week_paint as paint
from ui.rehab.week_chip import state_words
from ui.rehab.week_lines import RowLines, lines_of
from ui.rehab.week_moving import THERAPIST, Moving
from ui.rehab.week_places import Cursor, Places
from ui.style import look

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_UPRIGHT = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ROWS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class WeekGrid(Painted):
    """`moving` while a session is on its way: arrows move it then, Enter lets it go, Esc puts it back."""

    entered = Signal()
    moved = Signal()
    """The cursor, or what is being moved, is elsewhere now."""
    dropped = Signal()
    """What is being moved is to stay where it is now."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.week: Week | None = None
        self.lines: tuple[RowLines, ...] = ()
        self.moving: Moving | None = None
        self.cursor_at = Cursor()
        self.offset = 0
        self._pressed: QPoint | None = None
        self._dragging = False
        self.places = Places(self)

    # what shows ---------------------------------------------------------------------------------------------------

    def show_week(self, week: Week | None) -> None:
        """Another week or other rows; the cursor stays with its session, else with its row and day."""
        before, row, target = (
            self.session(),
            self.row(),
            self.moving.target if self.moving is not None else None,
        )
        self.week, self.moving = week, None
        self._arrange()
        if (
            target is not None
            and self.go_to(target.session.key)
            and self.begin_move()
            and self.moving is not None
        ):
            self.moving.to(target.row, target.day, target.time)
            self._follow()
            return
        if before is not None and self.go_to(before.key):
            return
        rids = [one.row.rid for one in self.lines]
        at = rids.index(row.rid) if row is not None and row.rid in rids else self.cursor_at.row
        self._put(Cursor(at, self.cursor_at.day, self.cursor_at.place))

    def go_to(self, key: SessionKey) -> bool:
        """Put the cursor on a session; False where it is not on the board."""
        for place, line in enumerate(self.lines):
            if (found := line.find(key)) is not None:
                self._put(Cursor(place, *found))
                return True
        return False

    def go_to_day(self, day: date) -> None:
        """The cursor on a day of the week shown, in its row."""
        if self.week is not None and day in self.week.days:
            self._put(Cursor(self.cursor_at.row, self.week.days.index(day), 0))

    def go_to_row(self, rid: UUID) -> None:
        rids = [one.row.rid for one in self.lines]
        if rid in rids:
            self._put(Cursor(rids.index(rid), self.cursor_at.day, 0))

    def row(self) -> BoardRow | None:
        """Whose row the cursor is in."""
        at = self.cursor_at.row
        return self.lines[at].row if at < len(self.lines) else None

    def day(self) -> date | None:
        return self.week.days[self.cursor_at.day] if self.week is not None else None

    def session(self) -> BoardSession | None:
        """What the cursor is on, None in a cell without sessions."""
        at = self.cursor_at
        if at.row >= len(self.lines):
            return None
        spots = self.lines[at.row].cells[at.day].spots
        return spots[at.place].session if at.place < len(spots) else None

    # moving -------------------------------------------------------------------------------------------------------

    def begin_move(self) -> bool:
        """Take up the session under the cursor; False where there is none that may be moved."""
        session, row = self.session(), self.row()
        if self.week is None or session is None or row is None or not session.movable:
            return False
        self.moving = Moving(self.week, session, row.rid)
        self._follow()
        return True

    def put_back(self) -> None:
        """It stays where it was."""
        if self.moving is not None:
            key = self.moving.session.key
            self.moving, self._dragging = None, False
            self._arrange()
            self.go_to(key)

    def _follow(self) -> None:
        """Draw what is being moved where it would stand, and keep the cursor on it."""
        self._arrange()
        if self.moving is not None:
            self.go_to(self.moving.session.key)

    # keys and mouse -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.moving is not None and plain and self._move_key(self.moving, key):
            return
        if key in _ENTER and plain:
            if not event.isAutoRepeat():
                self.entered.emit()
        elif key in _SIDEWAYS and plain:
            self._put(self.cursor_at.sideways(_SIDEWAYS[key], self._counts()))
        elif key in _UPRIGHT and plain:
            self._put(self.cursor_at.upright(_UPRIGHT[key], self._counts()))
        elif key in _ROWS and plain:
            row = min(max(self.cursor_at.row + _ROWS[key], 0), max(len(self.lines) - 1, 0))
            self._put(Cursor(row, self.cursor_at.day, 0))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End} and plain:
            self._put(Cursor(self.cursor_at.row, 0 if key == Qt.Key.Key_Home else 6, 0))
        else:
            super().keyPressEvent(event)

    def _move_key(self, moving: Moving, key: Qt.Key) -> bool:
        if key in _SIDEWAYS:
            moving.step_day(_SIDEWAYS[key])
        elif key in _UPRIGHT:
            moving.step_time(_UPRIGHT[key])
        elif key in _ROWS:
            moving.step_row(_ROWS[key])
        elif key in _ENTER:
            self.dropped.emit()
            return True
        elif key == Qt.Key.Key_Escape:
            self.put_back()
            return True
        else:
            return False
        self._follow()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.moving is not None:
            return
        point = event.position().toPoint()
        found = self.places.cursor_at(point)
        if found is not None:
            self._put(found)
            self._pressed = point if self.places.on_chip(point) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._pressed is None:
            return
        if self.moving is None:
            far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if not far or not self.begin_move():
                return
            self._dragging = True
        if self.moving is not None and self._dragging:
            self.places.drag(self.moving, point, rehab_day().times)
            self._follow()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if self._dragging and self.moving is not None:
            self._dragging = False
            self.dropped.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if event.button() == Qt.MouseButton.LeftButton and self.moving is None and self.session() is not None:
            self.entered.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self.setToolTip(self.places.words_at(event.pos()))
        return super().event(event)

    # inside -------------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        target = self.moving.target if self.moving is not None else None
        self.lines = () if self.week is None else lines_of(self.week, rehab_day().times, target)
        self.places.forget()
        self.setMinimumHeight(self.places.height)
        self.updateGeometry()
        self.update()

    def _counts(self) -> list[list[int]]:
        return [[len(cell.spots) for cell in line.cells] for line in self.lines]

    def _put(self, cursor: Cursor) -> None:
        """Put the cursor somewhere, bring it into sight, and tell everybody, a screen reader too."""
        self.cursor_at = cursor.inside(self._counts())
        _name, _column, fits = self.places.columns()
        self.offset = min(max(self.offset, self.cursor_at.day - fits + 1, 0), 7 - fits)
        self.offset = min(self.offset, self.cursor_at.day)
        self.setAccessibleName(f"周排程：{self.words()}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()
        self.moved.emit()

    def words(self) -> str:
        """What the cursor is on."""
        session, row, day = self.session(), self.row(), self.day()
        if row is None or day is None:
            return "没有安排"
        if session is None:
            return f"{row.name}　{day:%m-%d} 没有训练"
        who = session.therapist_name if self.week is not None and self.week.by != THERAPIST else row.name
        return f"{day:%m-%d} {paint.chip_words(session)}　{who}　{state_words(session)}"

    def sizeHint(self) -> QSize:
        return QSize(look.sp(700), max(self.places.height, look.sp(120)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(320), look.sp(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._put(self.cursor_at)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.places.paint(QPainter(self), event.rect(), focused=self.hasFocus())

    def cursor_rect(self) -> QRect:
        """Where the cursor is, to be scrolled to."""
        return self.places.cursor_rect()
