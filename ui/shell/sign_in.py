"""The sign-in card: staff number or name, password, one primary act; what is typed is never lost."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.access.doorplate import Doorplate
from app.core.home import Phase
from ui.kit.buttons import Button
from ui.kit.inputs import Labelled, LineField, PasswordField
from ui.kit.words import Sign, Words
from ui.shell.door_card import DoorCard
from ui.shell.recent import Recent
from ui.style import Role

TITLE = ("登录", "用你自己的工号。每条记录都记在你的名下。")


class SignIn(QWidget):
    """Asks who it is. `asked` carries number or name and the password; refusals come back to their field."""

    asked = Signal(str, str)
    recovery_asked = Signal()

    def __init__(self, *, in_lock: bool = False) -> None:
        super().__init__()
        self._title = ("换人登录", "上一位的草稿都留着，等本人回来。") if in_lock else TITLE
        self._in_lock = in_lock
        self._plate = Doorplate(Phase.CLOSED)
        self.who = LineField("工号或姓名", large=True)
        self.secret = PasswordField("密码", large=True)
        self.fields = {
            "who": Labelled("工号或姓名", self.who),
            "secret": Labelled("密码", self.secret),
        }
        self.button = Button("登录", "primary", large=True)
        self.recovery = Button("用恢复码", "link")
        self.recent = Recent()
        self._lay_out()
        self.who.returnPressed.connect(self._next)
        self.who.textChanged.connect(self._recognise)
        self.who.textEdited.connect(lambda: self.fields["who"].say_wrong(""))
        self.secret.textEdited.connect(lambda: self.fields["secret"].say_wrong(""))
        self.secret.returnPressed.connect(self.button.click)
        self.secret.capsLock.connect(self._note_caps)
        self.button.clicked.connect(self._ask)
        self.recovery.clicked.connect(self.recovery_asked)
        self.recent.chosen.connect(self.fill)

    def show_plate(self, plate: Doorplate) -> None:
        """Know the people of this station."""
        self._plate = plate
        self.recent.show_people(plate.today)
        self._recognise()

    def fill(self, number: str) -> None:
        """Put a number in; the password is what is left to type."""
        self.who.setText(number)
        self.fields["who"].say_wrong("")
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """As a fresh person finds it: nothing typed, the first field ready."""
        self.who.clear()
        self.secret.clear()
        self.secret.hide_again()
        for field in self.fields.values():
            field.say_wrong("")
        self.set_busy(busy=False)
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """While the password is checked (a good half second by design) nothing else can be pressed."""
        self.button.set_busy(busy, "正在登录…")
        for widget in (self.who, self.secret, self.recovery, self.recent):
            widget.setEnabled(not busy)

    def show_refusal(self, field: str, text: str) -> bool:
        """Beside its field; what is typed stays, selected, so that typing replaces it."""
        self.fields.get(field, self.fields["secret"]).say_wrong(text)
        line = self.who if field == "who" else self.secret
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.selectAll()
        return True

    def _ask(self) -> None:
        if not self.who.text().strip():
            self.show_refusal("who", "请输入工号或姓名。")
        elif not self.secret.text():
            self.show_refusal("secret", "请输入密码。")
        elif not self.button.busy:
            self.set_busy(busy=True)  # here, not when the answer comes: a double click must not sign in twice
            self.asked.emit(self.who.text(), self.secret.text())

    def _next(self) -> None:
        if self.who.text().strip():
            self.secret.setFocus(Qt.FocusReason.TabFocusReason)

    def _note_caps(self, locked: bool) -> None:  # noqa: FBT001  # a slot of capsLock(bool)
        self.fields["secret"].hint.say("大写已锁定" if locked else "", "warn")

    def _recognise(self) -> None:
        person, typed = self._plate.person(self.who.text()), self.who.text().strip()
        beside = "" if person is None else person.number if typed == person.name else person.name
        self.fields["who"].hint.setText(beside)

    def _lay_out(self) -> None:
        card = DoorCard()
        card.body.addLayout(_heading(*self._title))
        for piece in (*self.fields.values(), self.button, self.recent):
            card.body.addWidget(piece)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(card)
        if self._in_lock:
            return  # the recovery code is for a station nobody can open
        box.addLayout(
            _middle(Sign("shield-check", 18, "ok.text"), _hint("本机数据已加密。没有网络也能登录和工作"))
        )
        box.addLayout(_middle(_hint("忘记密码：请系统管理员重设，或"), self.recovery))


def _heading(title: str, hint: str) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setSpacing(4)
    box.addWidget(Words(title, Role.PAGE_TITLE))
    box.addWidget(Words(hint, Role.HINT, wrap=True))
    return box


def _hint(text: str) -> Words:
    return Words(text, Role.HINT)


def _middle(*pieces: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addStretch(1)
    for piece in pieces:
        row.addWidget(piece)
    row.addStretch(1)
    return row
