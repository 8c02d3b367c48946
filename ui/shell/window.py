"""The window: the door until somebody is signed in, then their frame, covered by the lock page while they are away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from app.access import doorplate
from app.access.doorplate import Doorplate
from app.core.errors import Trouble
from app.core.home import Phase
from ui.kit.stack import Stack
from ui.shell.door import Door
from ui.shell.preferences import Preferences
from ui.shell.sign_in import SignIn
from ui.shell.start import Start
from ui.style import look

if TYPE_CHECKING:
    from ui.places.place import Place
    from ui.shell.founding import Founding
    from ui.shell.presence import Presence
    from ui.shell.trouble_card import TroubleCard

LEAST = (900, 500)


class Window(QMainWindow):
    """One station on one screen. `ended` when everything is closed and the program may go."""

    ended = Signal()

    def __init__(self, start: Start, places: Sequence[Place] | None = None) -> None:
        super().__init__()
        self.start = start
        self.preferences = Preferences.read(start.home.ui)
        self.founding: Founding | None = None
        self.presence: Presence | None = None
        self._asked: tuple[str, str] | None = None
        self.places = places
        self._over = False
        self.stack = Stack()
        self.door = Door(start.clock, doorplate.ZONE)
        self.sign_in = SignIn()
        self.stack.add(self.door)
        self.setCentralWidget(self.stack)
        self.setWindowTitle("医养工作站")
        self.setMinimumSize(*LEAST)
        self.resize(1280, 800)
        self.sign_in.asked.connect(self._ask)
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
        self.stack.show_page(self.door)
        self.sign_in.begin()
        if number:
            self.sign_in.fill(number)

    def show_set_up(self) -> None:
        """Nothing lies here yet: found a station."""
        from ui.shell.founding import Founding

        if self.founding is None:
            self.founding = Founding(self, doorplate.ZONE)
            self.stack.add(self.founding.page)
        self.stack.show_page(self.founding.page)
        self.founding.page.go(self.founding.page.step)  # the cursor can stand in a field only now

    def leave_set_up(self, number: str) -> None:
        """The station stands: sign in, the number filled in."""
        founding, self.founding = self.founding, None
        if founding is not None:
            self.stack.remove(founding.page)
            founding.page.deleteLater()
            founding.deleteLater()
        self.knock()
        self.sign_in.fill(number)

    def show_trouble(self, trouble: Trouble, *, back: bool = False) -> None:
        """What keeps the station shut, with a way to try again; `back` to the sign-in instead of out."""
        from ui.shell.trouble_card import TroubleCard

        card: TroubleCard = TroubleCard()
        card.show_trouble(trouble)
        card.away.say("返回" if back else "退出")
        card.away_asked.connect(self.knock if back else self.close)
        card.again_asked.connect(self.try_again)
        self.door.show_card(card)
        self.stack.show_page(self.door)

    def begin(self) -> None:
        """The window is painted: load the rest, and take what was pressed meanwhile."""
        from ui.shell.brand import window_icon
        from ui.shell.presence import Presence

        self.setWindowIcon(window_icon())
        self.presence = Presence(self)
        self.presence.open()
        asked, self._asked = self._asked, None
        if asked is not None:
            self.presence.arrival.come_in(*asked)

    def try_again(self) -> None:
        """The cause may be gone: look at the door anew, and open anew if that had failed."""
        self.knock()
        if self.presence is not None:
            self.presence.open()

    def _ask(self, who: str, secret: str) -> None:
        if self.presence is None:
            self._asked = (who, secret)
        else:
            self.presence.arrival.come_in(who, secret)

    # look ------------------------------------------------------------------------------------------------

    def set_look(self, *, dark: bool | None = None, scale: float | None = None) -> None:
        """Another theme or text size, kept for this computer."""
        now = self.preferences
        wanted = Preferences(now.dark if dark is None else dark, now.scale if scale is None else scale)
        self.preferences = wanted
        wanted.keep(self.start.home.ui)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            look.apply(app, dark=wanted.dark, scale=wanted.scale)
        if self.presence is not None and self.presence.frame is not None:
            self.presence.frame.dress()

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
        if self.presence is None:
            self.finish()
        else:
            self.presence.end()

    def finish(self) -> None:
        """Everything is closed; the window goes, and the program with it."""
        self._over = True
        self.close()
        self.ended.emit()
