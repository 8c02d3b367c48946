"""A doctor signs what was written down: by the account here, or, of somebody from outside, by hand on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.core.orders import Order
from ui.kit import errand
from ui.kit.proving import Proving, Said
from ui.referrals.round_sign_sheet import RoundSignSheet


class DoctorSigning(Proving):
    """As `Proving`, and by hand."""

    def by_hand(
        self, sheet: RoundSignSheet, order: Callable[[dict[str, Any]], Order[Any]], said: Said
    ) -> None:
        """`order` gets what was drawn."""
        sheet.signed.connect(lambda drawn: self._drawn(sheet, order(drawn), said))
        self.show(sheet)

    @errand
    async def _drawn(self, sheet: RoundSignSheet, order: Order[Any], said: Said) -> None:
        await self.have_done(order, said, lambda field, text: sheet.show_refusal(field or "", text))
