"""One item of the instrument as a card: every option in full where the work is, the row of digits elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from app.assessments.instruments import UNABLE, Item
from ui.assessments.item_answer import ItemAnswer
from ui.assessments.item_typing import Typing
from ui.assessments.option_line import OptionLine
from ui.assessments.points_row import PointsRow
from ui.kit import Card, ElidedWords, FieldError, IconTile, Tag, Words
from ui.style import Role, Tone, look

UNABLE_KEYS = {"-": UNABLE, "*": UNABLE - 1}
"""Keys, both on the number pad, that say an item could not be answered, in the instrument's first and second way."""


class ItemCard(Card):
    """Focus makes it the one where the work is. Digits answer; arrows, Enter and Backspace are told to the page."""

    answered = Signal(str, int)
    written = Signal(str, int, str)
    """Code, digit, and the text the chosen option asks for."""
    entered = Signal(str)
    moved = Signal(str, int)
    """Code, and +1 or -1."""

    def __init__(self, item: Item, unable: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.item, self._unable = item, unable
        self._open, self._digit = False, None  # type: bool, int | None
        self.typing = Typing(item)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.setContentsMargins(20, 14, 20, 14)
        self.body.setSpacing(10)
        self._under = ElidedWords("", Role.HINT, ink="text3")
        self._help = Words(item.help, Role.HINT, wrap=True)
        self._remark = Words(item.remark, Role.HINT, ink="warn", wrap=True)
        self._source = Words("", Role.HINT, ink="info", wrap=True)
        self._open_mark = Tag("未评", Tone.NEUTRAL)
        self._short = PointsRow(item, low=True)
        self._short.chosen.connect(self._press)
        self.answer = ItemAnswer(item, unable)
        self.answer.chosen.connect(self._press)
        self.answer.timed.connect(self._timed)
        self.answer.written.connect(lambda digit, text: self.written.emit(item.code, digit, text))
        self.answer.done.connect(lambda: self.moved.emit(item.code, 1))
        self.error = FieldError()
        self.body.addLayout(self._head())
        for piece in (self.error, self._help, self._source, self.answer, self._remark):
            self.body.addWidget(piece)
        self._show()

    @property
    def open(self) -> bool:
        """Whether every option shows."""
        return self._open

    def show_answer(self, digit: int | None, source: str = "", asked: str = "") -> None:
        """Show an answer, where it comes from if nobody chose it, and the text its option asks for."""
        self._digit = digit
        self.typing.clear()
        self._source.setText(source)
        self.answer.show_asked(digit, asked)
        self.error.say("")
        self._show()

    def set_open(self, open_: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        """Show every option, or only the digits."""
        if open_:
            self.answer.write()
        elif self.typing.typed:
            self._commit()
        self._open = open_
        if not open_:
            self.error.say("")
        self._show()

    def line(self, digit: int) -> OptionLine:
        """The option of a digit (made when the card first opens)."""
        return self.answer.lines[digit]

    def digit_button(self, digit: int) -> QPushButton:
        """The small button of a digit."""
        return self._short.button(digit)

    def refuse(self, sign: str) -> None:
        """A key that is no option: say so, change nothing."""
        self.error.say(self.typing.refused(sign))
        self.update()

    def set_locked(self, locked: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        """Nothing can be timed now; other answers are refused in words."""
        self.answer.set_locked(locked)

    def drop(self) -> None:
        """Another form: what is typed or timed here was for the one before."""
        self.typing.clear()
        if self.answer.reading is not None:
            self.answer.reading.drop()

    def take_typed(self) -> None:
        """Answer with a number that was typed and not ended with Enter yet."""
        self._commit()

    # events -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, sign = event.key(), event.text()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        reading = self.answer.reading
        if plain and self.typing.takes(sign):
            self._type(sign)
        elif plain and key == Qt.Key.Key_Space and reading is not None and reading.with_watch:
            if not event.isAutoRepeat():  # a key held down is one press
                reading.toggle()
        elif plain and sign in UNABLE_KEYS and -UNABLE_KEYS[sign] <= len(self._unable):
            self._press(UNABLE_KEYS[sign])
        elif plain and key in {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._leave(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Backspace:
            if reading is not None and reading.running:
                reading.drop()
            elif self.typing.back():
                self._show()
            else:
                self.moved.emit(self.item.code, -1)
        elif plain and len(sign) == 1 and sign.isprintable() and not sign.isspace():
            self.refuse(sign)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit(self.item.code)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        wrong = bool(self.error.text())
        if not self._open and not wrong:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("danger.solid" if wrong else "primary"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 11, 11)

    # inside -------------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(Words(self.item.label.replace(" ", "  ", 1), Role.CARD_TITLE, wrap=True))
        titles.addWidget(self._under)
        row.addWidget(IconTile(self.item.icon or "clipboard-list", size=36))
        row.addLayout(titles, 1)
        row.addWidget(self._open_mark)
        row.addWidget(self._short)
        return row

    def _type(self, sign: str) -> None:
        """A digit answers at once, unless a longer number could still be meant: then Enter, or the rest of it."""
        self.error.say("")
        digit, wrong = self.typing.add(sign)
        if digit is not None:
            self._press(digit)
        elif wrong:
            self.refuse(wrong)
        self._show()

    def _commit(self) -> bool:
        """Take what is typed so far; True when there was something, be it an answer or not."""
        if not self.typing.typed:
            return False
        digit, wrong = self.typing.end()
        if digit is None:
            self.refuse(wrong)
            self._show()
        else:
            self._press(digit)
        return True

    def _timed(self, seconds: float) -> None:
        """The stopwatch writes its time, as if it had been typed."""
        quantity = self.item.quantity
        if quantity is None:
            return
        digit = quantity.digit(seconds)
        if self.item.option(digit) is None:
            self.refuse(quantity.figure(seconds))
        else:
            self._press(digit)

    def _leave(self, by: int) -> None:
        if not self._commit():
            self.moved.emit(self.item.code, by)

    def _press(self, digit: int) -> None:
        if digit >= 0 and self.item.option(digit) is None:
            self.refuse(str(digit))
            return
        self.typing.clear()
        self.error.say("")
        self.answered.emit(self.item.code, digit)
        self._show()

    def _show(self) -> None:
        option = None if self._digit is None else self.item.option(self._digit)
        unable = self._unable[UNABLE - self._digit] if self._digit is not None and self._digit < 0 else ""
        text = option.text if option else unable
        self._short.choose(self._digit)
        self.answer.choose(self._digit, self.typing.typed)
        self.answer.setVisible(self._open)
        self._short.setVisible(not self._open and self._short.fits)
        self._open_mark.setVisible(not text or bool(unable))
        self._open_mark.say(unable or "未评", Tone.WARN if unable else Tone.NEUTRAL)
        written = option is not None and option.mark and not self._short.fits and self.item.quantity is None
        self._under.setText(f"{option.mark}　{text}" if option and written else text or self.item.help)
        self._under.setVisible(not self._open and bool(self._under.text()))
        self._help.setVisible(self._open and bool(self.item.help))
        self._source.setVisible(bool(self._source.text()))
        self._remark.setVisible(self._open and bool(self.item.remark))
        state = "未评" if not text else f"已选 {option.sign} {text}" if option else text
        self.setAccessibleName(f"{self.item.label} {state}")
        self.update()
