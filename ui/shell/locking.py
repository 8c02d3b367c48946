"""Locks the screen when nobody is there or somebody asks, and brings back exactly what stood on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from app.access import doorplate
from app.access.queries import DraftCount
from app.core.clock import local
from app.core.errors import Refusal, Trouble
from ui.kit.errands import Errands, errand, latest
from ui.kit.sheet import Veil
from ui.shell.idle import IdleWatch
from ui.shell.lock import LockPage
from ui.shell.no_desk import NoDesk

if TYPE_CHECKING:
    from app.compose import Station
    from ui.shell.frame import Frame
    from ui.shell.presence import Presence
    from ui.shell.window import Window


class Locking(QObject):
    """For one frame. The frame is hidden while locked, so no view refreshes and nothing shows through."""

    def __init__(self, window: Window, presence: Presence, station: Station, frame: Frame) -> None:
        super().__init__(frame)
        self.page: LockPage | None = None
        self._window, self._presence = window, presence
        self._station, self._frame = station, frame
        self._focus: QWidget | None = None
        self._sheets: list[QWidget] = []
        self.errands = Errands(NoDesk(), frame)
        self.watch = IdleWatch(window.start.clock, self._limit, self)
        self.watch.idle.connect(lambda: self.lock(by_itself=True))
        frame.lock_asked.connect(self.lock)
        self.watch.start()

    def lock(self, *, by_itself: bool = False) -> None:
        """Cover the work. Open sheets and menus are put away and come back with it."""
        if self.page is not None:
            return
        self.watch.stop()
        self._focus = QApplication.focusWidget()
        if (menu := QApplication.activePopupWidget()) is not None:
            menu.close()
        picture = self._window.grab()
        over: list[QWidget] = [*self._window.findChildren(QDialog), *self._window.findChildren(Veil)]
        self._sheets = [piece for piece in over if piece.isVisible()]
        for piece in self._sheets:
            piece.hide()
        self._show_page(self._why(by_itself=by_itself), picture)

    def release(self) -> None:
        """Bring back the work: the same view, the same sheet, the cursor where it was."""
        page, self.page = self.page, None
        if page is None:
            return
        self._window.stack.show_page(self._frame)
        self._window.stack.remove(page)
        page.deleteLater()
        for piece in reversed(self._sheets):  # the veil first, then what stands on it
            if _alive(piece):
                piece.show()
        self._sheets = []
        if self._focus is not None and _alive(self._focus):
            self._focus.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self.watch.start()

    def stop(self) -> None:
        """The frame goes: watch nothing, show nothing."""
        self.watch.stop()
        self.errands.close()
        page, self.page = self.page, None
        if page is not None:
            self._window.stack.remove(page)
            page.hide()
            page.deleteLater()

    # inside -------------------------------------------------------------------------------------------------------

    def _show_page(self, why: str, picture: QPixmap) -> None:
        plate = doorplate.read(self._station.home, self._window.start.clock.now())
        page = LockPage(self._frame.bench.actor, plate, self._window.start.clock, self._station.settings.zone)
        page.unlock_asked.connect(self._unlock)
        page.switch_asked.connect(self._switch)
        page.sign_out_asked.connect(self._presence.sign_out)
        self.page = page
        page.cover_work(picture, why)
        self._window.stack.add(page)
        self._window.stack.show_page(page)
        page.show_unlock()
        self._count_drafts()

    def _limit(self) -> float:
        return self._station.settings.lock_after_minutes * 60.0

    def _why(self, *, by_itself: bool) -> str:
        at = local(self._station.settings.zone, self._window.start.clock.now())
        if by_itself:
            return f"空闲 {self._station.settings.lock_after_minutes} 分钟，{at:%H:%M} 自动锁定"
        return f"{at:%H:%M} 手动锁定"

    @errand
    async def _count_drafts(self) -> None:
        count = await self._station.desk.ask(DraftCount())
        if self.page is not None:
            self.page.unlock.say_drafts(count)

    @latest  # a second press cannot come: the button is busy; an ended try must not swallow the next
    async def _unlock(self, secret: str) -> None:
        """Password or PIN of the person who is signed in."""
        number = self._frame.bench.actor.number
        try:
            await self._station.aside(self._station.prove, number, secret)
        except (Refusal, Trouble) as error:
            if self.page is not None:
                self.page.unlock.refuse(_words(error))
        else:
            self.release()

    @latest  # a second press cannot come: the button is busy; an ended try must not swallow the next
    async def _switch(self, who: str, secret: str) -> None:
        """Another person comes to the same open station; the first one's drafts stay theirs."""
        await self._frame.leave()
        try:
            came = await self._station.aside(self._station.sign_in, who, secret)
        except (Refusal, Trouble) as error:
            if self.page is not None:
                self.page.other.set_busy(busy=False)
                field = error.field if isinstance(error, Refusal) else None
                self.page.other.show_refusal(field or "secret", _words(error))
            return
        if came.actor.rid == self._frame.bench.actor.rid:
            self.release()
        else:
            self._presence.arrival.welcome(came, secret)


def _words(error: Refusal | Trouble) -> str:
    return error.text if isinstance(error, Refusal) else f"{error.text}{error.remedy}"


def _alive(widget: QWidget) -> bool:
    return bool(isValid(widget))  # type: ignore[no-untyped-call]  # shiboken ships no types
