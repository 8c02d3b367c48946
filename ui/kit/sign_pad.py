"""A signature drawn by mouse, pen or finger: strokes as whole points in 0…1000 × 0…300, sharp at any scale."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTouchEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.buttons import Button
from ui.kit.paint import Painted, Script, draw_words
from ui.style import Role, look

WIDE, HIGH = 1000, 300
CLOSE = 4
"""Points nearer to the last one than this are not kept: a hand trembles more."""
MOST_STROKES, MOST_POINTS = 80, 6000

Point = tuple[int, int]
Strokes = tuple[tuple[Point, ...], ...]


def draw_strokes(painter: QPainter, room: QRectF, strokes: Iterable[Iterable[Point]], ink: str) -> None:
    """The strokes fitted into `room`, whatever size they were drawn at; corners are rounded as ink does."""
    scale = min(room.width() / WIDE, room.height() / HIGH)
    left = room.left() + (room.width() - WIDE * scale) / 2
    top = room.top() + (room.height() - HIGH * scale) / 2
    pen = QPen(look.colour(ink), max(1.3, 7 * scale))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in strokes:
        points = [QPointF(left + x * scale, top + y * scale) for x, y in stroke]
        if len(points) == 1:
            painter.drawPoint(points[0])
            continue
        path = QPainterPath(points[0])
        for one, other in pairwise(points[1:]):
            path.quadTo(one, (one + other) / 2)
        path.lineTo(points[-1])
        painter.drawPath(path)


class SignatureView(Painted):
    """A drawn signature as it was given, small."""

    def __init__(self, strokes: Strokes, wide: int = 200) -> None:
        super().__init__()
        self.strokes, self._wide = strokes, wide
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("手写签名")

    def sizeHint(self) -> QSize:
        return QSize(look.sp(self._wide), look.sp(self._wide) * HIGH // WIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_strokes(painter, QRectF(self.rect()), self.strokes, "text")


class SignField(Painted):
    """The field that is drawn into. Ctrl+Z takes the last stroke back, Ctrl+Y gives it again, Del clears."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("手写签名框")
        self._strokes: list[list[Point]] = []
        self._undone: list[list[Point]] = []
        self._drawing = False

    @property
    def strokes(self) -> Strokes:
        return tuple(tuple(stroke) for stroke in self._strokes)

    def show_strokes(self, strokes: Strokes) -> None:
        """Show a signature that was given before."""
        self._strokes, self._undone = [list(stroke) for stroke in strokes], []
        self._tell()

    def clear(self) -> None:
        """Everything off; `undo` brings it back stroke by stroke no more."""
        self._strokes, self._undone, self._drawing = [], [], False
        self._tell()

    def undo(self) -> None:
        """The last stroke off."""
        if self._strokes:
            self._undone.append(self._strokes.pop())
            self._tell()

    def redo(self) -> None:
        """The stroke that was taken back, again."""
        if self._undone:
            self._strokes.append(self._undone.pop())
            self._tell()

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(500), look.sp(150))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(300), look.sp(150))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._go_on(event.position())
        self._drawing = False

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent) and event.points():
            where = event.points()[0].position()
            if event.type() == QEvent.Type.TouchBegin:
                self._begin(where)
            else:
                self._go_on(where)
                self._drawing = event.type() == QEvent.Type.TouchUpdate
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held and event.key() == Qt.Key.Key_Z:
            self.undo()
        elif held and event.key() == Qt.Key.Key_Y:
            self.redo()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("field"), 1))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        room = self._room()
        base = room.top() + room.height() * 0.78
        painter.setPen(QPen(look.colour("border2"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(room.left() + 24, base), QPointF(room.right() - 24, base))
        if not self._strokes:
            script = Script(Role.HINT, "text3", Qt.AlignmentFlag.AlignHCenter)
            draw_words(painter, self.rect(), "在这里用鼠标、笔或手指签名，也可以只填姓名", script)
        draw_strokes(painter, room, self._strokes, "text")

    def _room(self) -> QRectF:
        """Where the thousand by three hundred lie: as wide as the field, never higher than it."""
        scale = min(self.width() / WIDE, self.height() / HIGH)
        wide, high = WIDE * scale, HIGH * scale
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)

    def _begin(self, where: QPointF) -> None:
        if len(self._strokes) >= MOST_STROKES:
            return
        self._undone = []
        self._drawing = True
        self._strokes.append([self._point(where)])
        self._tell()

    def _go_on(self, where: QPointF) -> None:
        if not self._drawing or sum(len(stroke) for stroke in self._strokes) >= MOST_POINTS:
            return
        x, y = self._point(where)
        last = self._strokes[-1][-1]
        if abs(x - last[0]) + abs(y - last[1]) >= CLOSE:
            self._strokes[-1].append((x, y))
            self._tell()

    def _point(self, where: QPointF) -> Point:
        room = self._room()
        x = round((where.x() - room.left()) / room.width() * WIDE)
        y = round((where.y() - room.top()) / room.height() * HIGH)
        return min(max(x, 0), WIDE), min(max(y, 0), HIGH)

    def _tell(self) -> None:
        self.update()
        self.changed.emit()


class SignPad(QWidget):
    """The field with its acts: the last stroke off and on again, everything off."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.pad = SignField()
        self.undo = Button("撤一笔", "quiet", icon="undo-2")
        self.redo = Button("恢复", "quiet")
        self.wipe = Button("清除", "quiet", icon="trash-2")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.pad)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.undo, self.redo, self.wipe):
            row.addWidget(button)
        row.addStretch(1)
        box.addLayout(row)
        self.undo.clicked.connect(self.pad.undo)
        self.redo.clicked.connect(self.pad.redo)
        self.wipe.clicked.connect(self.pad.clear)
        self.pad.changed.connect(self._note)
        self._note()

    @property
    def strokes(self) -> Strokes:
        return self.pad.strokes

    def _note(self) -> None:
        self.undo.setEnabled(bool(self.pad.strokes))
        self.wipe.setEnabled(bool(self.pad.strokes))
        self.redo.setEnabled(self.pad.can_redo)
        self.changed.emit()
