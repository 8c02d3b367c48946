"""Who is there: the station behind the window, the frame of whoever is signed in, coming in and going out."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from app.core.errors import Trouble
from ui.kit.errands import Errands, errand
from ui.shell.arrival import Arrival
from ui.shell.backing_up import BackingUp
from ui.shell.collecting import Collecting
from ui.shell.no_desk import NoDesk
from ui.shell.opening import Opening

if TYPE_CHECKING:
    from app.compose import SignedIn, Station
    from ui.shell.frame import Frame
    from ui.shell.locking import Locking
    from ui.shell.window import Window

SIGN_OUT = "退出后，同步和备份要等下次有人登录才继续。只是离开一会儿，请用“锁定”（Ctrl+L）。"
_log = logging.getLogger(__name__)


class Presence(QObject):
    """Made once the window is painted: it needs asyncio, and from the first sign-in on all the rest."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.station: Station | None = None
        self.frame: Frame | None = None
        self.locking: Locking | None = None
        self.opening: Opening | None = None
        self.collecting = Collecting(self)
        self.errands = Errands(NoDesk(), window)
        self.backing_up = BackingUp(window, self)
        self._closing = asyncio.Lock()
        self.arrival = Arrival(window, self)
        Errands.late = self.tell_late

    def open(self) -> None:
        """Put the station together on a thread of its own, unless that has been done."""
        if self.opening is None:
            self.opening = Opening(self._window.start.make)
            self.open_station()

    @errand
    async def open_station(self) -> None:
        assert self.opening is not None  # noqa: S101  # begin() made it
        try:
            self.station = await self.opening.station()
        except Trouble as trouble:
            self.opening = None
            self._window.show_trouble(trouble)

    async def ready_station(self) -> Station:
        """The station, waited for if it is still being put together."""
        if self.opening is None:
            raise Trouble("工作站还没有准备好。", remedy="请重试。")
        self.station = await self.opening.station()
        return self.station

    # coming in and going out --------------------------------------------------------------------------------------

    def enter(self, came: SignedIn) -> None:
        """Build the frame of whoever came in and go to their first place."""
        from ui.places import PLACES
        from ui.shell.frame import Frame
        from ui.shell.locking import Locking

        assert self.station is not None  # noqa: S101  # somebody has signed in
        frame: Frame = Frame(self.station, PLACES if self._window.places is None else self._window.places)
        frame.theme_asked.connect(lambda: self._window.set_look(dark=not self._window.preferences.dark))
        frame.menu_asked.connect(self._fill_menu)
        self.frame = frame
        self.locking = Locking(self._window, self, self.station, frame)
        self._window.stack.add(frame)
        self._window.stack.show_page(frame)
        self._window.sign_in.begin()
        frame.go_first()
        frame.banner.warn(came.warnings)
        if came.failures:
            frame.notice.say(
                f"上次登录前有 {came.failures} 次密码错误。如果不是您，请改密码并告诉系统管理员。"
            )
        self.collecting.settle()

    @errand
    async def sign_out(self) -> None:
        """Save what is typed, close the file, forget the key; back to the door."""
        await self._close_station()
        self._window.knock()

    async def _close_station(self) -> None:
        async with self._closing:  # a window closed while somebody is signing out waits for the same backup
            if self.frame is not None:
                self.frame.setEnabled(False)
                await self.frame.leave()
                if self.station is not None:
                    await self.backing_up.before_closing(self.station)
                self.drop_frame()
            if self.station is not None:
                await self.station.aside(self.station.sign_out)

    def drop_frame(self) -> None:
        frame, self.frame = self.frame, None
        if self.locking is not None:
            self.locking.stop()
            self.locking = None
        if frame is not None:
            frame.close_all()
            self._window.stack.remove(frame)
            frame.hide()
            frame.deleteLater()

    def tell_late(self, text: str) -> None:
        """An order was refused after its view had gone: silence would read as success."""
        if self.frame is not None:
            self.frame.notice.refused(text)
        else:
            _log.warning("an order was refused after its person had signed out")

    def _fill_menu(self, menu: QMenu) -> None:
        from ui.shell.person_menu import PersonActs, fill

        frame = self.frame
        if frame is None:
            return
        fill(
            menu,
            PersonActs(
                account=lambda part: frame.go("settings", {"page": "account", "part": part}),
                size=lambda scale: self._window.set_look(scale=scale),
                lock=frame.lock_asked.emit,
                sign_out=self.ask_sign_out,
            ),
        )

    def ask_sign_out(self) -> None:
        """Say what stops before it stops."""
        from ui.kit.sheet import ask_first

        ask_first(self._window, "退出登录？", SIGN_OUT, "退出登录").accepted.connect(self.sign_out)

    @errand
    async def end(self) -> None:
        """Save, back up, close the file, then go."""
        await self._close_station()
        self._window.hide()
        self.backing_up.end()
        if self.opening is not None:
            self.opening.close()
        self.collecting.end()
        self._window.finish()
