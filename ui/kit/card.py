"""Cards and tiles: the white surfaces everything stands on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.kit.paint import Painted, draw_sign, draw_spark
from ui.kit.words import Words
from ui.style import Role, Tone, look


class Card(QFrame):
    """A white surface, 1 px edge, 12 px radius. `body` takes the content; `head` the title's right side.

    `flush=True` leaves out the padding, for tables that run to the edge.
    """

    def __init__(self, title: str = "", hint: str = "", *, flush: bool = False) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*((1, 1, 1, 1) if flush else (20, 18, 20, 18)))
        self.body.setSpacing(0 if flush else 12)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.hint = Words(hint, Role.HINT)
        if title:
            self.title = Words(title, Role.CARD_TITLE)
            self.head.addWidget(self.title)
            self.head.addStretch(1)
            self.head.addWidget(self.hint)
            self.body.addLayout(self.head)


class Foot(QFrame):
    """The pinned row at a card's foot: a line above, actions or hints in `row`."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "foot")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 11, 16, 12)  # as the rows of a table above it
        self.row.setSpacing(12)


class ScrollBody(QScrollArea):
    """A body that may grow: scrolls up and down, never sideways, and never makes its window wider.

    A margin at the right only keeps content and bar apart: without a bar there is none.
    """

    def __init__(
        self,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
        spacing: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("scrollbody", "true")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(spacing)
        self.setWidget(inside)
        self._margins = margins
        self.verticalScrollBar().rangeChanged.connect(self._keep_apart)
        self._keep_apart(0, 0)

    def _keep_apart(self, _low: int, most: int) -> None:
        left, top, right, bottom = self._margins
        barred = most or self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        self.body.setContentsMargins(left, top, right if left or barred else 0, bottom)

    def event(self, event: QEvent) -> bool:
        """Qt measures the whole content at each change of style, and each time it is put somewhere else is one.

        Nobody sees it then; the content asks to be measured when it is shown.
        """
        if event.type() == QEvent.Type.StyleChange and not self.isVisible():
            return QAbstractScrollArea.event(self, event)
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        inside = self.widget()
        return QSize(inside.minimumSizeHint().width() if inside else 0, look.sp(80))


class IconTile(Painted):
    """A drawing on a rounded tint, 40 px unless told: what a row or a card is about."""

    def __init__(self, icon: str, tone: Tone | None = None, size: int = 40, drawing: int = 20) -> None:
        super().__init__()
        self._icon, self._tone, self._size, self._drawing = icon, tone, size, drawing
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, icon: str, tone: Tone | None) -> None:
        """Another drawing, another tone (None: the brand's)."""
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(self._size), look.sp(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(f"{self._tone}.tint" if self._tone else "soft"))
        radius = 12 if self._size >= 44 else 9
        painter.drawRoundedRect(self.rect(), radius, radius)
        ink = f"{self._tone}.text" if self._tone else "primary"
        room = self.rect().adjusted((self.width() - look.sp(self._drawing)) // 2, 0, 0, 0)
        draw_sign(painter, room, self._icon, self._drawing, ink)


class StatTile(Card):
    """A figure of the day: icon tile, label, large number, one hint line that turns red when it needs action.

    `aside` says something small at the right of the label (the key that opens it).
    """

    def __init__(self, icon: str, label: str) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(IconTile(icon, size=48, drawing=24), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        self._label = label
        self._number = Words("—", Role.BIG_NUMBER)
        self._note = Words(" ", Role.HINT)
        self.aside = Words("", Role.HINT, ink="text3")
        first = QHBoxLayout()
        first.addWidget(Words(label, Role.HINT))
        first.addStretch(1)
        first.addWidget(self.aside)
        texts.addLayout(first)
        texts.addWidget(self._number)
        texts.addWidget(self._note)
        row.addLayout(texts, 1)
        self.body.addLayout(row)

    def say(self, number: str, note: str = "", *, urgent: bool = False) -> None:
        """Show a figure and its hint."""
        self._number.setText(number)
        self._note.say(note or " ", "danger" if urgent else "")
        self.setAccessibleName(f"{self._label} {number} {note}")


class FactTile(QFrame):
    """A measured value on a sunken tile: 血压 148/86 mmHg, with the line of its last values if given."""

    def __init__(self, label: str, icon: str = "") -> None:
        super().__init__()
        self.setProperty("surface", "tile")
        self._label, self._icon = label, icon
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(2)
        box.addWidget(Words(label, Role.HINT))
        row = QHBoxLayout()
        row.setSpacing(5)
        self._value = Words("—", Role.TILE_NUMBER)
        self._unit = Words("", Role.HINT)
        row.addWidget(self._value)
        row.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        box.addLayout(row)
        self._spark: tuple[float, ...] = ()
        self._tone: Tone | None = None

    def say(
        self, value: str, unit: str = "", tone: Tone | None = None, values: tuple[float, ...] = ()
    ) -> None:
        """Show a value; `tone` only when it says something, `values` oldest first."""
        self._value.say(value or "—", str(tone) if tone else "")
        self._unit.setText(unit)
        self._spark, self._tone = values, tone
        self.setAccessibleName(f"{self._label} {value} {unit}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._spark:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            room = self.rect().adjusted(self.width() - 68, 8, -10, -(self.height() - 30))
            draw_spark(painter, room.toRectF(), self._spark, f"{self._tone}.text" if self._tone else "chart1")
