"""Keeps the keys in what shows: Qt gives them to a hidden widget for the asking, and where they go is then nowhere.

Two ways lead there. A page that is left has an errand under way, and at its end puts the cursor into its own form.
What has the keys is hidden (a button whose act is done, a form drawn anew) and Qt moves on along the Tab order, which
may lead out of the page into the sidebar.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class FocusHome(QObject):
    """For a window that shows a page at a time. Looked at once a turn of the loop, when the focus has settled:
    a field may be given the keys just before its page is shown.
    """

    def __init__(self, owner: QWidget, page: Callable[[], QWidget | None]) -> None:
        super().__init__(owner)
        self._owner, self._page = owner, page
        self._last: QWidget | None = None
        """What last had the keys within the page; None once the person went out of it."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._look)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._heard)

    def _heard(self) -> None:
        """Takes no widget: the one that loses the focus may be going this very moment."""
        page, focused = self._page(), QApplication.focusWidget()
        if page is not None and focused is not None and focused.isVisible():
            if within(page, focused):
                self._last = focused
            elif self._last is not None and takes_keys(self._last):
                self._last = None
        self._soon.start()

    def _look(self) -> None:
        page = self._page()
        if page is None or not page.isVisible() or not self._owner.isActiveWindow():
            return
        if QApplication.activePopupWidget() is not None or QApplication.activeModalWidget() is not None:
            return
        focused, last = QApplication.focusWidget(), self._last
        lost = focused is None or not focused.isVisible()
        strayed = focused is not None and not within(page, focused) and last is not None
        if lost or strayed:
            there = last is not None and takes_keys(last) and within(page, last)
            (last if there and last is not None else page).setFocus()


def within(page: QWidget, widget: QWidget) -> bool:
    """Whether it is the page or stands in it."""
    return widget is page or page.isAncestorOf(widget)


def takes_keys(widget: QWidget) -> bool:
    """Whether a key pressed there comes to somebody."""
    alive = bool(isValid(widget))  # type: ignore[no-untyped-call]  # shiboken ships no types
    return alive and widget.isVisible() and widget.isEnabled()
