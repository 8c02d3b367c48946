"""The views of a signed-in person: each made when first gone to, one shown at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.core.errors import Refusal
from ui.kit.view import Bench, View, born_in
from ui.places.place import Place
from ui.style import look


class _Column(QVBoxLayout):
    """Asks for the least height at a width, not the one a view would like best: a view with a list fits the window."""

    _measuring = False

    def heightForWidth(self, width: int) -> int:
        if self._measuring:  # Qt's own measure of the least height asks here for the likeable one first
            return super().heightForWidth(width)
        self._measuring = True
        try:
            return super().minimumHeightForWidth(width)
        finally:
            self._measuring = False


class Pages(QScrollArea):
    """Only the view that shows counts for the room needed; what cannot be as low as the window scrolls."""

    shown = Signal(str)
    """Key of the place now shown."""
    titled = Signal(object)
    """tuple[Crumb, ...] of the view now shown."""

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self._inside.setProperty("scrollbody", "true")
        self.body = _Column(self._inside)
        self.body.setContentsMargins(24, 20, 24, 20)
        self.setWidget(self._inside)
        self._places = {place.key: place for place in places}
        self._views: dict[str, View] = {}
        self.key = ""

    @property
    def view(self) -> View | None:
        """The view now shown."""
        return self._views.get(self.key)

    @property
    def made(self) -> tuple[View, ...]:
        return tuple(self._views.values())

    def go(self, bench: Bench, key: str, params: Mapping[str, Any]) -> None:
        """Show a place; refuses one the person may not see."""
        place = self._places.get(key)
        if place is None:
            raise KeyError(f"no place is called {key}")
        if place.right is not None and not place.open_to(bench.actor):
            raise Refusal(f"您没有“{place.right.value}”的权限。")
        if key not in self._views:
            self._make(bench, place)
        before, self.key = self.view, key
        if before is not None and before is not self.view:
            before.hide()
        view = self._views[key]
        view.show()
        self.shown.emit(key)
        self.titled.emit(view.crumbs)
        view.opened(params)
        focused = QApplication.focusWidget()
        if focused is None or not view.isAncestorOf(focused):
            view.setFocus()

    def _make(self, bench: Bench, place: Place) -> None:
        with born_in(self._inside):
            view = place.make(bench)
        view.titled.connect(lambda path: self.titled.emit(path) if view is self.view else None)
        self._views[place.key] = view
        self.body.addWidget(view)

    def minimumSizeHint(self) -> QSize:
        inside = self.widget()
        return QSize(inside.minimumSizeHint().width() if inside else 0, look.sp(80))

    def close_all(self) -> None:
        """Another person comes: nothing of this one stays."""
        for view in self._views.values():
            view.errands.close()
            view.deleteLater()
        self._views.clear()
        self.key = ""
