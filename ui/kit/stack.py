"""Pages one above the other of which one shows; only that one counts for the room needed."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedLayout, QWidget


class StackLayout(QStackedLayout):
    """Qt's own asks for the height every page would like best at this width, and so makes lists overflow the window."""

    least = False
    """Whether a page that breaks into more lines asks for the least height it needs, not for the one it would like:
    Qt's column takes the liked height for a minimum, and squeezes what stands above."""

    def hasHeightForWidth(self) -> bool:
        page = self.currentWidget()
        return page is not None and page.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        page = self.currentWidget()
        if page is None:
            return -1
        return self.minimumHeightForWidth(width) if self.least else page.heightForWidth(width)

    def minimumHeightForWidth(self, width: int) -> int:
        page = self.currentWidget()
        inside = page.layout() if page is not None else None
        if inside is not None:
            return inside.totalMinimumHeightForWidth(width)
        return -1 if page is None else page.heightForWidth(width)

    def minimumSize(self) -> QSize:
        page = self.currentWidget()
        return QSize() if page is None else page.minimumSizeHint().expandedTo(page.minimumSize())


class Stack(QWidget):
    """A stack of pages as a widget."""

    def __init__(self, *, least: bool = False) -> None:
        """`least`: as `StackLayout.least`, for pages that fill what room there is."""
        super().__init__()
        self._pages = StackLayout(self)
        self._pages.least = least
        self._pages.setContentsMargins(0, 0, 0, 0)
        # Qt measures a layout once; another page is another measure
        self._pages.currentChanged.connect(self._pages.invalidate)

    def add(self, page: QWidget) -> None:
        """Put a page under the others; the first one shows at once."""
        self._pages.addWidget(page)

    def remove(self, page: QWidget) -> None:
        """Take a page out; its owner lets it go."""
        self._pages.removeWidget(page)

    def show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)

    def show_place(self, place: int) -> None:
        """As `show_page`, by the order in which pages were added."""
        self._pages.setCurrentIndex(place)

    @property
    def current(self) -> QWidget | None:
        return self._pages.currentWidget()
