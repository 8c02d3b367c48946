"""Lines of a checklist, painted: a sign, what it is, what is known of it, its state; walked and ticked by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from ui.kit.paint import Painted, Script, bottom_line, draw_sign, draw_words, metrics
from ui.style import Role, look

HEADING, TALL, LOW = 32, 50, 38
_EDGE, _SIGN = 16, 20


@dataclass(frozen=True)
class ListLine:
    """One line. Without `code` it is a heading. `icon` empty: an open ring; inks: text tokens, tones as `ok.text`."""

    code: str
    title: str
    under: str = ""
    right: str = ""
    icon: str = ""
    icon_ink: str = "text3"
    ink: str = "text"
    under_ink: str = "text3"
    right_ink: str = "text3"


class ListLines(Painted):
    """Up and Down walk; Enter or a double click opens; a click on the sign ticks, as Space does. `low`: one line high.

    While `live` is false it is only read.
    """

    picked = Signal(str)
    opened = Signal(str)
    ticked = Signal(str)

    def __init__(self, words: str, *, low: bool = False) -> None:
        super().__init__()
        self.lines: tuple[ListLine, ...] = ()
        self.live = False
        self._low = low
        self._cursor = ""
        self._hovered = ""
        self.setAccessibleName(words)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # lines --------------------------------------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[ListLine], *, live: bool) -> None:
        """Other lines; the cursor stays where it is, or goes to the first."""
        self.lines, self.live = tuple(lines), live
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if live else Qt.FocusPolicy.NoFocus)
        if self._cursor not in self.codes:
            self._cursor = next(iter(self.codes), "")
        self.updateGeometry()
        self.update()

    @property
    def codes(self) -> list[str]:
        """Of the lines that can be walked to."""
        return [one.code for one in self.lines if one.code]

    @property
    def here(self) -> str:
        """The code of the line under the cursor."""
        return self._cursor

    def pick(self, code: str) -> None:
        """Put the cursor on a line, and bring it into sight."""
        if code not in self.codes:
            return
        self._cursor = code
        self.update()
        self._into_sight()
        self.picked.emit(code)

    def step(self, by: int) -> None:
        """The cursor goes so many lines down or up, and stays at the ends."""
        codes = self.codes
        if codes:
            place = codes.index(self._cursor) if self._cursor in codes else 0
            self.pick(codes[min(max(place + by, 0), len(codes) - 1)])

    def rect_of(self, code: str) -> QRect:
        """Where a line stands."""
        return next((rect for line, rect in self._places() if line.code == code), QRect())

    # painting -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(look.sp(300), sum(self._height(one) for one in self.lines))

    def _height(self, line: ListLine) -> int:
        if not line.code:
            return look.sp(HEADING)
        return look.sp(TALL if line.under and not self._low else LOW)

    def _places(self) -> list[tuple[ListLine, QRect]]:
        top, found = 0, []
        for line in self.lines:
            height = self._height(line)
            found.append((line, QRect(0, top, self.width(), height)))
            top += height
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for line, rect in self._places():
            if rect.intersects(event.rect()):
                self._paint(painter, line, rect)

    def _paint(self, painter: QPainter, line: ListLine, rect: QRect) -> None:
        if not line.code:
            painter.fillRect(rect, look.colour("sunken"))
            self._paint_texts(painter, line, rect.adjusted(look.sp(_EDGE), 0, -look.sp(_EDGE), 0), Role.LABEL)
            return
        lit = self.live and line.code == self._cursor and self.hasFocus()
        if lit:
            painter.fillRect(rect, look.colour("sel"))
        elif self.live and line.code == self._hovered:
            painter.fillRect(rect, look.colour("hover"))
        bottom_line(painter, rect)
        if lit:
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_sign(painter, line, rect)
        left = look.sp(_EDGE + _SIGN + 12)
        self._paint_texts(painter, line, rect.adjusted(left, 0, -look.sp(_EDGE), 0), Role.BODY)

    def _paint_sign(self, painter: QPainter, line: ListLine, rect: QRect) -> None:
        room = rect.adjusted(look.sp(_EDGE), 0, 0, 0)
        if line.icon:
            draw_sign(painter, room, line.icon, _SIGN, line.icon_ink)
            return
        size = look.sp(_SIGN) - 4
        painter.setPen(QPen(look.colour(line.icon_ink), 1.75))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(room.left() + 2, rect.center().y() + 0.5 - size / 2, size, size))

    def _paint_texts(self, painter: QPainter, line: ListLine, room: QRect, role: Role) -> None:
        """The state at the right keeps its room; the title goes before what is known of it."""
        wide = metrics(Role.HINT).horizontalAdvance(line.right) + look.sp(4) if line.right else 0
        if wide:
            side = QRect(room.right() - wide + 1, room.top(), wide, room.height())
            draw_words(
                painter, side, line.right, Script(Role.HINT, line.right_ink, Qt.AlignmentFlag.AlignRight)
            )
        texts = room.adjusted(0, 0, -(wide + look.sp(12)) if wide else 0, 0)
        if not line.under:
            draw_words(painter, texts, line.title, Script(role, line.ink))
            return
        if self._low or not line.code:
            title = metrics(role).horizontalAdvance(line.title)
            draw_words(painter, texts, line.title, Script(role, line.ink))
            rest = texts.adjusted(title + look.sp(10), 0, 0, 0)
            if rest.width() > look.sp(40):
                draw_words(painter, rest, line.under, Script(Role.HINT, line.under_ink))
            return
        half = texts.height() // 2
        upper = QRect(texts.left(), texts.top() + look.sp(5), texts.width(), half - look.sp(3))
        lower = QRect(texts.left(), texts.top() + half, texts.width(), half - look.sp(6))
        draw_words(painter, upper, line.title, Script(role, line.ink))
        draw_words(painter, lower, line.under, Script(Role.SMALL, line.under_ink))

    # keys and mouse -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Home: -99, Qt.Key.Key_End: 99}
        key = Qt.Key(event.key())
        if not self.live or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in steps:
            self.step(steps[key])
        elif key == Qt.Key.Key_Space and self._cursor and not event.isAutoRepeat():
            self.ticked.emit(self._cursor)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._cursor and not event.isAutoRepeat():
            self.opened.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        code = self._at(event.position().toPoint())
        if not self.live or not code or event.button() != Qt.MouseButton.LeftButton:
            return
        self.pick(code)
        if event.position().x() <= look.sp(_EDGE + _SIGN + 8):
            self.ticked.emit(code)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        code = self._at(event.position().toPoint())
        if self.live and code and event.position().x() > look.sp(_EDGE + _SIGN + 8):
            self.opened.emit(code)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        code = self._at(event.position().toPoint())
        if code != self._hovered:
            self._hovered = code
            line = next((one for one in self.lines if one.code == code), None)
            self.setToolTip(f"{line.title}\n{line.under}".strip() if line is not None and code else "")
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = ""
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        self._into_sight()
        if self._cursor:
            self.picked.emit(self._cursor)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _at(self, point: QPoint) -> str:
        return next((line.code for line, rect in self._places() if rect.contains(point)), "")

    def _into_sight(self) -> None:
        """Scroll whatever scrolls it until the whole line shows."""
        rect, outer = self.rect_of(self._cursor), self.parentWidget()
        while outer is not None and not isinstance(outer, QScrollArea):
            outer = outer.parentWidget()
        inside: QWidget | None = outer.widget() if isinstance(outer, QScrollArea) else None
        if isinstance(outer, QScrollArea) and inside is not None and not rect.isNull():
            middle = self.mapTo(inside, rect.center())
            outer.ensureVisible(middle.x(), middle.y(), 0, rect.height())
