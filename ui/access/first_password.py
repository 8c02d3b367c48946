"""The sheet that shows a first password, once, to be handed to its person."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.kit import Button, Card, Sheet, Words
from ui.style import Role

TEXT = "请当面交给本人。它只显示这一次，本人第一次登录时必须换成自己的。"


class FirstPassword(Sheet):
    """One act: it has been handed over."""

    def __init__(self, parent: QWidget, name: str, number: str, password: str) -> None:
        super().__init__(parent, f"{name} · 工号 {number} 的初始密码", TEXT)
        self.password = Words(password, Role.BIG_NUMBER)
        self.password.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.password.setAccessibleName(f"初始密码 {password}")
        tile = Card()
        tile.setProperty("surface", "tile")
        tile.body.addWidget(self.password, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(tile)
        self.handed = Button("已交给本人", "primary")
        self.handed.clicked.connect(self.accept)
        self.acts.addWidget(self.handed)
