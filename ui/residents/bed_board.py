"""The board of one floor: rooms and beds painted in one widget, walked by arrows, opened by Enter or a double click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
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
from PySide6.QtWidgets import QSizePolicy

from app.residents.queries import BedRow, RoomRow
from ui.kit.paint import Painted
from ui.residents.bed_card import bed_words, draw_bed, draw_cursor, draw_room
from ui.residents.board_layout import NARROWEST, Arrangement, BedSpot, arrange
from ui.style import look

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class BedBoard(Painted):
    """While somebody is being moved (`move_from`), arrows go from free bed to free bed."""

    picked = Signal(object)
    """The bed under the cursor, or None."""
    opened = Signal(object)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._rooms: tuple[RoomRow, ...] = ()
        self._spots = Arrangement()
        self._at: UUID | None = None
        self._moving: UUID | None = None
        self.say_current()

    # what shows ---------------------------------------------------------------------------------------------------

    def show_rooms(self, rooms: Sequence[RoomRow]) -> None:
        """Show a floor; the cursor stays on its bed if that is still here, else it goes to the first."""
        self._rooms = tuple(rooms)
        self._arrange()
        if self._spot() is None:
            self._at = self._spots.beds[0].bed.rid if self._spots.beds else None
        self.say_current()

    def move_from(self, resident: UUID | None) -> None:
        """Somebody is being moved, or (None) nobody any more."""
        self._moving = resident
        self.say_current()

    def current(self) -> BedRow | None:
        spot = self._spot()
        return None if spot is None else spot.bed

    def current_rect(self) -> QRect:
        """Where the cursor is, to be scrolled to."""
        spot = self._spot()
        return QRect() if spot is None else spot.rect

    def pick(self, bed: UUID) -> None:
        """Put the cursor on a bed of this floor."""
        self._at = bed
        self.say_current()

    def next_free(self) -> bool:
        """The next free bed after the cursor, round the end of the floor; False where none is free."""
        beds = self._spots.beds
        here = next((place for place, spot in enumerate(beds) if spot.bed.rid == self._at), -1)
        walk = (*beds[here + 1 :], *beds[: here + 1])
        free = next((spot for spot in walk if spot.bed.who is None), None)
        if free is not None:
            self.pick(free.bed.rid)
        return free is not None

    def say_current(self) -> None:
        """Tell everybody, a screen reader too, where the cursor is."""
        bed = self.current()
        self.setAccessibleName(f"床位图：{bed_words(bed, self._today())}" if bed else "床位图")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()
        self.picked.emit(bed)

    # keys and mouse -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, spot = Qt.Key(event.key()), self._spot()
        if spot is not None and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(spot.bed)
        elif spot is not None and key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._step(spot, key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._spots.at(event.position().toPoint())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pick(spot.bed.rid)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = self._spots.at(event.position().toPoint())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(spot.bed)

    def event(self, event: QEvent) -> bool:
        """The whole bed in words under the mouse: a long name may end in … on its card."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            spot = self._spots.at(event.pos())
            self.setToolTip(bed_words(spot.bed, self._today()) if spot is not None else "")
        return super().event(event)

    def spot_of(self, bed: UUID) -> BedSpot | None:
        """Where a bed stands."""
        return next((spot for spot in self._spots.beds if spot.bed.rid == bed), None)

    def _step(self, spot: BedSpot, key: Qt.Key) -> None:
        sideways = key in {Qt.Key.Key_Left, Qt.Key.Key_Right}
        walk = self._spots.beside if sideways else self._spots.above_or_below
        there = walk(spot, _STEPS[key], self._moving is not None)
        if there is not None:
            self.pick(there.bed.rid)

    def _spot(self) -> BedSpot | None:
        return None if self._at is None else self.spot_of(self._at)

    # size and paint -----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(look.sp(NARROWEST) * 2, max(self._spots.height + 4, look.sp(120)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(NARROWEST), look.sp(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._arrange()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, today = event.rect(), self._today()
        for room in self._spots.rooms:
            if room.rect.intersects(shown):
                draw_room(painter, room)
        for spot in self._spots.beds:
            if spot.rect.intersects(shown):
                leaving = (
                    self._moving is not None and spot.bed.who is not None and spot.bed.who.rid == self._moving
                )
                draw_bed(painter, spot, today, leaving=leaving, wanted=self._moving is not None)
        here = self._spot()
        if here is not None:
            draw_cursor(painter, here.rect, focused=self.hasFocus())

    def _arrange(self) -> None:
        self._spots = arrange(self._rooms, self.width())
        self.setMinimumHeight(self._spots.height + 4)
        self.updateGeometry()
        self.update()
