"""What the door shows when the station cannot be opened: what happened, what a person can do, try again or leave."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import Trouble
from ui.kit.buttons import Button
from ui.kit.card import IconTile
from ui.kit.words import Words
from ui.shell.door_card import DoorCard
from ui.style import Role, Tone


class TroubleCard(QWidget):
    """`again_asked`: the cause may be gone now. `away_asked`: end the program (or go back, as `away` says)."""

    again_asked = Signal()
    away_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = Words("", Role.CARD_TITLE, wrap=True)
        self.remedy = Words("", ink="text2", wrap=True)
        for words in (self.title, self.remedy):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.again = Button("重试", "primary", icon="refresh-cw")
        self.away = Button("退出", "plain")
        self.again.clicked.connect(self.again_asked)
        self.away.clicked.connect(self.away_asked)
        card = DoorCard()
        card.body.addWidget(IconTile("triangle-alert", Tone.DANGER, 48, 24))
        for words in (self.title, self.remedy):
            card.body.addWidget(words)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(self.away)
        row.addWidget(self.again)
        card.body.addLayout(row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)

    def show_trouble(self, trouble: Trouble) -> None:
        self.title.setText(trouble.text)
        self.remedy.setText(trouble.remedy)
        self.setAccessibleName(f"{trouble.text}{trouble.remedy}")
        self.again.setFocus()
