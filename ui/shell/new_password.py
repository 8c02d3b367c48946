"""The card for a first own password: an administrator gave the one just typed, so nobody else may know the next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.access.rules import password_problem
from app.core.roles import Actor
from ui.kit.buttons import Button
from ui.kit.card import Card
from ui.kit.inputs import Labelled, PasswordField
from ui.kit.words import Words
from ui.style import Role, look


class PasswordPair(QWidget):
    """A new password typed twice. `sentence()` says what is wrong with it, beside the field it is wrong in."""

    finished = Signal()

    def __init__(self, *, large: bool = False) -> None:
        super().__init__()
        self._own = ("", "")
        self._old = ""
        self.first = PasswordField("新密码", large=large)
        self.again = PasswordField("再输一次", large=large)
        self._first = Labelled("新密码", self.first, hint="至少 8 位，字母和数字都要有")
        self._again = Labelled("再输一次", self.again)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addWidget(self._first)
        box.addWidget(self._again)
        self.first.editingFinished.connect(lambda: self.first.text() and self._check_first())
        self.again.editingFinished.connect(lambda: self.again.text() and self._check_again())
        self.first.textEdited.connect(lambda: self._first.error.text() and self._check_first())
        self.again.textEdited.connect(lambda: self._again.error.text() and self._check_again())
        self.first.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.finished)

    def begin(self, number: str, name: str, old: str = "") -> None:
        """For this person: the password may not hold their number or name, nor be the old one."""
        self._own, self._old = (number, name), old
        for field, labelled in ((self.first, self._first), (self.again, self._again)):
            field.clear()
            field.hide_again()
            labelled.say_wrong("")

    def accepted(self) -> bool:
        """Whether both may stand; otherwise says why and puts the cursor there."""
        if not self._check_first():
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if not self._check_again():
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    def say_wrong(self, text: str) -> None:
        self._first.say_wrong(text)

    def _check_first(self) -> bool:
        text = self.first.text()
        problem = "请输入新密码。" if not text else password_problem(text, *self._own)
        if not problem and self._old and text == self._old:
            problem = "新密码不能和原来的一样。"
        self._first.say_wrong(problem or "")
        return not problem

    def _check_again(self) -> bool:
        problem = "" if self.again.text() == self.first.text() else "两次输入不一样。"
        self._again.say_wrong(problem)
        return not problem


class NewPassword(QWidget):
    """`chosen` carries the new password; `away_asked`: rather not now, back to sign-in."""

    chosen = Signal(str)
    away_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._hint = Words("", Role.HINT, wrap=True)
        self.pair = PasswordPair(large=True)
        self.button = Button("设好并进入", "primary", large=True)
        self.away = Button("返回登录", "quiet")
        card = Card()
        card.body.setContentsMargins(36, 32, 36, 28)
        card.body.setSpacing(16)
        card.body.addWidget(Words("请设自己的密码", Role.PAGE_TITLE))
        for piece in (self._hint, self.pair, self.button, self.away):
            card.body.addWidget(piece)
        card.setFixedWidth(look.sp(440))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        self.pair.finished.connect(self.button.click)
        self.button.clicked.connect(self._choose)
        self.away.clicked.connect(self.away_asked)

    def begin(self, actor: Actor, old: str) -> None:
        """Ask this person; `old` is what they signed in with."""
        self._hint.setText(f"{actor.name}，刚才用的密码是别人给的。换成只有你知道的，再开始工作。")
        self.pair.begin(actor.number, actor.name, old)
        self.set_busy(busy=False)
        self.pair.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        self.button.set_busy(busy, "正在保存…")
        self.pair.setEnabled(not busy)
        self.away.setEnabled(not busy)

    def _choose(self) -> None:
        if not self.button.busy and self.pair.accepted():
            self.set_busy(busy=True)
            self.chosen.emit(self.pair.first.text())
