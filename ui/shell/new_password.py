"""The card for a first own password: an administrator gave the one just typed, so nobody else may know the next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.access.form import new_password_form
from app.core.roles import Actor
from ui.access.password_form import PasswordForm
from ui.kit.buttons import Button
from ui.kit.words import Words
from ui.shell.door_card import DoorCard
from ui.style import Role


class NewPassword(QWidget):
    """`chosen` carries the new password; `away_asked`: rather not now, back to sign-in."""

    chosen = Signal(str)
    away_asked = Signal()

    def __init__(self, actor: Actor, old: str) -> None:
        super().__init__()
        self._old = old
        hint = f"{actor.name}，刚才用的密码是别人给的。换成只有你知道的，再开始工作。"
        self.form = PasswordForm(new_password_form, (actor.number, actor.name))
        self.button = Button("设好并进入", "primary", large=True)
        self.away = Button("返回登录", "quiet")
        card = DoorCard()
        card.body.addWidget(Words("请设自己的密码", Role.PAGE_TITLE))
        for piece in (Words(hint, Role.HINT, wrap=True), self.form, self.button, self.away):
            card.body.addWidget(piece)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        self.form.submitted.connect(self.button.click)
        self.button.clicked.connect(self._choose)
        self.away.clicked.connect(self.away_asked)

    def set_busy(self, *, busy: bool) -> None:
        self.button.set_busy(busy, "正在保存…")
        self.form.setEnabled(not busy)
        self.away.setEnabled(not busy)

    def refuse(self, text: str) -> None:
        """The desk said no; what is typed stays."""
        self.set_busy(busy=False)
        self.form.show_refusal("password", text)

    def _choose(self) -> None:
        if self.button.busy or not self.form.check():
            return
        if self.form.typed("password") == self._old:
            self.form.show_refusal("password", "新密码不能和原来的一样。")
            return
        self.set_busy(busy=True)
        self.chosen.emit(self.form.typed("password"))
