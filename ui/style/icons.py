"""Icons: Lucide drawings, recoloured by token and rendered at the ratio of the screen."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.core.resources import resource

STROKE = "1.75"
_RATIOS = (1.0, 1.25, 1.5, 2.0, 3.0)


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    path = resource("icons", f"{name}.svg")
    return path.read_text(encoding="utf-8").replace('stroke-width="2"', f'stroke-width="{STROKE}"')


@lru_cache(maxsize=1024)
def draw_pixmap(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    """The drawing `name` (file name without .svg) `size` px square in `colour` (#RRGGBB)."""
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


@lru_cache(maxsize=512)
def draw_icon(name: str, size: int, colour: str, disabled: str) -> QIcon:
    """The drawing as a QIcon, with its disabled colour, sharp at every usual ratio."""
    icon = QIcon()
    for ratio in _RATIOS:
        icon.addPixmap(draw_pixmap(name, size, colour, ratio), QIcon.Mode.Normal)
        icon.addPixmap(draw_pixmap(name, size, disabled, ratio), QIcon.Mode.Disabled)
    return icon


def forget_drawings() -> None:
    """Drop everything drawn: pixmaps must not outlive the application."""
    draw_icon.cache_clear()
    draw_pixmap.cache_clear()
