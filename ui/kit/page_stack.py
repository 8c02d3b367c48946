"""The pages of a file under one another, drawn when they come into sight, as wide as the room allows or larger."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.kit.pages import PageSize
from ui.kit.paint import Painted
from ui.style import look

GAP = 16
WIDEST = 1000
HIGHEST = 20_000
"""Pixels of one page; whatever a file says of its size, a page stays one that can be shown."""
ZOOMS = (0.5, 0.7, 1.0, 1.4, 2.0, 3.0)

Draw = Callable[[int, float], None]
"""Asks for page `index` at so many dots per inch; the picture comes back through `Page.show_image`."""


class Page(Painted):
    """One page: white until its picture is there."""

    def __init__(self, number: int, size: PageSize) -> None:
        super().__init__()
        self.size_points = size
        self.image: QImage | None = None
        self.asked_width = 0
        self.setAccessibleName(f"第 {number} 页")

    def show_image(self, image: QImage) -> None:
        self.image = image
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def minimumSizeHint(self) -> QSize:
        return QSize(10, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self.image is not None:
            painter.drawImage(self.rect(), self.image)
        painter.setPen(look.colour("border2"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PageStack(QScrollArea):
    """Scrolls through the pages; asks `draw` for those in sight at the screen's own resolution."""

    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self._draw = draw
        self.zoom = 1.0
        self._inside = QWidget()
        self._inside.setProperty("scrollbody", "true")
        self.pages: list[Page] = []
        self.setWidget(self._inside)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("打印预览")
        self.verticalScrollBar().valueChanged.connect(self._ask)

    def show_pages(self, sizes: tuple[PageSize, ...]) -> None:
        """Replace what is shown by blank pages of these sizes."""
        for page in self.pages:
            page.hide()
            page.deleteLater()
        self.pages = [Page(number, size) for number, size in enumerate(sizes, 1)]
        for page in self.pages:
            page.setParent(self._inside)
            page.show()
        self.verticalScrollBar().setValue(0)
        self._lay_out()

    def zoom_by(self, step: int) -> None:
        """Larger or smaller, what is in the middle stays there; a page wider than the room goes sideways too."""
        place = max(0, min(ZOOMS.index(self.zoom) + step, len(ZOOMS) - 1))
        if ZOOMS[place] == self.zoom:
            return
        bar = self.verticalScrollBar()
        middle = (bar.value() + self.viewport().height() / 2) / max(1, self._inside.height())
        self.zoom = ZOOMS[place]
        shown = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if self.zoom > 1 else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setHorizontalScrollBarPolicy(shown)
        self._lay_out()
        bar.setValue(round(middle * self._inside.height() - self.viewport().height() / 2))
        across = self.horizontalScrollBar()
        across.setValue((across.minimum() + across.maximum()) // 2)

    @property
    def here(self) -> int:
        """The page in the middle of the room, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return max(0, sum(1 for page in self.pages if page.y() <= middle) - 1)

    def turn(self, step: int) -> None:
        """To the top of another page."""
        wanted = self.here + step
        if 0 <= wanted < len(self.pages):
            self.verticalScrollBar().setValue(self.pages[wanted].y() - GAP // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        room = self.viewport().width()
        width = round(max(200, min(WIDEST, room - 2 * GAP)) * self.zoom)
        broad = max(room, width + 2 * GAP)
        top = GAP
        for page in self.pages:
            height = min(HIGHEST, round(width * page.size_points.height / page.size_points.width))
            page.setGeometry(QRect((broad - width) // 2, top, width, height))
            top += height + GAP
        self._inside.resize(broad, top)
        self._ask()

    def _ask(self) -> None:
        seen = QRect(QPoint(0, self.verticalScrollBar().value()), self.viewport().size()).adjusted(
            0, -400, 0, 400
        )
        for index, page in enumerate(self.pages):
            wanted = round(page.width() * self.devicePixelRatioF())
            if page.geometry().intersects(seen) and page.asked_width != wanted:
                page.asked_width = wanted
                self._draw(index, wanted / page.size_points.width * 72)
