"""The bulletin: news of every commit, brought from the writer's thread to the screens that show what changed.

A view subscribes with the kinds it shows. Visible, it refreshes at once (several commits in one turn of the loop
make one refresh); hidden, it only remembers that it is stale and refreshes when it is shown again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.core.changes import Changes

Refresh = Callable[[Changes], None]


class TellsNews(Protocol):
    """The part of the desk that tells news."""

    def listen(self, listener: Callable[[Changes], None]) -> Callable[[], None]: ...


class Subscription(QObject):
    """One view's subscription: lives as long as the view."""

    def __init__(self, view: QWidget, kinds: frozenset[str], refresh: Refresh) -> None:
        super().__init__(view)
        self._view, self._kinds, self._refresh = view, kinds, refresh
        self._waiting = Changes()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)
        view.installEventFilter(self)

    @property
    def stale(self) -> bool:
        """Whether something changed that the view has not shown yet."""
        return bool(self._waiting)

    def hear(self, changes: Changes) -> None:
        """Take note of news; on the screen's thread."""
        if not changes.touches(*self._kinds):
            return
        self._waiting = self._waiting | changes
        if self._view.isVisible():
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._waiting:
            self._timer.start()
        return False

    def _turn(self) -> None:
        if not self._waiting or not self._view.isVisible():
            return
        waiting, self._waiting = self._waiting, Changes()
        self._refresh(waiting)


class Bulletin(QObject):
    """One for the signed-in window. `close()` it before the desk goes."""

    news = Signal(object)

    def __init__(self, desk: TellsNews, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._subscriptions: list[Subscription] = []
        # `news` is emitted on the writer's thread; Qt queues it to this object's
        self.news.connect(self._spread, Qt.ConnectionType.QueuedConnection)
        self._stop = desk.listen(self.news.emit)

    def subscribe(self, view: QWidget, kinds: frozenset[str] | set[str], refresh: Refresh) -> Subscription:
        """Have `refresh(changes)` called when one of `kinds` changed and the view is on screen."""
        subscription = Subscription(view, frozenset(kinds), refresh)
        self._subscriptions.append(subscription)
        subscription.destroyed.connect(lambda *_: self._forget(subscription))
        return subscription

    def close(self) -> None:
        """Stop listening."""
        self._stop()

    def _spread(self, changes: object) -> None:
        if not isinstance(changes, Changes):
            return
        for subscription in list(self._subscriptions):
            subscription.hear(changes)

    def _forget(self, subscription: Subscription) -> None:
        if subscription in self._subscriptions:
            self._subscriptions.remove(subscription)
