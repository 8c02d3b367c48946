"""Pictures as the station keeps them: the right way up, no larger than it needs, JPEG; and a round one to be shown."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter, QPainterPath, QPixmap

SIDE, BYTES = 640, 300_000
"""Longest side in pixels and size in bytes of a kept picture."""
_QUALITIES = (88, 80, 70, 60, 45, 30)


def read_picture(path: str) -> QImage | None:
    """A picture file, turned as the camera was held; None where it is none. Off the screen's thread."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > 4 * SIDE:
        reader.setScaledSize(size.scaled(4 * SIDE, 4 * SIDE, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


def as_jpeg(image: QImage) -> bytes:
    """Scaled to at most 640 px, on white, as a JPEG of at most 300 kB. Off the screen's thread."""
    whole = QSize(SIDE, SIDE)
    if max(image.width(), image.height()) > SIDE:
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(whole, keep, smooth)
    plain = QImage(image.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)  # JPEG has no transparency
    painter = QPainter(plain)
    painter.drawImage(0, 0, image)
    painter.end()
    for quality in _QUALITIES:
        written = _written(plain, quality)
        if len(written) <= BYTES:
            break
    return written


def picture_of(content: bytes) -> QImage | None:
    """Kept bytes as a picture; None where they are none."""
    image = QImage.fromData(content)
    return None if image.isNull() else image


def draw_round(painter: QPainter, rect: QRect, image: QImage) -> None:
    """The middle of a picture in a circle, at the device's own resolution."""
    ratio = painter.device().devicePixelRatioF()
    side = round(rect.width() * ratio)
    filled = image.scaled(
        side,
        side,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    # heads are in the upper part of a portrait
    top = max(0, (filled.height() - side) // 4)
    cut = filled.copy((filled.width() - side) // 2, top, side, side)
    pixmap = QPixmap.fromImage(cut)
    pixmap.setDevicePixelRatio(ratio)
    path = QPainterPath()
    path.addEllipse(rect)
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(path)
    painter.drawPixmap(rect.topLeft(), pixmap)
    painter.restore()


def _written(image: QImage, quality: int) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(quality)
    writer.write(image)
    buffer.close()
    return bytes(content.data())
