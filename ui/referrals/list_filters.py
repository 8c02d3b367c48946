"""Above the list of referrals: reason, hospital, month."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.referrals.criteria import book, cause_words
from app.referrals.queries.partner_choice import PartnersToRefer
from ui.kit.errands import Errands
from ui.kit.pick_box import PickBox

MONTHS = 24
"""Months back that are offered."""


class ListFilters(QObject):
    """`chosen` is cause, partner and month; nothing chosen is empty."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cause, self.partner, self.month = (
            PickBox("原因", least=132),
            PickBox("接收医院", 190, least=132),
            PickBox("月份", least=132),
        )
        self._boxes = (self.cause, self.partner, self.month)
        self.cause.show_choices((("", "全部原因"), *((code, cause_words(code)) for code in book().by_code)))
        self.partner.show_choices((("", "全部医院"),))
        self.month.show_choices((("", "全部月份"),))
        for box in self._boxes:
            box.currentIndexChanged.connect(lambda *_: self.changed.emit())

    @property
    def chosen(self) -> tuple[str, UUID | None, date | None]:
        partner, month = self.partner.key, self.month.key
        return (
            self.cause.key,
            UUID(partner) if partner else None,
            date.fromisoformat(month) if month else None,
        )

    @property
    def narrowed(self) -> bool:
        return self.chosen != ("", None, None)

    async def know(self, errands: Errands, today: date) -> None:
        """The hospitals there are, and the months up to this one."""
        partners = await errands.ask(PartnersToRefer())
        self.partner.show_choices((("", "全部医院"), *((str(one.rid), one.name) for one in partners)))
        self.month.show_choices((("", "全部月份"), *months(today)))

    def clear(self) -> None:
        """Nothing chosen."""
        for box in self._boxes:
            blocked = box.blockSignals(True)
            box.choose("")
            box.blockSignals(blocked)

    def row(self, *before: QWidget) -> QHBoxLayout:
        """The boxes in a row after other pieces, with room at the right for acts."""
        row = QHBoxLayout()
        row.setSpacing(10)
        for place, piece in enumerate((*before, *self._boxes)):
            row.addWidget(piece, 0 if place else 1)
        row.addStretch(1)
        return row


def months(today: date) -> tuple[tuple[str, str], ...]:
    """This month and those before it: the first day, and `2026 年 11 月`."""
    found, year, month = [], today.year, today.month
    for _back in range(MONTHS):
        found.append((date(year, month, 1).isoformat(), f"{year} 年 {month} 月"))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return tuple(found)
