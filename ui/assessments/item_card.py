"""One item of the instrument as a card: every option in full where the work is, the row of digits elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from app.assessments.instruments import Item
from ui.assessments.option_line import OptionLine
from ui.kit import Card, ElidedWords, FieldError, IconTile, OptionRow, Tag, Words
from ui.style import Role, Tone, look

_DIGIT_WIDTH, _DIGIT_GAP = 46, 8


class DigitRow(OptionRow):
    """The digits of an item side by side, the lowest left."""

    def __init__(self, digits: tuple[int, ...]) -> None:
        super().__init__(tuple((str(digit), str(digit)) for digit in sorted(digits)))
        self._count = len(digits)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for digit in digits:
            button = self.button(str(digit))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setMinimumWidth(0)

    def sizeHint(self) -> QSize:
        width = look.sp(_DIGIT_WIDTH) * self._count + _DIGIT_GAP * (self._count - 1)
        return QSize(width, super().sizeHint().height())


class ItemCard(Card):
    """Focus makes it the one where the work is. A digit answers; arrows and Backspace are told to the page."""

    answered = Signal(str, int)
    entered = Signal(str)
    moved = Signal(str, int)
    """Code, and +1 or -1."""

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        self._open = False
        self._digit: int | None = None
        self._lines: dict[int, OptionLine] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.setContentsMargins(20, 14, 20, 14)
        self.body.setSpacing(10)
        self._under = ElidedWords("", Role.HINT, ink="text3")
        self._help = Words(item.help, Role.HINT, wrap=True)
        self._remark = Words(item.remark, Role.HINT, ink="warn", wrap=True)
        self._open_mark = Tag("未评", Tone.NEUTRAL)
        self._digits = DigitRow(tuple(option.digit for option in item.options))
        self._digits.group.buttonClicked.connect(self._digit_clicked)
        self.error = FieldError()
        self._options = QVBoxLayout()
        self._options.setSpacing(8)
        self.body.addLayout(self._head())
        self.body.addWidget(self.error)
        self.body.addWidget(self._help)
        self.body.addLayout(self._options)
        self.body.addWidget(self._remark)
        self._show()

    @property
    def open(self) -> bool:
        """Whether every option shows."""
        return self._open

    def show_answer(self, digit: int | None) -> None:
        """Show an answer, or that there is none."""
        self._digit = digit
        self.error.say("")
        self._show()

    def set_open(self, open_: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        """Show every option, or only the digits."""
        if open_ and not self._lines:
            self._write_options()
        self._open = open_
        if not open_:
            self.error.say("")
        self._show()

    def line(self, digit: int) -> OptionLine:
        """The option of a digit (made when the card first opens)."""
        return self._lines[digit]

    def digit_button(self, digit: int) -> QPushButton:
        """The small button of a digit."""
        return self._digits.button(str(digit))

    def refuse(self, sign: str) -> None:
        """A key that is no option: say so, change nothing."""
        digits = "、".join(str(option.digit) for option in sorted(self.item.options, key=lambda o: o.digit))
        self.error.say(f"没有选项 {sign}，可选 {digits}。")
        self.update()

    # events -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, sign = event.key(), event.text()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and sign.isascii() and sign.isdigit():
            self._press(int(sign))
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and plain:
            self.moved.emit(self.item.code, 1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Backspace:
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
        titles.addWidget(Words(f"{self.item.code}  {self.item.name}", Role.CARD_TITLE))
        titles.addWidget(self._under)
        row.addWidget(IconTile(self.item.icon or "clipboard-list", size=36))
        row.addLayout(titles, 1)
        row.addWidget(self._open_mark)
        row.addWidget(self._digits)
        return row

    def _write_options(self) -> None:
        for option in self.item.options:
            line = OptionLine(option)
            line.clicked.connect(lambda _on=False, digit=option.digit: self._press(digit))
            self._lines[option.digit] = line
            self._options.addWidget(line)

    def _digit_clicked(self) -> None:
        chosen = self._digits.key
        self._digits.choose(None if self._digit is None else str(self._digit))
        if chosen is not None:
            self._press(int(chosen))

    def _press(self, digit: int) -> None:
        if self.item.option(digit) is None:
            self.refuse(str(digit))
            return
        self.error.say("")
        self.answered.emit(self.item.code, digit)
        self._show()

    def _show(self) -> None:
        option = None if self._digit is None else self.item.option(self._digit)
        self._digits.choose(None if option is None else str(option.digit))
        for digit, line in self._lines.items():
            line.setChecked(digit == self._digit)
            line.setVisible(self._open)
        self._digits.setVisible(not self._open)
        self._open_mark.setVisible(option is None)
        self._under.setText(option.text if option else self.item.help)
        self._under.setVisible(not self._open and bool(self._under.text()))
        self._help.setVisible(self._open and bool(self.item.help))
        self._remark.setVisible(self._open and bool(self.item.remark))
        state = "未评" if option is None else f"已选 {option.digit} {option.text}"
        self.setAccessibleName(f"{self.item.code} {self.item.name} {state}")
        self.update()
