"""The times of the green channel as a line: what happened is ticked with its minute, what comes next is ringed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from app.referrals.around import GREEN_TIMES
from ui.kit.paint import Painted, Script, draw_sign, draw_words
from ui.style import Role, look

STEPS = ("started", "told", "ambulance_called", "ambulance_here", "eta", "left", "arrived", "taken_over")
LATER = frozenset({"left", "arrived", "taken_over"})
"""Written by their moves, once the referral is under way."""
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


@dataclass(frozen=True)
class StepFace:
    """`time`: 13:54, empty while it did not happen; `who`: whom it was said to; `expected`: it is still to come."""

    time: str = ""
    who: str = ""
    expected: bool = False


class GreenLine(Painted):
    """One stop of Tab: ← → go along, Space notes this minute, Delete takes it back, E types a time and a name."""

    noted = Signal(str)
    taken_back = Signal(str)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.faces: dict[str, StepFace] = dict.fromkeys(STEPS, StepFace())
        self.here = STEPS[0]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def show_times(self, faces: Mapping[str, StepFace]) -> None:
        """What happened, and what is expected; the keys stand on what comes next."""
        self.faces = {code: faces.get(code, StepFace()) for code in STEPS}
        self._name()
        self.updateGeometry()
        self.update()

    @property
    def next(self) -> str:
        """The first step nobody noted."""
        open_steps = (code for code in STEPS if code not in LATER and not self.faces[code].time)
        return next(open_steps, STEPS[-4])

    def comes_next(self, code: str) -> bool:
        """Whether it comes next; who has arrived is expected no more."""
        there = self._done("arrived") or self._done("taken_over")
        return self.faces[code].expected or (code == self.next and not (there and code == "eta"))

    def sizeHint(self) -> QSize:
        return QSize(look.sp(480), self._high())

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(360), self._high())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held or (event.isAutoRepeat() and key not in (Qt.Key.Key_Left, Qt.Key.Key_Right)):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._go(-1 if key == Qt.Key.Key_Left else 1)
        elif key == Qt.Key.Key_Space:
            self._note()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.faces[self.here].time:
            self.taken_back.emit(self.here)
        elif key == Qt.Key.Key_E or key in _ENTER:
            self._ask()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().x() / max(1.0, self.width() / len(STEPS)))
        self.here = STEPS[max(0, min(place, len(STEPS) - 1))]
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.faces[self.here].time and not self.faces[self.here].expected:
            self._ask()
        else:
            self._note()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:  # back from a sheet: where the keys were
            self.here = self.next
        self._name()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, middle = self.width() / len(STEPS), float(look.sp(15))
        points = [QPointF(wide * (place + 0.5), middle) for place in range(len(STEPS))]
        for place in range(len(STEPS) - 1):
            done = self._done(STEPS[place]) and self._done(STEPS[place + 1])
            painter.setPen(QPen(look.colour("primary" if done else "border2"), 2))
            painter.drawLine(points[place], points[place + 1])
        for code, point in zip(STEPS, points, strict=True):
            self._draw_disc(painter, code, point)
            room = QRect(round(point.x() - wide / 2) + 2, 0, round(wide) - 4, look.sp(19))
            self._draw_texts(painter, code, room)
        if self.hasFocus():
            place = STEPS.index(self.here)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = QRectF(wide * place + 3, 1, wide - 6, self.height() - 2)
            painter.drawRoundedRect(frame, 8, 8)

    # inside -------------------------------------------------------------------------------------------------------

    def _draw_disc(self, painter: QPainter, code: str, point: QPointF) -> None:
        size = look.sp(18)
        disc = QRectF(point.x() - size / 2, point.y() - size / 2, size, size)
        if self._done(code):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("primary"))
            painter.drawEllipse(disc)
            inset = (size - look.sp(12)) // 2
            draw_sign(painter, disc.toRect().adjusted(inset, 0, 0, 0), "check", 12, "onprimary")
            return
        ahead = self.comes_next(code)
        painter.setPen(QPen(look.colour("primary" if ahead else "field"), 2 if ahead else 1))
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(disc.adjusted(1, 1, -1, -1))

    def _draw_texts(self, painter: QPainter, code: str, room: QRect) -> None:
        face, centre = self.faces[code], Qt.AlignmentFlag.AlignHCenter
        words = GREEN_TIMES[code]
        title = room.translated(0, look.sp(30))
        draw_words(painter, title, words, Script(Role.SMALL, "text2" if face.time else "text3", centre))
        role = Role.STRONG if face.time else Role.SMALL
        ink = "primary" if face.expected else "text" if face.time else "text3"
        said = f"预计 {face.time}" if face.expected and code != "eta" else face.time
        draw_words(painter, title.translated(0, look.sp(19)), said or "—", Script(role, ink, centre))
        if face.who:
            draw_words(
                painter, title.translated(0, look.sp(37)), face.who, Script(Role.SMALL, "text2", centre)
            )

    def _high(self) -> int:
        """A line more once somebody has a name."""
        return look.sp(92 if any(face.who for face in self.faces.values()) else 74)

    def _done(self, code: str) -> bool:
        return bool(self.faces[code].time) and not self.faces[code].expected

    def _go(self, step: int) -> None:
        last = len(STEPS) - 1 - len(LATER)
        self.here = STEPS[max(0, min(STEPS.index(self.here) + step, last))]
        self._name()
        self.update()

    def _note(self) -> None:
        """This minute; an expectation is typed, because now is never when it is expected. A time that is there already
        is shown first, never written over."""
        if self.here == "eta" or self.faces[self.here].time:
            self._ask()
        elif self.here not in LATER:
            self.noted.emit(self.here)
            self.here = self.next
            self._name()

    def _ask(self) -> None:
        if self.here not in LATER:
            self.asked.emit(self.here)

    def _name(self) -> None:
        face = self.faces[self.here]
        said = face.time or "未记录，空格记现在"
        self.setAccessibleName(f"绿色通道 {GREEN_TIMES[self.here]} {said}")
