"""The card on the lock page: who is signed in, since when it is locked, password or PIN, and the ways out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.roles import Actor
from ui.kit.badges import Avatar
from ui.kit.buttons import Button
from ui.kit.inputs import Labelled, PasswordField
from ui.kit.words import Line, Sign, Words
from ui.shell.door_card import DoorCard
from ui.shell.recent import tone_of
from ui.style import Role, Tone

WIDTH = 420


class UnlockCard(QWidget):
    """`asked` carries what was typed; the field keeps it, selected, when it was wrong."""

    asked = Signal(str)
    switch_asked = Signal()
    sign_out_asked = Signal()

    def __init__(self, actor: Actor) -> None:
        super().__init__()
        self.secret = PasswordField("密码或 PIN", "输入密码或 PIN，按 Enter", large=True)
        self._field = Labelled("密码或 PIN", self.secret)
        self.button = Button("解锁", "primary", large=True)
        self.switch = Button("换人登录", "quiet", icon="user-round-check")
        self.sign_out = Button("退出登录", "quiet", icon="log-out")
        self._why = Words("", ink="text2")
        self._avatar = Avatar(actor.name, Tone(tone_of(actor.number)), 76)
        self._drafts = QWidget()
        self._drafts_words = Words("", Role.HINT)
        self._lay_out(actor)
        self.secret.returnPressed.connect(self.button.click)
        self.secret.textEdited.connect(lambda: self._field.say_wrong(""))
        self.secret.capsLock.connect(lambda on: self._field.hint.say("大写已锁定" if on else "", "warn"))
        self.button.clicked.connect(self._ask)
        self.switch.clicked.connect(self.switch_asked)
        self.sign_out.clicked.connect(self.sign_out_asked)

    def set_low(self, *, low: bool) -> None:
        """In a low window the large initial leaves, so that the password is in sight."""
        self._avatar.setVisible(not low)

    def say_why(self, why: str) -> None:
        """Why and when the screen was locked."""
        self._why.setText(why)

    def say_drafts(self, count: int) -> None:
        """How many drafts wait; nothing is said of none."""
        self._drafts_words.setText(f"回到刚才的地方，{count} 份草稿没丢")
        self._drafts.setVisible(count > 0)

    def refuse(self, text: str) -> None:
        """Not the right one; the sentence stands under the field."""
        self.set_busy(busy=False)
        self._field.say_wrong(text)
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
        self.secret.selectAll()

    @property
    def problem(self) -> str:
        return self._field.error.text()

    def set_busy(self, *, busy: bool) -> None:
        self.button.set_busy(busy, "正在核对…")
        for piece in (self.secret, self.switch, self.sign_out):
            piece.setEnabled(not busy)

    def _ask(self) -> None:
        if not self.secret.text():
            self.refuse("请输入密码或 PIN。")
        elif not self.button.busy:
            self.set_busy(busy=True)
            self.asked.emit(self.secret.text())

    def _lay_out(self, actor: Actor) -> None:
        card = DoorCard(WIDTH)
        middle = Qt.AlignmentFlag.AlignHCenter
        card.body.addWidget(self._avatar, 0, middle)
        name = Words(actor.name, Role.PAGE_TITLE)
        role = Words(f"{actor.role_words} · 工号 {actor.number}", Role.BODY, ink="text2")
        for words in (name, role):
            card.body.addWidget(words, 0, middle)
        for piece in (self._strip(), self._field, self.button):
            card.body.addWidget(piece)
        ways = QHBoxLayout()
        ways.addWidget(self.switch)
        ways.addStretch(1)
        ways.addWidget(self.sign_out)
        card.body.addLayout(ways)
        self._draw_drafts(card)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)

    def _strip(self) -> QFrame:
        strip = QFrame()
        strip.setProperty("surface", "tile")
        row = QHBoxLayout(strip)
        row.setContentsMargins(12, 9, 12, 9)
        row.setSpacing(10)
        row.addWidget(Sign("lock", 18))
        row.addWidget(self._why, 1)
        return strip

    def _draw_drafts(self, card: DoorCard) -> None:
        box = QVBoxLayout(self._drafts)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(Line())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Sign("file-check", 18, "ok.text"))
        row.addWidget(self._drafts_words, 1)
        box.addLayout(row)
        self._drafts.hide()
        card.body.addWidget(self._drafts)
