"""Coming in: by password, by recovery code, with a first own password where one was given; every refusal in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from app.core.errors import Refusal, Trouble
from ui.kit.errands import Errands, latest
from ui.shell.no_desk import NoDesk

if TYPE_CHECKING:
    from app.compose import SignedIn
    from ui.shell.new_password import NewPassword
    from ui.shell.presence import Presence
    from ui.shell.recovery_sheet import RecoverySheet
    from ui.shell.window import Window


class Arrival(QObject):
    """The way from the door to the frame."""

    def __init__(self, window: Window, presence: Presence) -> None:
        super().__init__(window)
        self._window, self._presence = window, presence
        self.errands = Errands(NoDesk(), window)
        window.sign_in.recovery_asked.connect(self.ask_recovery)

    def ask_recovery(self) -> None:
        """The sheet for the code on paper."""
        from ui.shell.recovery_sheet import RecoverySheet

        sheet = RecoverySheet(self._window, self._window.sign_in.who.text())
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.asked.connect(lambda *typed: self.recover(sheet, typed))
        sheet.open()

    @latest  # a second press cannot come: the button is busy; an ended try must not swallow the next
    async def come_in(self, who: str, secret: str) -> None:
        """Sign in. A refusal stands beside its field, a trouble takes the card's place."""
        try:
            station = await self._presence.ready_station()
            came = await station.aside(station.sign_in, who, secret)
        except Refusal as refusal:
            self._window.sign_in.set_busy(busy=False)
            self._window.sign_in.show_refusal(refusal.field or "secret", refusal.text)
        except Trouble as trouble:
            self._window.sign_in.set_busy(busy=False)
            self._window.show_trouble(trouble, back=True)
        else:
            self.welcome(came, secret)

    @latest  # a second press cannot come: the button is busy; an ended try must not swallow the next
    async def recover(self, sheet: RecoverySheet, typed: tuple[str, str, str]) -> None:
        """Code, number, new password: refused beside its field, else straight to work."""
        try:
            station = await self._presence.ready_station()
            came = await station.aside(station.recover, *typed)
        except Refusal as refusal:
            sheet.refuse(refusal.field or "code", refusal.text)
        except Trouble as trouble:
            sheet.refuse("", f"{trouble.text}{trouble.remedy}")
        else:
            sheet.accept()
            self.welcome(came, typed[2])

    def welcome(self, came: SignedIn, secret: str) -> None:
        """Whoever was given a password chooses an own one first; everybody else goes to work."""
        self._presence.drop_frame()
        if not came.must_change:
            self._presence.enter(came)
            return
        from ui.shell.new_password import NewPassword

        card = NewPassword(came.actor, secret)
        card.chosen.connect(lambda new: self.change_first(card, came, new))
        card.away_asked.connect(self._presence.sign_out)
        self._window.door.show_card(card)
        self._window.stack.show_page(self._window.door)
        card.form.focus_on("password")

    @latest  # a second press cannot come: the button is busy; an ended try must not swallow the next
    async def change_first(self, card: NewPassword, came: SignedIn, new: str) -> None:
        from app.access.service import ChangeOwnPassword

        station = await self._presence.ready_station()
        person = (came.actor.number, came.actor.name)
        try:
            slot = await station.aside(station.keyring.wrap, person, new)
            await station.desk.do(ChangeOwnPassword(slot))
        except (Refusal, Trouble) as error:
            card.refuse(error.text)
        else:
            self._presence.enter(came)
