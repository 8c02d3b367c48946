"""Scores: the 270° ring, the bars of the parts, the scale of levels."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.paint import Painted, Script, draw_words, metrics
from ui.kit.words import Words
from ui.style import Role, Tone, look

_STROKE = 14
_START, _SPAN = 225, 270


class ScoreRing(Painted):
    """A ring open at the bottom: how far, the large words inside, a small line under them.

    Until all is answered it shows progress in the brand colour; the tone comes with the last answer.
    """

    def __init__(self, size: int = 176) -> None:
        super().__init__()
        self._size = size
        self._part, self._big, self._small = 0.0, "—", ""
        self._tone: Tone | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, part: float, big: str, small: str, tone: Tone | None = None) -> None:
        """`part` of the ring (0 to 1), the words inside and under."""
        self._part, self._big, self._small, self._tone = min(1.0, max(0.0, part)), big, small, tone
        self.setAccessibleName(f"{big} {small}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(self._size), look.sp(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(_STROKE / 2, _STROKE / 2, -_STROKE / 2, -_STROKE / 2)
        pen = QPen(look.colour("sunken"), _STROKE)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(room, _START * 16, -_SPAN * 16)
        if self._part > 0:
            pen.setColor(look.colour(f"{self._tone}.solid" if self._tone else "chart1"))
            painter.setPen(pen)
            painter.drawArc(room, _START * 16, -round(_SPAN * 16 * self._part))
        centre = Qt.AlignmentFlag.AlignHCenter
        height = self.height()
        role = (
            Role.SCORE
            if metrics(Role.SCORE).horizontalAdvance(self._big) < self.width() * 0.7
            else Role.BIG_NUMBER
        )
        big = QRect(0, round(height * 0.26), self.width(), round(height * 0.40))
        draw_words(painter, big, self._big, Script(role, "text", centre))
        small = QRect(0, round(height * 0.74), self.width(), look.sp(22))
        draw_words(painter, small, self._small, Script(Role.HINT, "text3", centre))


class _Bar(Painted):
    def __init__(self) -> None:
        super().__init__()
        self.part, self.ink = 0.0, "chart1"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(80, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("sunken"))
        painter.drawRoundedRect(self.rect(), 4, 4)
        if self.part > 0:
            painter.setBrush(look.colour(self.ink))
            painter.drawRoundedRect(QRectF(0, 0, max(8.0, self.width() * self.part), 8), 4, 4)


class SubBar(QWidget):
    """One part of a score: its name, so many of so many, a bar."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        row = QHBoxLayout()
        self._words = Words("—")
        row.addWidget(Words(label, ink="text2"))
        row.addStretch(1)
        row.addWidget(self._words)
        self._bar = _Bar()
        box.addLayout(row)
        box.addWidget(self._bar)

    def say(self, score: float, most: float, tone: Tone | None = None, words: str = "") -> None:
        """Show a sub-score; `words` where it is not so many of so many."""
        said = words or f"{score:g} / {most:g}"
        self._words.setText(said)
        self._bar.part = score / most if most else 0.0
        self._bar.ink = f"{tone}.solid" if tone else "chart1"
        self._bar.update()
        self.setAccessibleName(f"{self._label} {said}")


@dataclass(frozen=True)
class Band:
    """One level of a scale: from `low` points upwards."""

    label: str
    low: int
    tone: Tone


class LevelScale(Painted):
    """All levels of an instrument side by side by their share of the points, the reached one marked."""

    def __init__(self, bands: tuple[Band, ...], most: int) -> None:
        super().__init__()
        self._bands = tuple(sorted(bands, key=lambda band: band.low))
        self._most = most
        self._score: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, score: int | None) -> None:
        """Mark a score; None marks nothing."""
        self._score = score
        self.setAccessibleName("" if score is None else f"{score} 分 {self.band_at(score).label}")
        self.update()

    def band_at(self, score: int) -> Band:
        """The level a score falls into by points alone."""
        return [band for band in self._bands if band.low <= score][-1]

    def sizeHint(self) -> QSize:
        return QSize(look.sp(240), look.sp(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = self.width() / (self._most + 1)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, band in enumerate(self._bands):
            end = self._bands[place + 1].low if place + 1 < len(self._bands) else self._most + 1
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(f"{band.tone}.solid"))
            painter.drawRoundedRect(
                QRectF(band.low * unit, 10, max(4.0, (end - band.low) * unit - 2), 8), 3, 3
            )
            room = QRect(
                min(round(band.low * unit), self.width() - look.sp(24)), 18, look.sp(24), look.sp(14)
            )
            side = Qt.AlignmentFlag.AlignRight if end > self._most and place else Qt.AlignmentFlag.AlignLeft
            draw_words(painter, room, str(band.low), Script(Role.SMALL, "text3", side))
        if self._score is not None:
            x = (self._score + 0.5) * unit
            painter.setPen(QPen(look.colour("surface"), 2))
            painter.setBrush(look.colour("text"))
            painter.drawEllipse(QRectF(x - 7, 7, 14, 14))
