"""A signature at whoever's screen it is: the sheet, the proof, the order it makes, and what is said then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from app.access.proof import Proof
from app.core.errors import Refusal
from app.core.orders import Order
from ui.kit.errands import Errands, errand
from ui.kit.proof_sheet import ProofSheet
from ui.kit.sheet import Sheet
from ui.kit.view import View

Said = Callable[[Any], str]
"""What is said once it is done, of what the order gave back."""


class Proving(QObject):
    """One sheet at a time, open until the act is done; a refusal is said in it. `closed` hears of its end."""

    def __init__(self, view: View, closed: Callable[[], None]) -> None:
        super().__init__(view)
        self.view, self._closed = view, closed
        self.errands = Errands(view.bench.desk, view, notice=view.bench.notice)
        self.sheet: Sheet | None = None

    def prove(self, sheet: ProofSheet, order: Callable[[Proof], Order[Any]], said: Said) -> None:
        """Number and password or PIN; the session stays whoever's it is."""
        sheet.done_with.connect(
            lambda: self._proved(sheet, (sheet.number.text().strip(), sheet.secret.text()), order, said)
        )
        self.show(sheet)

    def show(self, sheet: Sheet) -> None:
        """Open it, unless one is open."""
        if self.sheet is not None:
            return
        self.sheet = sheet
        sheet.finished.connect(self._gone)
        sheet.open()

    async def have_done(
        self, order: Order[Any], said: Said, refuse: Callable[[str | None, str], object]
    ) -> None:
        """Done, and the sheet closes; or refused, where it can be seen. Handed over it is done, cancelled or not."""
        sheet = self.sheet
        main = None if sheet is None else sheet.main
        if main is not None:
            main.set_busy(True)
        try:
            given = await self.errands.do(order)
        except Refusal as refusal:
            if self.sheet is sheet:
                refuse(refusal.field, refusal.text)
            else:
                self.view.bench.notice.refused(refusal.text)
            return
        finally:
            if main is not None and self.sheet is sheet:
                main.set_busy(False)
        if sheet is not None and self.sheet is sheet:
            sheet.accept()
        self.view.bench.notice.done(said(given))

    @errand
    async def _proved(
        self, sheet: ProofSheet, typed: tuple[str, str], order: Callable[[Proof], Order[Any]], said: Said
    ) -> None:
        """Nothing is signed of a sheet that was cancelled while the password was looked at."""
        station = self.view.bench.station
        sheet.hold(held=True)
        try:
            proof = await station.aside(station.prove, *typed)
        except Refusal as refusal:
            if self.sheet is sheet:
                sheet.refuse(refusal.field, refusal.text)
            return
        finally:
            if self.sheet is sheet:
                sheet.hold(held=False)
        if self.sheet is sheet:
            await self.have_done(order(proof), said, sheet.refuse)

    def _gone(self) -> None:
        self.sheet = None
        self._closed()
