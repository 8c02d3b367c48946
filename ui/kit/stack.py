"""Pages one above the other of which one shows; only that one counts for the room needed."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedLayout, QWidget


class StackLayout(QStackedLayout):
    """Qt's own asks for the height every page would like best at this width, and so makes lists overflow the window."""

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSize(self) -> QSize:
        page = self.currentWidget()
        return QSize() if page is None else page.minimumSizeHint().expandedTo(page.minimumSize())


class Stack(QWidget):
    """A stack of pages as a widget."""

    def __init__(self) -> None:
        super().__init__()
        self._pages = StackLayout(self)
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
