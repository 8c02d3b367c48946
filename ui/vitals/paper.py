"""A printed figure on the screen: the same strokes, dots and labels as on paper, on a white leaf in every theme."""

from __future__ import annotations

from functools import singledispatch
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from app.printing.sheet import MEASURE, Colour, Dot, Figure, Ink, Label, Stroke
from ui.kit.paint import Painted
from ui.style import look
from ui.style.type_scale import make_font

_EDGE = 24.0  # white round the figure, points
_WIDEST, _NARROWEST = 860, 480
_FINE = 10  # sizes of fonts are whole pixels: text is set ten times as large and scaled down
_WEIGHTS = {"heavy": 600}
_SIDES = {
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


class PaperLeaf(Painted):
    """As wide as its room allows, up to a readable size; as high as the figure then is."""

    def __init__(self) -> None:
        super().__init__()
        self._figure: Figure | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(_WIDEST)

    def show_figure(self, figure: Figure, words: str) -> None:
        """Show a page; `words` say what it is of."""
        self._figure = figure
        self.setAccessibleName(words)
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_NARROWEST, self.height_at(max(self.width(), _NARROWEST)))

    def height_at(self, width: int) -> int:
        """How high the leaf is at a width."""
        high = self._figure.height if self._figure else 100.0
        return round((high + 2 * _EDGE) * width / (MEASURE + 2 * _EDGE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self.height_at(max(self.width(), _NARROWEST)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        if self._figure is None:
            return
        scale = self.width() / (MEASURE + 2 * _EDGE)
        painter.scale(scale, scale)
        painter.translate(_EDGE, _EDGE)
        for shape in self._figure.shapes:
            _draw(shape, painter)


@singledispatch
def _draw(shape: object, _painter: QPainter) -> None:
    raise TypeError(shape)


@_draw.register
def _stroke(shape: Stroke, painter: QPainter) -> None:
    pen = QPen(_colour(shape.colour), shape.thick)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if shape.dashed:
        pen.setDashPattern([3 / shape.thick, 2 / shape.thick])
    painter.setPen(pen)
    points = [QPointF(x, y) for x, y in shape.points]
    painter.drawLines([point for pair in pairwise(points) for point in pair])


@_draw.register
def _dot(shape: Dot, painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen if shape.filled else QPen(_colour(shape.colour), 0.9))
    painter.setBrush(_colour(shape.colour) if shape.filled else QColor("white"))
    painter.drawEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)


@_draw.register
def _label(shape: Label, painter: QPainter) -> None:
    words = shape.words
    high = words.ink.size * words.ink.pitch
    side = _SIDES.get(words.align, Qt.AlignmentFlag.AlignLeft)
    room = QRectF(shape.left, shape.top - 2, shape.width, high + 4)
    if side == Qt.AlignmentFlag.AlignHCenter:
        room.adjust(-20, 0, 20, 0)
    elif side == Qt.AlignmentFlag.AlignLeft:
        room.setWidth(shape.width + 20)
    painter.save()
    painter.scale(1 / _FINE, 1 / _FINE)
    painter.setFont(_font(words.ink, words.text, shape.width))
    painter.setPen(_ink(words.ink))
    fine = QRectF(room.left() * _FINE, room.top() * _FINE, room.width() * _FINE, room.height() * _FINE)
    painter.drawText(fine, int(side | Qt.AlignmentFlag.AlignVCenter), words.text)
    painter.restore()


def _font(ink: Ink, text: str, width: float) -> QFont:
    """The screen's font at the paper's size, in tenths of a point; smaller where the words would not fit."""
    font = make_font(round(ink.size * _FINE), _WEIGHTS.get(ink.chain, 400))
    needed = QFontMetricsF(font).horizontalAdvance(text) / _FINE
    if needed > width:
        font.setPixelSize(max(round(ink.size * _FINE * width / needed), round(ink.floor * 0.7 * _FINE)))
    return font


def _ink(ink: Ink) -> QColor:
    return _colour(ink.rgb if ink.rgb is not None else (ink.gray, ink.gray, ink.gray))


def _colour(colour: Colour) -> QColor:
    return QColor.fromRgbF(*colour)
