"""Frosted glass: what stood on the screen, so coarse that nothing on it can be read."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui.style import look

COARSE = QSize(60, 38)
"""Pixels that are kept of a whole window: a name is less than one of them high."""


def frosted(picture: QPixmap) -> QImage:
    """The picture in 60 x 38 pixels; nothing finer is kept anywhere."""
    smooth = Qt.TransformationMode.SmoothTransformation
    coarse = picture.toImage().scaled(COARSE, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    coarse.setDevicePixelRatio(1.0)  # a screen at 150 % says so in its picture, and would be drawn too small
    return coarse


class Frost(QWidget):
    """Paints the coarse picture large and soft behind whatever stands on it."""

    def __init__(self) -> None:
        super().__init__()
        self._coarse = QImage()
        self._soft = QPixmap()

    @property
    def coarse(self) -> QImage:
        """What is kept of the screen."""
        return self._coarse

    def cover(self, picture: QPixmap) -> None:
        """Keep this picture's colours, and nothing else of it."""
        self._coarse = frosted(picture)
        self._soft = QPixmap()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("bg"))
        if self._coarse.isNull():
            return
        if self._soft.size() != self.size():
            self._soft = QPixmap.fromImage(_softened(self._coarse, self.size()))
        painter.setOpacity(0.45)
        painter.drawPixmap(0, 0, self._soft)


def _softened(coarse: QImage, size: QSize) -> QImage:
    """Enlarged step by step, which blurs the squares into each other."""
    image = coarse
    while image.width() < size.width() / 2:
        image = image.scaled(
            image.size() * 2,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
