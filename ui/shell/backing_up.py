"""Backups nobody asks for: every few hours while somebody is signed in, and once more before the file is closed."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.core.errors import Cancelled, Refusal, Trouble
from app.core.watch import Watch
from ui.kit.errands import Errands, errand
from ui.shell.leaving_card import LeavingCard
from ui.shell.no_desk import NoDesk

if TYPE_CHECKING:
    from app.compose import Station
    from ui.shell.presence import Presence
    from ui.shell.window import Window

LOOK_MS = 60_000
SHOWN_AFTER = 0.15
"""Seconds after which the card comes up: most backups at closing are over before."""
_log = logging.getLogger(__name__)


class BackingUp(QObject):
    """Lives as long as the window. What fails is told and noted, and never keeps the program from closing."""

    def __init__(self, window: Window, presence: Presence) -> None:
        super().__init__(window)
        self._window, self._presence = window, presence
        self.card: LeavingCard | None = None
        self.errands = Errands(NoDesk(), window)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @errand
    async def look(self) -> None:
        """Back up if it is due."""
        station, frame = self._presence.station, self._presence.frame
        if station is None or frame is None or not station.backups.due():
            return
        try:
            await station.aside(station.backups.by_itself, Watch())
        except (Refusal, Trouble) as error:
            _log.warning("a backup was not made: %s", error)
            if self._presence.frame is frame:
                frame.notice.trouble("自动备份没有做成。", error.text)

    async def before_closing(self, station: Station) -> None:
        """The last backup; over when it is made, skipped or has failed (which is told at the next sign-in)."""
        watch = Watch(lambda *told: self.card.reported.emit(*told) if self.card is not None else None)
        work = asyncio.ensure_future(station.aside(station.backups.by_itself, watch))
        done, _ = await asyncio.wait((work,), timeout=SHOWN_AFTER)
        if not done:
            self._show_card(watch)
            await asyncio.wait((work,))
            self._put_card_away()
        try:
            work.result()
        except Cancelled:
            _log.info("the backup at closing was skipped")
        except (Refusal, Trouble) as error:
            _log.warning("the backup at closing was not made: %s", error)

    def end(self) -> None:
        """The window goes."""
        self._timer.stop()

    def _show_card(self, watch: Watch) -> None:
        card = self.card = LeavingCard()
        card.skipped.connect(watch.cancel)
        self._window.door.show_card(card)
        self._window.stack.show_page(self._window.door)
        card.begin()

    def _put_card_away(self) -> None:
        card, self.card = self.card, None
        if card is not None:
            card.end()
            self._window.door.show_card(self._window.sign_in)
            card.deleteLater()
