"""What is asked under a row of the guided round, where the row stands: a reason, a value, a site, a second person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.medication.lists import reasons
from app.vitals.catalogue import sign_of
from app.vitals.rules.typing import Whose, read_typed
from ui.kit import Button, LineField, OptionRow, PasswordField, Words
from ui.kit.inputs import FieldError
from ui.style import Role, Tone, look


class Panel(QFrame):
    """`answered` carries what was said; Esc drops it. Digits reach `digit` wherever the focus is not in a field."""

    answered = Signal(object)
    dropped = Signal()

    def __init__(self, title: str, hint: str, tone: Tone | None = None) -> None:
        super().__init__()
        self.setProperty("strip", str(tone) if tone else "none")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 8, 12, 10)
        self.body.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(10)
        ink = str(tone) if tone else "text"
        self.title = Words(title, Role.STRONG, ink=ink, wrap=True)
        head.addWidget(self.title, 1)
        head.addWidget(Words(hint, Role.HINT, ink=str(tone) if tone else ""))
        self.body.addLayout(head)
        self.error = FieldError()
        self.fields: list[LineField] = []

    def begin(self) -> QWidget | None:
        """The field that takes the keys; None: they stay with the list, and digits choose."""
        return self.fields[0] if self.fields else None

    def digit(self, digit: str) -> None:
        """A digit was typed outside a field."""

    def confirm(self) -> None:
        """Enter, or Space outside a field."""

    def refuse(self, text: str) -> None:
        """Say what was wrong; what was typed stays."""
        self.error.say(text)
        for one in self.fields[:1]:
            one.set_wrong(bool(text))
            one.selectAll()
            one.setFocus()

    def field(self, piece: LineField) -> LineField:
        """Enter in a field confirms; typing takes the sentence away."""
        self.fields.append(piece)
        piece.returnPressed.connect(self.confirm)
        piece.textEdited.connect(self._edited)
        return piece

    def _edited(self) -> None:
        self.error.say("")
        for one in self.fields:
            one.set_wrong(False)


def _options(choices: Sequence[tuple[int, str]], columns: int) -> OptionRow:
    """Numbered choices that never take the keys."""
    row = OptionRow(tuple((str(key), f"{key} {words}") for key, words in choices), columns=columns, low=True)
    for button in row.group.buttons():
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return row


class ChoicePanel(Panel):
    """One of several by its number: answered with the key of the chosen one."""

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[int, str]],
        *,
        chosen: int | None = None,
        columns: int = 5,
        tone: Tone | None = None,
    ) -> None:
        super().__init__(title, "按数字选，Enter 确认，Esc 返回", tone)
        self._typed = ""
        self._numbers = [number for number, _words in choices]
        self.options = _options(choices, min(columns, len(choices)))
        self.options.group.idClicked.connect(self._clicked)
        self.body.addWidget(self.options)
        self.body.addWidget(self.error)
        self.chosen: int | None = None
        if chosen is not None:
            self.choose(chosen)

    def digit(self, digit: str) -> None:
        """`1` then `4` is 14; a digit that makes no number begins anew."""
        for typed in (self._typed + digit, digit):
            if typed.isdigit() and int(typed) in self._numbers:
                self._typed = typed
                self.choose(int(typed))
                return
        self._typed = ""
        self.error.say(f"没有 {digit} 号，请选上面的数字。")

    def choose(self, number: int) -> None:
        self.chosen = number
        self.error.say("")
        self.options.choose(str(number))

    def confirm(self) -> None:
        if self.chosen is None:
            self.error.say("请先按数字选一项。")
        else:
            self.answered.emit(self.chosen)

    def _clicked(self, place: int) -> None:
        self.choose(self._numbers[place])
        self.confirm()


class ReasonPanel(ChoicePanel):
    """Why it was not given: one of the fourteen, words where it asks for them. Answered with (number, words)."""

    def __init__(self, title: str, chosen: int | None = None) -> None:
        super().__init__(title, [(one.number, one.words) for one in reasons().values()], columns=5)
        self.words = self.field(LineField("情况", "写明情况，Enter 确认"))
        self.body.insertWidget(self.body.count() - 1, self.words)
        self.words.hide()
        if chosen is not None:
            self.choose(chosen)

    def begin(self) -> QWidget | None:
        return None

    def choose(self, number: int) -> None:
        super().choose(number)
        if self.fields:
            self.words.setVisible(reasons()[number].words_needed)

    def confirm(self) -> None:
        if self.chosen is None:
            self.error.say("请先按数字选一项。")
            return
        note = self.words.text().strip() if not self.words.isHidden() else ""
        if reasons()[self.chosen].words_needed and not note:
            if self.words.hasFocus():
                self.error.say(f"“{reasons()[self.chosen].words}”请写明情况。")
            self.words.setFocus()
            return
        self.answered.emit((self.chosen, note))


class WordsPanel(Panel):
    """Why it is late, given in spite of a value, checked by one person alone: a short reason by digit, or words."""

    def __init__(self, title: str, choices: Sequence[str], said: str = "", tone: Tone = Tone.ORANGE) -> None:
        super().__init__(title, "按数字选或写原因，Enter 确认，Esc 返回", tone)
        self._choices = tuple(choices)
        self.options = _options(list(enumerate(choices, 1)), 3)
        self.options.group.idClicked.connect(lambda place: self._take(self._choices[place]))
        self.body.addWidget(self.options)
        self.words = self.field(LineField("原因", "写原因"))
        self.words.setText(said)
        self.words.setMaxLength(200)
        self.words.textEdited.connect(self._numbered)
        self.body.addWidget(self.words)
        self.body.addWidget(self.error)

    def confirm(self) -> None:
        if words := self.words.text().strip():
            self.answered.emit(words)
        else:
            self.refuse("请选一个原因，或写明原因。")

    def _numbered(self, text: str) -> None:
        if text.isdigit() and text.isascii() and 1 <= int(text) <= len(self._choices):
            self.words.setText(self._choices[int(text) - 1])

    def _take(self, words: str) -> None:
        self.words.setText(words)
        self.confirm()


class ValuePanel(Panel):
    """A value measured right now. Answered with what was measured; a doubtful one wants Enter twice."""

    def __init__(self, sign: str, age: int | None, before: str, *, may_skip: bool) -> None:
        self.sign = sign_of(sign)
        super().__init__(f"现在测{self.sign.words}", f"上次 {before}" if before else "还没有测过", Tone.INFO)
        self._age, self._doubted = age, ""
        self.value = self.field(LineField(self.sign.words, "如 128/76" if self.sign.second else ""))
        self.value.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.value.put_right(Words(self.sign.unit, Role.HINT))
        self.value.setMinimumWidth(look.sp(190))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.value)
        save = Button("保存并重新核对", "plain", icon="check")
        save.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        save.clicked.connect(self.confirm)
        row.addWidget(save)
        self.skip = Button("不测，仍要给", "link")
        self.skip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.skip.clicked.connect(lambda: self.answered.emit(None))
        if may_skip:
            row.addWidget(self.skip)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.error)

    def confirm(self) -> None:
        text = self.value.text()
        if not text.strip():
            self.refuse(f"请填{self.sign.words}。")
            return
        typed = read_typed(self.sign, text, (), Whose(self._age), confirmed=text == self._doubted)
        if typed.wrong:
            self.refuse(typed.wrong)
        elif typed.doubt:
            self._doubted = text
            self.error.say(f"{typed.doubt} 没有错请再按 Enter。")
        elif typed.measured is not None:
            self.answered.emit(typed.measured)


class SecondPanel(Panel):
    """The second person gives number and password or PIN where the row stands. Answered with (number, secret), or
    None: alone on this shift."""

    def __init__(self, title: str, number: str) -> None:
        super().__init__(title, "Enter 确认，Esc 返回", Tone.VIOLET)
        self.number = self.field(LineField("第二人工号", "工号，如 0412"))
        self.secret = PasswordField("第二人密码或 PIN", "密码或 PIN")
        self.field(self.secret)
        self.number.setText(number)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.number, 2)
        row.addWidget(self.secret, 3)
        self.sure = Button("核对无误", "primary", icon="user-round-check")
        self.alone = Button("一人值班", "link")
        for button in (self.sure, self.alone):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        self.sure.clicked.connect(self.confirm)
        self.alone.clicked.connect(lambda: self.answered.emit(None))
        self.body.addLayout(row)
        self.body.addWidget(self.error)

    def begin(self) -> QWidget | None:
        return self.secret if self.number.text() else self.number

    def confirm(self) -> None:
        if not self.number.text().strip():
            self.refuse("请另一位护士输入工号。")
        elif not self.secret.text():
            self.secret.setFocus()
        else:
            self.answered.emit((self.number.text().strip(), self.secret.text()))

    def say_refused(self, field: str, text: str) -> None:
        """Beside what was wrong; a wrong number is typed again, a wrong password too."""
        self.error.say(text)
        line = self.number if field in ("number", "who", "second") else self.secret
        line.set_wrong(True)
        line.selectAll()
        line.setFocus()
