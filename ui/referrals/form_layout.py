"""Where the pieces of the form stand: the person on top, the steps below each other, what will be printed beside."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit import Button, Card, Notice, ScrollBody, StateView, Words
from ui.kit.view import View
from ui.referrals.form_going import GoingCard
from ui.referrals.form_head import HeadCard
from ui.referrals.form_pack import PackCard
from ui.referrals.form_partner import PartnerCard
from ui.referrals.form_reason import ReasonCard
from ui.referrals.form_texts import SbarCard, SheetCard
from ui.style import Role, look

BESIDE_FROM = 960
"""Narrower than this, what will be printed stands under the form, without its pages."""
PACK_WIDE = 408
_GUTTER, _BAR = 16, 12
"""What the scroll bar of the steps takes, with the gap before it."""


class FormPieces(QWidget):
    """The whole form as one widget; made top-down, so that each piece takes its style once."""

    def __init__(self, view: View) -> None:
        super().__init__()
        zone = view.bench.station.settings.zone
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        left = QVBoxLayout()
        left.setSpacing(12)
        self._row.addLayout(left, 1)
        top = QVBoxLayout()
        top.setContentsMargins(0, 0, _GUTTER, 0)
        top.setSpacing(12)
        left.addLayout(top)
        self.head = HeadCard(view)
        top.addWidget(self.head)
        self.said = Notice()
        top.addWidget(self.said)
        self.steps = ScrollBody((0, 0, _GUTTER - _BAR, 8), 12)
        self.steps.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        left.addWidget(self.steps, 1)
        self.reason = ReasonCard(zone)
        self.partner = PartnerCard(zone)
        self.sbar = SbarCard()
        self.sheet = SheetCard()
        self.going = GoingCard(zone)
        self._last = Card()
        for card in (self.reason, self.partner, self.sbar, self.sheet, self.going, self._last):
            self.steps.body.addWidget(card)
        self._last.hide()
        self.steps.body.addStretch(1)
        left.addLayout(self._foot())
        self.pack = PackCard()
        self._row.addWidget(self.pack)
        self._fit(BESIDE_FROM)

    def minimumSizeHint(self) -> QSize:
        """One column is narrow; its cards scroll."""
        return QSize(look.sp(560), look.sp(420))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.width())

    def _fit(self, wide: int) -> None:
        beside = wide >= look.sp(BESIDE_FROM)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)
        self.pack.setFixedWidth(look.sp(PACK_WIDE)) if beside else self.pack.setMaximumWidth(16777215)
        if not beside:
            self.pack.setMinimumWidth(0)
        self.pack.show_narrow(narrow=not beside, steps=self._last.body, card=self._last)
        self.keys.setVisible(beside)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, _GUTTER, 0)
        row.setSpacing(12)
        self.kept = Words("", Role.HINT)
        self.discard = Button("不要这份草稿", "link")
        self.discard.setProperty("high", "small")
        self.discard.hide()
        row.addWidget(self.kept)
        row.addWidget(self.discard)
        row.addStretch(1)
        self.keys = Words("Tab 下一项　F10 提交并打印　Ctrl+S 存草稿　Esc 返回", Role.HINT)
        row.addWidget(self.keys)
        return row


def laid_out(view: View) -> tuple[FormPieces, StateView]:
    """The form in the view, with what is said instead of it."""
    box = QVBoxLayout(view)
    box.setContentsMargins(0, 0, 0, 0)
    pieces = FormPieces(view)
    state = StateView(pieces)
    box.addWidget(state)
    return pieces, state
