"""What a medicine carries as marks, and its name with the characters that tell it from others made to stand out."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from app.medication.rules.alike import Piece
from app.medication.rules.drug import Drug
from ui.kit.paint import TAG_HEIGHT, Mark, Painted, Script, draw_pill, draw_words, metrics, pill_width
from ui.style import Role, Tone, look

_STORED = {"fridge": "冷藏", "cool": "阴凉"}


def marks_of(drug: Drug) -> tuple[Mark, ...]:
    """The marks of a medicine, what harms most first."""
    found = [
        Mark("高警示", Tone.DANGER) if drug.high_alert else None,
        Mark(drug.control, Tone.VIOLET) if drug.control else None,
        Mark("每周一次", Tone.WARN) if drug.weekly else None,
        Mark("皮试", Tone.WARN) if drug.skin_test else None,
        Mark("含西药", Tone.ORANGE) if drug.hidden else None,
        Mark(_STORED[drug.storage], Tone.INFO) if drug.storage in _STORED else None,
        Mark("基药", Tone.OK) if drug.essential else None,
    ]
    return tuple(mark for mark in found if mark is not None)


def size_words(drug: Drug) -> str:
    """Strength and pack: `5 mg · 28 片/盒`."""
    return " · ".join(part for part in (drug.size, drug.packed) if part)


def draw_name(painter: QPainter, rect: QRect, parts: Iterable[Piece], role: Role = Role.STRONG) -> int:
    """Paint a name, what tells it apart in danger colour and underlined; returns the width it took."""
    left = rect.left()
    for part in parts:
        room = QRect(left, rect.top(), max(rect.right() - left, 0), rect.height())
        if room.width() <= 0:
            break
        draw_words(painter, room, part.text, Script(role, "danger.text" if part.differs else "text"))
        width = min(metrics(role).horizontalAdvance(part.text), room.width())
        if part.differs:
            line = rect.center().y() + metrics(role).ascent() // 2 + look.sp(4)
            painter.drawLine(left, line, left + width, line)
        left += width
    return left - rect.left()


def draw_marks(painter: QPainter, rect: QRect, marks: tuple[Mark, ...]) -> int:
    """Paint tags against the right edge, as many as fit; returns the room they took."""
    right = rect.right() + 1
    for mark in reversed(marks):
        width = pill_width(mark.text, dot=False)
        if right - width < rect.left():
            break
        height = look.sp(TAG_HEIGHT)
        pill = QRect(right - width, rect.top() + (rect.height() - height) // 2, width, height)
        draw_pill(painter, pill, mark, dot=False)
        right -= width + look.sp(6)
    return rect.right() + 1 - right


class NamePieces(Painted):
    """A name as a widget: `say` shows the pieces of another."""

    def __init__(self, role: Role = Role.STRONG) -> None:
        super().__init__()
        self._role = role
        self._parts: tuple[Piece, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, parts: tuple[Piece, ...]) -> None:
        self._parts = parts
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return "".join(part.text for part in self._parts)

    def sizeHint(self) -> QSize:
        measured = metrics(self._role)
        width = sum(measured.horizontalAdvance(part.text) for part in self._parts)
        return QSize(width + 2, measured.height() + look.sp(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_name(painter, self.rect(), self._parts, self._role)
