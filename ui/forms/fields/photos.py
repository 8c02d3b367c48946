"""Photos, and PDFs where a field takes them: added from files or pasted, shown as thumbnails that open."""

from __future__ import annotations

import base64
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QImageReader,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget

from app.core.blobs import MOST_FILE, NEW_PHOTO, PDF, media_of
from app.core.form import Field, Value
from ui.kit import Button, IconButton, Painted, Words
from ui.kit.flow import Flow
from ui.kit.paint import Script, draw_sign, draw_words
from ui.kit.words import size_words
from ui.style import Role, look

SIDE, BYTES = 1024, 300_000
"""Longest side in pixels and size in bytes of what is kept."""
NEW = "data:image/jpeg;base64,"
NEW_PDF = "data:application/pdf;base64,"
FILES = "图片 (*.jpg *.jpeg *.png *.bmp *.webp *.heic);;所有文件 (*)"
WITH_PDF = "图片与 PDF (*.pdf *.jpg *.jpeg *.png *.bmp *.webp *.heic);;所有文件 (*)"
_THUMB = 96
_QUALITIES = (88, 80, 70, 60, 45, 30)


class Thumb(Painted):
    """One photo or PDF, small; a grey tile while it is not there. `chosen` by a click or Enter, where it can open."""

    removed = Signal()
    chosen = Signal()

    def __init__(
        self, words: str, size: int = _THUMB, *, removable: bool = True, opens: bool = False
    ) -> None:
        super().__init__()
        self._size, self._opens = size, opens
        self._icon, self._under = "camera", ""
        if opens:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
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

    def show_pdf(self, size: int) -> None:
        """It is a document, so many bytes large."""
        self._icon, self._under = "file-text", f"PDF {size_words(size)}"
        self.setAccessibleDescription(self._under)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._opens and event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.chosen.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._opens and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("sunken"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        if self._pixmap is None:
            up = look.sp(9) if self._under else 0
            room = self.rect().adjusted((self.width() - look.sp(24)) // 2, -up, 0, -up)
            draw_sign(painter, room, self._icon, 24, "text3")
            foot = self.rect().adjusted(0, self.height() - look.sp(34), 0, -look.sp(8))
            draw_words(painter, foot, self._under, Script(Role.SMALL, "text2", Qt.AlignmentFlag.AlignHCenter))
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
    opened = Signal(str)
    """Somebody wants to read one: its name, or its `data:` text."""

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
        self.add = Button("添加照片或 PDF" if field.pdf else "添加照片", "plain", icon="camera")
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
        dialog = QFileDialog(self, self.add.text().strip(), "", WITH_PDF if self.field.pdf else FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.add_files)
        dialog.open()

    def add_files(self, paths: list[str]) -> None:
        """Several at once."""
        for path in paths:
            self.add_file(path)

    def add_file(self, path: str) -> None:
        """A picture file, turned as the camera was held; a PDF as it is."""
        if self.field.pdf and self._add_pdf(path):
            return
        reader = QImageReader(path)
        reader.setAutoTransform(True)
        reader.setDecideFormatFromContent(True)
        self.add_image(reader.read())

    def add_image(self, image: QImage) -> None:
        """One more photo; what is no picture, or one too many, is answered with a sentence."""
        if image.isNull():
            what = "图片或 PDF" if self.field.pdf else "图片"
            self._tell(f"这个文件不是能读的{what}。")
        elif self._room_left():
            self._tell("")
            self._show((*self._photos, NEW + base64.b64encode(as_jpeg(image)).decode("ascii")))
            self.edited.emit()

    def _room_left(self) -> bool:
        """Whether one more may be added; else it is said."""
        if self.field.most and len(self._photos) >= self.field.most:
            self._tell(f"最多 {self.field.most} {'份' if self.field.pdf else '张照片'}。")
            return False
        return True

    def _add_pdf(self, path: str) -> bool:
        """Whether the file is a PDF; it is then added, or refused here with a sentence."""
        try:
            with Path(path).open("rb") as file:
                begin = file.read(8)
                if media_of(begin) != PDF:
                    return False
                content = begin + file.read(MOST_FILE)
        except OSError:
            self._tell("这个文件读不出来。")
            return True
        if len(content) > MOST_FILE:
            self._tell(f"PDF 文件太大，最多 {MOST_FILE // 1_000_000} MB。可以分成几份，或扫描得淡一些。")
        elif self._room_left():
            self._tell("")
            self._show((*self._photos, NEW_PDF + base64.b64encode(content).decode("ascii")))
            self.edited.emit()
        return True

    def show_photo(self, name: str, content: bytes) -> None:
        """The bytes of a kept photo."""
        if name in self._thumbs:
            _draw(self._thumbs[name], content)

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
            thumb = Thumb(f"{'材料' if self.field.pdf else '照片'} {number}", opens=self.field.pdf)
            thumb.chosen.connect(lambda photo=photo: self.opened.emit(photo))
            thumb.removed.connect(lambda photo=photo: self._remove(photo))
            self._thumbs[photo] = thumb
            self._row.addWidget(thumb)
            if photo.startswith(NEW_PHOTO):
                _draw(thumb, base64.b64decode(photo.partition(",")[2]))
            else:
                self.wanted.emit(photo)
        self.updateGeometry()

    def _remove(self, photo: str) -> None:
        self._show(tuple(one for one in self._photos if one != photo))
        self.edited.emit()


def _draw(thumb: Thumb, content: bytes) -> None:
    if media_of(content) == PDF:
        thumb.show_pdf(len(content))
    else:
        thumb.show_image(QImage.fromData(content))


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
