"""The items of one dimension, one under the other; the one where the work is stands open and in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.assessments.content import Content
from app.assessments.instruments import Dimension
from ui.assessments.item_card import ItemCard
from ui.kit import ScrollBody, Words
from ui.style import Role, look


class ItemsPage(ScrollBody):
    """Says what was answered and where the person wants to go; shows what it is told."""

    answered = Signal(str, int)
    entered = Signal(str)
    moved = Signal(str, int)
    written = Signal(str, int, str)

    def __init__(
        self,
        dimension: Dimension,
        unable: tuple[str, ...] = (),
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__((0, 0, 6, 0), 10, parent)
        self.dimension = dimension
        self.cards = {item.code: ItemCard(item, unable) for item in dimension.items}
        self._now = ""
        self._scroll = QTimer(self)
        self._scroll.setSingleShot(True)
        self._scroll.setInterval(0)
        self._scroll.timeout.connect(self._into_sight)
        if hint:
            self.body.addWidget(Words(hint, Role.HINT, ink="text2", wrap=True))
        for card in self.cards.values():
            card.written.connect(self.written)
            card.answered.connect(self.answered)
            card.entered.connect(self._enter)
            card.moved.connect(self.moved)
            self.body.addWidget(card)
        self.body.addStretch(1)

    @property
    def now(self) -> str:
        """Code of the open item; empty while none is."""
        return self._now

    def begin(self, content: Content) -> None:
        """Another form: show every answer as it stands, no item open yet."""
        if self._now:
            self.cards[self._now].drop()
            self.cards[self._now].set_open(False)
        self._now = ""
        self.verticalScrollBar().setValue(0)
        for code in self.cards:
            self.show_answer(code, content)

    def take_typed(self) -> None:
        """Answer with a number that was typed and not ended yet."""
        if self._now:
            self.cards[self._now].take_typed()

    def set_locked(self, locked: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        """Nothing can be timed now."""
        for card in self.cards.values():
            card.set_locked(locked)

    def show_answer(self, code: str, content: Content) -> None:
        """Show one answer as some content has it."""
        digit = content.answers.get(code)
        asked = "" if digit is None else content.information.get(f"{code}/{digit}", "")
        self.cards[code].show_answer(
            digit, content.sources.get(code, ""), asked if isinstance(asked, str) else ""
        )

    def go(self, code: str) -> None:
        """Put the work at an item."""
        card = self.cards[code]
        if card.hasFocus():
            self._enter(code)
        else:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
            if self._now != code:  # a page not shown yet hears of no focus
                self._enter(code)

    def _enter(self, code: str) -> None:
        if self._now != code:
            if self._now:
                self.cards[self._now].set_open(False)
            self._now = code
            self.cards[code].set_open(True)
        self._scroll.start()
        self.entered.emit(code)

    def _into_sight(self) -> None:
        if not self._now:
            return
        self.body.activate()
        card = self.cards[self._now].geometry()
        bar, room, margin = self.verticalScrollBar(), self.viewport().height(), look.sp(24)
        top, bottom = card.top() - margin, card.bottom() + margin
        if bottom > bar.value() + room:
            bar.setValue(bottom - room)
        if top < bar.value():
            bar.setValue(max(0, top))
