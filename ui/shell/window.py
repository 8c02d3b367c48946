"""The window: the door until somebody is signed in, then their frame, covered by the lock page while they are away."""

from __future__ import annotations

import gc
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget

from app.access import doorplate
from app.access.doorplate import Doorplate
from app.core.errors import Trouble
from app.core.home import Phase
from ui.kit.errands import Errands, errand
from ui.shell.arrival import Arrival
from ui.shell.brand import window_icon
from ui.shell.door import Door
from ui.shell.no_desk import NoDesk
from ui.shell.preferences import Preferences
from ui.shell.sign_in import SignIn
from ui.shell.start import Opening, Start
from ui.style import look

if TYPE_CHECKING:
    from app.compose import SignedIn, Station
    from ui.places import Place
    from ui.shell.founding import Founding
    from ui.shell.frame import Frame
    from ui.shell.locking import Locking
    from ui.shell.trouble_card import TroubleCard

LEAST = (900, 500)
_log = logging.getLogger(__name__)
SIGN_OUT = "退出后，同步和备份要等下次有人登录才继续。只是离开一会儿，请用“锁定”（Ctrl+L）。"


class Window(QMainWindow):
    """One station on one screen. `ended` when everything is closed and the program may go."""

    ended = Signal()

    def __init__(self, start: Start, places: Sequence[Place] | None = None) -> None:
        super().__init__()
        self.start = start
        self.preferences = Preferences.read(start.home.ui)
        self.station: Station | None = None
        self.frame: Frame | None = None
        self.locking: Locking | None = None
        self.founding: Founding | None = None
        self.opening: Opening | None = None
        self._places = places
        self._over = False
        self.stack = QStackedWidget()
        self.door = Door(start.clock, doorplate.ZONE)
        self.sign_in = SignIn()
        self.stack.addWidget(self.door)
        self.setCentralWidget(self.stack)
        self.setWindowTitle("医养工作站")
        self.setWindowIcon(window_icon())
        self.setMinimumSize(*LEAST)
        self.resize(1280, 800)
        self.errands = Errands(NoDesk(), self)
        self.arrival = Arrival(self)
        Errands.late = self.tell_late
        self.knock()

    # the door -----------------------------------------------------------------------------------------------------

    def knock(self) -> None:
        """Read the doorplate anew and show what belongs before it: set-up, sign-in, or what is wrong."""
        try:
            plate = doorplate.read(self.start.home, self.start.clock.now())
        except Trouble as trouble:
            self.show_trouble(trouble)
            return
        self.door.scene.show_place(plate.institution, plate.station)
        if plate.phase is Phase.EMPTY:
            self.show_set_up()
        else:
            self.show_sign_in(plate)

    def show_sign_in(self, plate: Doorplate, number: str = "") -> None:
        self.sign_in.show_plate(plate)
        self.door.show_card(self.sign_in)
        self.stack.setCurrentWidget(self.door)
        self.sign_in.begin()
        if number:
            self.sign_in.fill(number)

    def show_set_up(self) -> None:
        """Nothing lies here yet: found a station."""
        from ui.shell.founding import Founding

        if self.founding is None:
            self.founding = Founding(self, doorplate.ZONE)
            self.stack.addWidget(self.founding.page)
        self.stack.setCurrentWidget(self.founding.page)

    def leave_set_up(self, number: str) -> None:
        """The station stands: sign in, the number filled in."""
        founding, self.founding = self.founding, None
        if founding is not None:
            self.stack.removeWidget(founding.page)
            founding.page.deleteLater()
            founding.deleteLater()
        self.knock()
        self.sign_in.fill(number)

    async def ready_station(self) -> Station:
        """The station, waited for if it is still being put together."""
        if self.opening is None:
            raise Trouble("工作站还没有准备好。", remedy="请重试。")
        return await self.opening.station()

    def show_trouble(self, trouble: Trouble, *, back: bool = False) -> None:
        """What keeps the station shut, with a way to try again; `back` to the sign-in instead of out."""
        from ui.shell.trouble_card import TroubleCard

        card: TroubleCard = TroubleCard()
        card.show_trouble(trouble)
        card.away.say("返回" if back else "退出")
        card.away_asked.connect(self.knock if back else self.close)
        card.again_asked.connect(self.try_again)
        self.door.show_card(card)
        self.stack.setCurrentWidget(self.door)

    def begin(self) -> None:
        """Put the station together on a thread of its own; called once the window is painted."""
        self.opening = Opening(self.start.make)
        self.open_station()

    def try_again(self) -> None:
        """The cause may be gone: look at the door anew, and open anew if that had failed."""
        self.knock()
        if self.opening is None:
            self.begin()

    @errand
    async def open_station(self) -> None:
        assert self.opening is not None  # noqa: S101  # begin() made it
        try:
            self.station = await self.opening.station()
        except Trouble as trouble:
            self.opening = None
            self.show_trouble(trouble)

    # coming in and going out --------------------------------------------------------------------------------------

    def enter(self, came: SignedIn) -> None:
        """Build the frame of whoever came in and go to their first place."""
        from ui.places import PLACES
        from ui.shell.frame import Frame
        from ui.shell.locking import Locking

        assert self.station is not None  # noqa: S101  # somebody has signed in
        frame: Frame = Frame(self.station, PLACES if self._places is None else self._places)
        frame.theme_asked.connect(lambda: self.set_look(dark=not self.preferences.dark))
        frame.menu_asked.connect(self._fill_menu)
        self.frame = frame
        self.locking = Locking(self, self.station, frame)
        self.stack.addWidget(frame)
        self.stack.setCurrentWidget(frame)
        self.sign_in.begin()
        frame.go_first()
        frame.banner.warn(came.warnings)
        if came.failures:
            frame.notice.say(
                f"上次登录前有 {came.failures} 次密码错误。如果不是您，请改密码并告诉系统管理员。"
            )
        _settle_memory()

    @errand
    async def sign_out(self) -> None:
        """Save what is typed, close the file, forget the key; back to the door."""
        await self._close_station()
        self.knock()

    async def _close_station(self) -> None:
        if self.frame is not None:
            await self.frame.leave()
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
            self.stack.removeWidget(frame)
            frame.hide()
            frame.deleteLater()

    def tell_late(self, text: str) -> None:
        """An order was refused after its view had gone: silence would read as success."""
        if self.frame is not None:
            self.frame.notice.refused(text)
        else:
            _log.warning("an order was refused after its person had signed out")

    # look and menu ------------------------------------------------------------------------------------------------

    def set_look(self, *, dark: bool | None = None, scale: float | None = None) -> None:
        """Another theme or text size, kept for this computer."""
        now = self.preferences
        wanted = Preferences(now.dark if dark is None else dark, now.scale if scale is None else scale)
        self.preferences = wanted
        wanted.keep(self.start.home.ui)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            look.apply(app, dark=wanted.dark, scale=wanted.scale)
        if self.frame is not None:
            self.frame.dress()

    def _fill_menu(self, menu: QMenu) -> None:
        from ui.shell.person_menu import PersonActs, fill

        frame = self.frame
        if frame is None:
            return
        fill(
            menu,
            PersonActs(
                account=lambda part: frame.go("settings", {"page": "account", "part": part}),
                size=lambda scale: self.set_look(scale=scale),
                lock=frame.lock_asked.emit,
                sign_out=self.ask_sign_out,
            ),
        )

    def ask_sign_out(self) -> None:
        """Say what stops before it stops."""
        from ui.kit.sheet import ask_first

        ask_first(self, "退出登录？", SIGN_OUT, "退出登录").accepted.connect(self.sign_out)

    # the end ------------------------------------------------------------------------------------------------------

    def come_forward(self) -> None:
        """A second copy was started: this one is wanted."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._over:
            event.accept()
            return
        event.ignore()
        self.end()

    @errand
    async def end(self) -> None:
        """Save, close the file, then go."""
        self.hide()
        await self._close_station()
        if self.opening is not None:
            self.opening.close()
        self._over = True
        self.close()
        self.ended.emit()


def _settle_memory() -> None:
    """What is loaded by now stays: the collector need not look at it again at every turn."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
