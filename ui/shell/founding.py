"""Sets a station up from the window: runs the assistant, founds, prints the recovery code; or restores a backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from app.core.clock import local
from app.core.errors import Cancelled, Refusal, Trouble
from ui.kit.errands import Errands, errand, latest
from ui.shell.no_desk import NoDesk
from ui.shell.set_up import SetUp

if TYPE_CHECKING:
    from app.compose import Station
    from ui.shell.restore_sheet import RestoreSheet
    from ui.shell.window import Window


class Founding(QObject):
    """Lives while the assistant is on the screen."""

    def __init__(self, window: Window, zone: str) -> None:
        super().__init__(window)
        self._window, self._zone = window, zone
        self.page = SetUp()
        self.errands = Errands(NoDesk(), self.page, notice=self.page.notice)
        self.page.found_asked.connect(self.found)
        self.page.restore_asked.connect(self.ask_restore)
        self.page.print_asked.connect(self.print_code)
        self.page.finished.connect(window.leave_set_up)

    @latest  # a second press cannot come: the button is busy; an ended try must not swallow the next
    async def found(self) -> None:
        """Found the station; every refusal goes to its step and field."""
        try:
            station = await self._ready()
            code = await station.aside(station.set_up, self.page.filled())
        except Refusal as refusal:
            self.page.refuse(refusal.field or "", refusal.text)
        except Trouble:
            self.page.set_busy(busy=False)
            raise
        else:
            self.page.show_code(code)

    @errand
    async def print_code(self, code: str) -> None:
        """Draw the page in memory and hand it to a printer."""
        from app.printing.sheets.recovery_code import RecoveryCode, draw
        from ui.shell.print_code import ask_printer, page_images

        form = self.page.filled()
        now = local(self._zone, self._window.start.clock.now())
        data = RecoveryCode(
            form.institution_name, form.station_number, tuple(code.split("-")), now, form.administrator.name
        )
        station = await self._ready()
        drawn = await station.aside(draw, data)
        ask_printer(self.page, page_images(drawn.pdf))

    def ask_restore(self) -> None:
        """The sheet for a backup, instead of a new station."""
        from ui.shell.restore_sheet import RestoreSheet

        sheet = RestoreSheet(self.page)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.asked.connect(lambda: self.restore(sheet))
        sheet.open()

    @latest  # a second press cannot come: the button is busy; an ended try must not swallow the next
    async def restore(self, sheet: RestoreSheet) -> None:
        """Restore into the empty home; every refusal in the sheet, then to the sign-in."""
        try:
            station = await self._ready()
            secret = sheet.secret_typed()
            await station.aside(station.restore, sheet.file(), secret, sheet.watch)
        except (Refusal, Trouble) as error:
            sheet.refuse(error)
        except Cancelled:
            sheet.reject()
        else:
            number = secret.who if secret.who.isascii() else ""
            sheet.accept()
            self._window.leave_set_up(number)

    async def _ready(self) -> Station:
        if self._window.presence is None:
            raise Trouble("工作站还没有准备好。", remedy="请稍等片刻再试。")
        station: Station = await self._window.presence.ready_station()
        return station
