"""What an open item offers: options in full, points or a measured number, ways of not answering, a text asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.assessments.information_rules import LONGEST_TEXT
from app.assessments.instruments import UNABLE, Item, Quantity
from ui.assessments.option_line import OptionLine
from ui.assessments.points_row import MOST, PointsRow
from ui.assessments.reading_row import ReadingRow
from ui.kit import Button, Labelled, LineField, Words
from ui.style import Role


def _many(item: Item) -> Quantity | None:
    """More points than stand in a row are typed as a number."""
    if not item.points or len(item.options) <= MOST:
        return None
    return Quantity("分", "{score}", 0, item.lowest, item.highest)


class ItemAnswer(QWidget):
    """Filled when the card first opens: most cards of a long form never do."""

    chosen = Signal(int)
    written = Signal(int, str)
    timed = Signal(float)
    """Seconds the stopwatch ran."""
    done = Signal()
    """Enter in the text that was asked for."""

    def __init__(self, item: Item, unable: tuple[str, ...]) -> None:
        super().__init__()
        self._item, self._unable = item, unable
        self._digit: int | None = None
        self.lines: dict[int, OptionLine] = {}
        self.points: PointsRow | None = None
        self.reading: ReadingRow | None = None
        self._locked = False
        self._so_far = Words("", Role.HINT, ink="text2")
        self._ways: dict[int, Button] = {}
        self.text: LineField | None = None
        self._labelled: Labelled | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        if any(option.asks for option in item.options):  # most items ask for none: a form has dozens of cards
            self._write_text()

    def write(self) -> None:
        """Make what is offered, once."""
        if self.lines or self.points is not None or self.reading is not None:
            return
        asked = self._item.quantity or _many(self._item)
        if asked is not None:
            self.reading = ReadingRow(asked, timed=self._item.timed)
            self.reading.set_locked(self._locked)
            self.reading.timed.connect(self.timed)
            self._box.addWidget(self.reading)
        elif self._item.in_row:
            self.points = PointsRow(self._item)
            self.points.chosen.connect(self.chosen)
            self._box.addWidget(self.points)
            self._box.addWidget(self._so_far)
        else:
            apart = any(not option.mark and option.digit != option.score for option in self._item.options)
            for option in self._item.options:
                line = OptionLine(option, points=apart)
                line.clicked.connect(lambda _on=False, digit=option.digit: self.chosen.emit(digit))
                self.lines[option.digit] = line
                self._box.addWidget(line)
        if self._labelled is not None:
            self._box.addWidget(self._labelled)
        if self._unable:
            self._box.addLayout(self._write_ways())

    def choose(self, digit: int | None, typed: str) -> None:
        """Show a digit as chosen; `typed` is a number that may still grow."""
        self._digit = digit
        for one, line in self.lines.items():
            line.setChecked(one == digit)
        for way, button in self._ways.items():
            button.setChecked(way == digit)
        if self.reading is not None:
            option = None if digit is None else self._item.option(digit)
            self.reading.show_value("" if option is None else option.sign, typed)
        if self.points is not None:
            self.points.choose(digit)
            self._so_far.setText(self._row_words(digit, typed))

    def set_locked(self, locked: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        """Nothing can be timed now; other answers are refused in words."""
        self._locked = locked
        if self.reading is not None:
            self.reading.set_locked(locked)

    def _row_words(self, digit: int | None, typed: str) -> str:
        """What stands under a row: a number on its way, what the chosen one means, or what both ends mean."""
        option = None if digit is None else self._item.option(digit)
        if typed:
            signs = "数字" if self._item.points else " + 或 -"
            return f"{typed}…　再按{signs}，或按 Enter 确定"
        if option is not None and option.text != f"{option.digit} 分":
            return option.text
        ends = (self._item.options[0], self._item.options[-1])
        scale = "　".join(f"{one.sign} {one.text}" for one in ends if one.text != f"{one.digit} 分")
        return scale or f"{ends[0].digit}～{ends[1].digit} 分"

    def show_asked(self, digit: int | None, text: str) -> None:
        """The text that the chosen option asks for; hidden where it asks for none."""
        if self._labelled is None or self.text is None:
            return
        option = None if digit is None else self._item.option(digit)
        asks = option.asks if option is not None else ""
        self._labelled.setVisible(bool(asks))
        self._labelled.label.setText(asks)
        if self.text.text() != text:
            self.text.setText(text)

    @property
    def asks(self) -> bool:
        """Whether a text is asked for now."""
        return self._labelled is not None and not self._labelled.isHidden()

    def _write_text(self) -> None:
        self.text = LineField(self._item.name, "")
        self.text.setMaxLength(LONGEST_TEXT)
        self.text.textEdited.connect(self._say_written)
        self.text.returnPressed.connect(self.done)
        self._labelled = Labelled("", self.text, required=True)
        self._labelled.hide()

    def _write_ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for place, words in enumerate(self._unable):
            digit = UNABLE - place
            button = Button(f"{words}　{'-*'[place]}" if place < 2 else words, "quiet")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, digit=digit: self.chosen.emit(digit))
            self._ways[digit] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _say_written(self, text: str) -> None:
        if self._digit is not None:
            self.written.emit(self._digit, text)
