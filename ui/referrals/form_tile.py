"""The tiles of the form: a reason that is ticked, a hospital that is chosen. Space or a click switches them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.kit.focus_ring import ringed
from ui.kit.paint import Script, draw_sign, draw_words, metrics
from ui.style import Role, look

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
BOX = 18


@dataclass(frozen=True)
class TileFace:
    """What a tile says: small title before a large value, lines under them; `aside` at the right of the first
    line. `red`: it stands on the red tint once it is on."""

    title: str
    value: str = ""
    lines: tuple[str, ...] = ()
    aside: str = ""
    red: bool = False
    warn: bool = False  # its last line is a warning


class Tile(QAbstractButton):
    """One of several. `stepped` by an arrow key: the group it stands in moves the keys on."""

    stepped = Signal(int)

    def __init__(self, face: TileFace, *, radio: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face, self._radio = face, radio
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        ringed(self)
        self.say(face)

    def say(self, face: TileFace) -> None:
        """Other words."""
        self.face = face
        self.setAccessibleName(" ".join(filter(None, (face.title, face.value, *face.lines, face.aside))))
        self.setToolTip(
            "\n".join(filter(None, (f"{face.title} {face.value}".strip(), *face.lines, face.aside)))
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(200), look.sp(20 + 26 + 19 * len(self.face.lines)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(150), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (step := _STEPS.get(Qt.Key(event.key()))) is not None and not event.modifiers():
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        box = QRect(look.sp(12), look.sp(13), look.sp(BOX), look.sp(BOX))
        if self._radio:
            draw_radio(painter, box, on=self.isChecked())
        else:
            draw_check(painter, box, on=self.isChecked())
        self._draw_texts(painter, box.right() + look.sp(11))

    def _draw_ground(self, painter: QPainter) -> None:
        on, red = self.isChecked(), self.face.red
        edge = "danger.solid" if red and on else "primary" if on else "border2"
        wide = 2.0 if on and self._radio else 1.0
        fill = "danger.tint" if red and on else "hover" if self.underMouse() else "surface"
        if red and on and not self._radio:
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            painter.setPen(QPen(look.colour(edge), wide))
        painter.setBrush(look.colour(fill))
        inset = wide / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 10, 10)

    def _draw_texts(self, painter: QPainter, left: int) -> None:
        face = self.face
        hot = face.red and self.isChecked()
        ink = "danger.text" if hot else "text"
        right = self.width() - look.sp(12)
        top = QRect(left, look.sp(9), right - left, look.sp(26))
        role = Role.LABEL if face.value else Role.STRONG
        wide = min(metrics(role).horizontalAdvance(face.title) + 2, top.width())
        draw_words(painter, QRect(left, top.top(), wide, top.height()), face.title, Script(role, ink))
        if face.value:
            start = left + wide + look.sp(8)
            room = QRect(start, top.top(), top.right() - start, top.height())
            draw_words(painter, room, face.value, Script(value_role(face.value, room.width()), ink))
        for place, words in enumerate(face.lines):
            line = QRect(left, look.sp(36 + 19 * place), right - left, look.sp(19))
            if face.aside and not place:
                self._draw_aside(painter, line)
            last = face.warn and place == len(face.lines) - 1
            quiet = "danger.text" if hot else "warn.text" if last else "text3" if place else "text2"
            draw_words(painter, line, words, Script(Role.SMALL, quiet))

    def _draw_aside(self, painter: QPainter, line: QRect) -> None:
        """The running clock at the right of the first line, which gives way to it."""
        needed = metrics(Role.LABEL).horizontalAdvance(self.face.aside) + 2
        aside = QRect(line.right() - needed, line.top(), needed, line.height())
        draw_words(
            painter, aside, self.face.aside, Script(Role.LABEL, "danger.text" if self.face.red else "text2")
        )
        line.setRight(aside.left() - look.sp(8))


def value_role(words: str, room: int) -> Role:
    """Large where there is room for all of it; else smaller, before anything of it is cut."""
    return Role.TILE_NUMBER if metrics(Role.TILE_NUMBER).horizontalAdvance(words) <= room else Role.STRONG


def draw_check(painter: QPainter, box: QRect, *, on: bool) -> None:
    """A square box, ticked or empty."""
    painter.setPen(Qt.PenStyle.NoPen if on else QPen(look.colour("field"), 1))
    painter.setBrush(look.colour("primary" if on else "surface"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    if on:
        inset = (box.width() - look.sp(14)) // 2
        draw_sign(painter, box.adjusted(inset, 0, 0, 0), "check", 14, "onprimary")


def draw_radio(painter: QPainter, box: QRect, *, on: bool) -> None:
    """A round box, chosen or empty."""
    painter.setPen(QPen(look.colour("primary" if on else "field"), 2 if on else 1))
    painter.setBrush(look.colour("surface"))
    round_box = QRectF(box).adjusted(1, 1, -1, -1)
    painter.drawEllipse(round_box)
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("primary"))
        painter.drawEllipse(round_box.center(), box.width() * 0.26, box.width() * 0.26)
