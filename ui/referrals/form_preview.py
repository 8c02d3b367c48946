"""将要打印: the pages of the pack as they will leave the printer, drawn in the background while one types."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.kit import IconButton, Painted, Words
from ui.kit.pages import PageSize
from ui.kit.paint import Script, draw_words
from ui.style import Role, look

A4 = PageSize(595.3, 841.9)


class PageBoard(Painted):
    """One page, whole in the room there is, on a tint. `wanted` when its picture is needed in another size."""

    wanted = Signal()
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.size_points = A4
        self._image: QImage | None = None
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("将要打印的页")

    def sizeHint(self) -> QSize:
        return QSize(look.sp(380), look.sp(460))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(240), look.sp(220))

    def show_page(self, size: PageSize, image: QImage | None) -> None:
        """A page; blank until its picture is there."""
        self.size_points, self._image, self._words = size, image, ""
        self.update()

    def say(self, words: str) -> None:
        """Instead of a page: why there is none."""
        self._image, self._words = None, words
        self.setAccessibleDescription(words)
        self.update()

    @property
    def words(self) -> str:
        return self._words

    @property
    def image(self) -> QImage | None:
        return self._image

    def dots_per_inch(self) -> float:
        """What the room asks for at the screen's own resolution."""
        return self._room().width() * self.devicePixelRatioF() / self.size_points.width * 72

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size() != event.oldSize():
            self.wanted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if step := event.angleDelta().y():
            self.turned.emit(-1 if step > 0 else 1)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("border"))
        painter.drawRoundedRect(self.rect(), 10, 10)
        room = self._room()
        painter.fillRect(room, Qt.GlobalColor.white)
        if self._image is not None:
            painter.drawImage(room, self._image)
        elif self._words:
            painter.fillRect(room, look.colour("surface"))
            centre = Qt.AlignmentFlag.AlignHCenter
            draw_words(painter, room.toRect(), self._words, Script(Role.HINT, "text2", centre))

    def _room(self) -> QRectF:
        inset = look.sp(12)
        wide, high = self.width() - 2.0 * inset, self.height() - 2.0 * inset
        ratio = self.size_points.width / self.size_points.height
        page = min(wide, high * ratio)
        return QRectF((self.width() - page) / 2, (self.height() - page / ratio) / 2, page, page / ratio)


class PreviewPane(QWidget):
    """The board under its head: title, ‹ 第 1 页，共 9 页 ›. `paged` when another page is wanted."""

    paged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.page, self.count = 0, 0
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(8)
        box.addLayout(head)
        head.addWidget(Words("将要打印", Role.CARD_TITLE))
        head.addStretch(1)
        self._before = IconButton("chevron-left", "前一页（Alt+PgUp）", size=34, framed=True)
        self._after = IconButton("chevron-right", "后一页（Alt+PgDown）", size=34, framed=True)
        self._words = Words("", Role.HINT)
        for piece in (self._before, self._words, self._after):
            head.addWidget(piece)
        for button in (self._before, self._after):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.board = PageBoard()
        box.addWidget(self.board, 1)
        self._before.clicked.connect(lambda: self.turn(-1))
        self._after.clicked.connect(lambda: self.turn(1))
        self.board.turned.connect(self.turn)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """So many pages there are now; the one that shows stays where it is among them."""
        self.count = count
        self.page = max(0, min(self.page, count - 1))
        self._say()

    def turn(self, step: int) -> None:
        """A page on or back."""
        wanted = max(0, min(self.page + step, self.count - 1))
        if wanted != self.page:
            self.page = wanted
            self._say()
            self.paged.emit()

    def _say(self) -> None:
        self._words.setText(f"第 {self.page + 1} 页，共 {self.count} 页" if self.count else "")
        self._before.setEnabled(self.page > 0)
        self._after.setEnabled(self.page < self.count - 1)
