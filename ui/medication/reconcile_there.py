"""The button that takes over the discharge medicines a hospital wrote at the platform; hidden while there are none."""

from __future__ import annotations

from uuid import UUID

from app.medication.reconciling import Listed
from app.referrals.coming_back import BroughtBy
from ui.kit import Button, Errands


class TakeOver(Button):
    """`lines`: what the hospital wrote after this time there."""

    def __init__(self, absence: UUID) -> None:
        super().__init__("", "plain", icon="download")
        self._absence = absence
        self.lines: tuple[Listed, ...] = ()
        self.hide()

    async def look(self, errands: Errands) -> None:
        """Ask once whether there is something."""
        self.lines = (await errands.ask(BroughtBy(self._absence))).medicines
        self.setText(f"取平台带药 {len(self.lines)} 种")
        self.setVisible(bool(self.lines))
