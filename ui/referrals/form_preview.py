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
_INSET = 10


class PageBoard(Painted):
    """One page on a tint, as wide as the room. `wanted` when its picture is needed in another size."""

    wanted = Signal()
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.size_points = A4
        self._image: QImage | None = None
        self._words = ""
        self._down = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("将要打印的页")

    def sizeHint(self) -> QSize:
        return QSize(look.sp(240), look.sp(160))

    def show_page(self, size: PageSize, image: QImage | None) -> None:
        """A page; blank until its picture is there."""
        self.size_points, self._image, self._words = size, image, ""
        self._scroll(0)

    def to_top(self) -> None:
        """Another page begins at its top."""
        self._down = 0

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
        """Down the page, then on to the next one."""
        step = event.angleDelta().y()
        before = self._down
        self._scroll(-step)
        if before == self._down and step:
            self.turned.emit(-1 if step > 0 else 1)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("border"))
        painter.drawRoundedRect(self.rect(), 10, 10)
        inset = look.sp(_INSET)
        painter.setClipRect(self.rect().adjusted(inset, inset, -inset, -inset))
        room = self._room()
        if self._words:
            painter.fillRect(room, look.colour("surface"))
            centre = Qt.AlignmentFlag.AlignHCenter
            inside = self.rect().adjusted(inset + 8, inset, -inset - 8, -inset)
            draw_words(painter, inside, self._words, Script(Role.HINT, "text2", centre))
            return
        painter.fillRect(room, Qt.GlobalColor.white)
        if self._image is not None:
            painter.drawImage(room, self._image)

    def _scroll(self, step: int) -> None:
        most = max(0, round(self._room().height()) + 2 * look.sp(_INSET) - self.height())
        self._down = max(0, min(self._down + step, most))
        self.update()

    def _room(self) -> QRectF:
        """The page as wide as the board: words are to be read, what is below comes by the wheel."""
        inset = look.sp(_INSET)
        wide = max(10.0, self.width() - 2.0 * inset)
        high = wide * self.size_points.height / self.size_points.width
        return QRectF(inset, inset - self._down, wide, high)


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
            self.board.to_top()
            self._say()
            self.paged.emit()

    def _say(self) -> None:
        self._words.setText(f"第 {self.page + 1} 页，共 {self.count} 页" if self.count else "")
        self._before.setEnabled(self.page > 0)
        self._after.setEnabled(self.page < self.count - 1)
