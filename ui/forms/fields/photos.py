"""Photos: added from files or pasted, scaled to what the file keeps, shown as thumbnails."""

from __future__ import annotations

import base64

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget

from app.core.form import Field, Value
from ui.kit import Button, IconButton, Painted, Words
from ui.kit.flow import Flow
from ui.kit.paint import draw_sign
from ui.style import Role, look

SIDE, BYTES = 1024, 300_000
"""Longest side in pixels and size in bytes of what is kept."""
NEW = "data:image/jpeg;base64,"
FILES = "图片 (*.jpg *.jpeg *.png *.bmp *.webp *.heic);;所有文件 (*)"
_THUMB = 96
_QUALITIES = (88, 80, 70, 60, 45, 30)


class Thumb(Painted):
    """One photo, small; a grey tile while it is not there."""

    removed = Signal()

    def __init__(self, words: str, size: int = _THUMB, *, removable: bool = True) -> None:
        super().__init__()
        self._size = size
        self._pixmap: QPixmap | None = None
        self.setAccessibleName(words)
        if removable:
            away = IconButton("x", "去掉这张照片", size=26)
            away.setParent(self)
            away.move(look.sp(size) - 28, 2)
            away.clicked.connect(self.removed)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(self._size), look.sp(self._size))

    def show_image(self, image: QImage) -> None:
        """The photo came."""
        side = round(look.sp(self._size) * self.devicePixelRatioF())
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self._pixmap = QPixmap.fromImage(image.scaled(side, side, keep, smooth))
        self._pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("sunken"))
        painter.drawRoundedRect(self.rect(), 8, 8)
        if self._pixmap is None:
            room = self.rect().adjusted((self.width() - look.sp(24)) // 2, 0, 0, 0)
            draw_sign(painter, room, "camera", 24, "text3")
            return
        size = self._pixmap.deviceIndependentSize()
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        painter.drawPixmap(round(left), round(top), self._pixmap)


class PhotosInput(QWidget):
    """The value is the photos in order: names of kept ones, `data:` texts of new ones."""

    edited = Signal()
    left = Signal()
    wanted = Signal(str)
    """The bytes of a kept photo are needed: `show_photo` answers."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.setAccessibleName(field.label)
        self._photos: tuple[str, ...] = ()
        self._thumbs: dict[str, Thumb] = {}
        self._row = Flow()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        self.add = Button("添加照片", "plain", icon="camera")
        self.add.setToolTip("也可以粘贴（Ctrl+V）")
        self.add.clicked.connect(self.ask)
        self._said = Words("", Role.HINT, wrap=True)
        whole.addLayout(self._row)
        whole.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self._said)
        self._said.hide()

    def value(self) -> Value:
        return self._photos

    def set_value(self, value: Value) -> None:
        self._show(value if isinstance(value, tuple) else ())

    def focus_part(self) -> QWidget:
        return self.add

    def ask(self) -> None:
        """Open the file dialog; the window goes on living."""
        dialog = QFileDialog(self, "添加照片", "", FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.add_files)
        dialog.open()

    def add_files(self, paths: list[str]) -> None:
        """Several at once."""
        for path in paths:
            self.add_file(path)

    def add_file(self, path: str) -> None:
        """A picture file, turned as the camera was held."""
        reader = QImageReader(path)
        reader.setAutoTransform(True)
        reader.setDecideFormatFromContent(True)
        self.add_image(reader.read())

    def add_image(self, image: QImage) -> None:
        """One more photo; what is no picture, or one too many, is answered with a sentence."""
        if image.isNull():
            self._tell("这个文件不是能读的图片。")
        elif self.field.most and len(self._photos) >= self.field.most:
            self._tell(f"最多 {self.field.most} 张照片。")
        else:
            self._tell("")
            self._show((*self._photos, NEW + base64.b64encode(as_jpeg(image)).decode("ascii")))
            self.edited.emit()

    def show_photo(self, name: str, content: bytes) -> None:
        """The bytes of a kept photo."""
        if name in self._thumbs:
            self._thumbs[name].show_image(QImage.fromData(content))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        image = QApplication.clipboard().image()
        if event.key() == Qt.Key.Key_V and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not image.isNull():
                self.add_image(image)
            return
        super().keyPressEvent(event)

    def _tell(self, text: str) -> None:
        self._said.say(text, "danger" if text else "")
        self._said.setVisible(bool(text))

    def _show(self, photos: tuple[str, ...]) -> None:
        self._photos = photos
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._thumbs = {}
        for number, photo in enumerate(photos, 1):
            thumb = Thumb(f"照片 {number}")
            thumb.removed.connect(lambda photo=photo: self._remove(photo))
            self._thumbs[photo] = thumb
            self._row.addWidget(thumb)
            if photo.startswith(NEW):
                thumb.show_image(QImage.fromData(base64.b64decode(photo.removeprefix(NEW))))
            else:
                self.wanted.emit(photo)
        self.updateGeometry()

    def _remove(self, photo: str) -> None:
        self._show(tuple(one for one in self._photos if one != photo))
        self.edited.emit()


def as_jpeg(image: QImage) -> bytes:
    """At most 1,024 px and 300 kB, on white."""
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    if max(image.width(), image.height()) > SIDE:
        image = image.scaled(SIDE, SIDE, keep, smooth)
    plain = QImage(image.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    painter = QPainter(plain)
    painter.drawImage(0, 0, image)
    painter.end()
    for quality in _QUALITIES:
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        plain.save(buffer, "JPG", quality)  # type: ignore[call-overload]  # the stubs want bytes, Qt takes text
        if content.size() <= BYTES:
            break
    return bytes(content.data())


def make(field: Field) -> PhotosInput:
    return PhotosInput(field)
