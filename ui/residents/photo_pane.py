"""The photo in a resident's form: chosen as a file or pasted, scaled before it is kept, taken out with a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.residents.service import NewPhoto
from ui.kit import Avatar, Button, Words
from ui.kit.faces import show_face
from ui.kit.pictures import as_jpeg, picture_of, read_picture
from ui.kit.view import View
from ui.kit.why_sheet import WhySheet
from ui.style import Role, Tone

PICTURES = "照片 (*.jpg *.jpeg *.png *.bmp *.webp);;所有文件 (*)"

_NOBODY = "照片"
"""Stands for the name until there is one."""


class PhotoPane(QWidget):
    """`change` is what the form's order takes along; None while the photo stays as it is."""

    changed = Signal()

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self._name, self._kept = "", ""
        self.change: NewPhoto | None = None
        self.avatar = Avatar(_NOBODY, Tone.NEUTRAL, 56)
        self.choose = Button("选择照片", "plain", icon="upload")
        self.paste = Button("粘贴", "plain", icon="copy")
        self.remove = Button("移除", "quiet")
        self.words = Words("", Role.HINT, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.choose, self.paste, self.remove):
            row.addWidget(button)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(self.avatar)
        box.addLayout(row)
        box.addWidget(self.words, 1)
        self.choose.clicked.connect(self.ask_file)
        self.paste.clicked.connect(self.take_clipboard)
        self.remove.clicked.connect(self.ask_remove)

    def show_person(self, name: str, photo: str) -> None:
        """Whose form it is, and the photo that is kept."""
        self._name, self._kept, self.change = name, photo, None
        self.avatar.show_person(name or _NOBODY, Tone.NEUTRAL)
        show_face(self._view, self.avatar, photo)
        self._say()

    def ask_file(self) -> None:
        """The file dialog; the window goes on living."""
        dialog = QFileDialog(self, "选择照片", "", PICTURES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    def take_file(self, path: str) -> None:
        """Read a picture file off the screen's thread."""
        self._view.errands.start("photo", lambda: self._take_file(path), replace=True)

    def take_clipboard(self) -> None:
        """Ctrl+Shift+V: the picture on the clipboard."""
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            self.words.say("剪贴板里没有图片。请先在别处复制照片，再按“粘贴”。", "danger")
            return
        self._view.errands.start("photo", lambda: self._take(image), replace=True)

    def ask_remove(self) -> None:
        """What was only just chosen goes without a word; what is kept, with a reason."""
        if self.change is not None and self.change.content:
            self.show_person(self._name, self._kept)
            self.changed.emit()
            return
        sheet = WhySheet(self, "移除照片", f"{self._name} 的照片不再显示，变更历史里会留下原因。", "移除")
        sheet.said.connect(self._removed)
        sheet.open()

    def _removed(self, why: str) -> None:
        self.change = NewPhoto(why=why)
        self.avatar.show_photo(None)
        self._say()
        self.changed.emit()

    async def _take_file(self, path: str) -> None:
        image = await self._view.bench.station.aside(read_picture, path)
        if image is None:
            self.words.say("这个文件不是能认出的图片，请换一张 JPEG 或 PNG。", "danger")
            return
        await self._take(image)

    async def _take(self, image: QImage) -> None:
        content = await self._view.bench.station.aside(as_jpeg, image)
        self.change = NewPhoto(content)
        self.avatar.setProperty("photo", "")  # the kept one that may still be on its way is not wanted
        self.avatar.show_photo(picture_of(content))
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        chosen = self.change is not None and bool(self.change.content)
        gone = self.change is not None and not self.change.content
        words = "可以没有照片。选一张脸部清楚的，自动缩小。"
        if chosen:
            words = "已选好，保存后生效。"
        elif gone:
            words = "照片将移除，保存后生效。"
        self.words.say(words)
        self.remove.setVisible(chosen or (bool(self._kept) and not gone))
        self.choose.say("换一张" if chosen or self._kept else "选择照片")
