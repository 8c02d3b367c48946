"""The fourteen reasons why a dose was not given, chosen by number, with words where one needs them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.medication.giving.writing import LONGEST
from app.medication.lists import Reason, reasons
from app.medication.queries import SlotRow
from ui.kit import Key, Labelled, LineField, OptionRow, bind

AWAY_LEAVE, AWAY_HOSPITAL, BELOW = 2, 3, 8


class ReasonChoice(QWidget):
    """`number` and `note` are what the orders take. Digits work inside `keys_in` (itself if None)."""

    chosen = Signal(int)

    def __init__(self, columns: int = 5, keys_in: QWidget | None = None) -> None:
        super().__init__()
        self._typed = ""
        listed = tuple((str(one.number), f"{one.number} {one.words}") for one in reasons().values())
        self.options = OptionRow(listed, columns=columns, low=True)
        self.words = LineField("说明", "要补充时写在这里")
        self.words.setMaxLength(LONGEST)
        self._options = Labelled("原因", self.options, required=True, hint="按数字选，Enter 确认")
        self._words = Labelled("说明", self.words)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self._options)
        box.addWidget(self._words)
        self.options.group.idClicked.connect(lambda _place: self._taken())
        self.words.textEdited.connect(lambda: self._words.say_wrong(""))
        bind(
            keys_in or self,
            *(Key(str(digit), self._meant(digit), partial(self.type_digit, digit)) for digit in range(1, 10)),
            Key("0", "先按 1：10 到 14 是两位数", partial(self.type_digit, 0)),
        )

    @property
    def number(self) -> int:
        """0 before any choice."""
        return int(self.options.key or 0)

    @property
    def note(self) -> str:
        return self.words.text().strip()

    @property
    def reason(self) -> Reason | None:
        return reasons().get(self.number)

    def type_digit(self, digit: int) -> None:
        """A digit chooses; a second one after a 1 makes 10 to 14."""
        both = f"{self._typed}{digit}"
        text = both if self._typed and int(both) in reasons() else str(digit)
        if int(text) in reasons():
            self.choose(int(text))
            self._typed = text if len(text) == 1 else ""

    def choose(self, number: int) -> None:
        """Choose as a click would."""
        self.options.choose(str(number))
        self._taken()

    def suggest(self, slots: tuple[SlotRow, ...]) -> None:
        """What the program knows already: away, or a value too low."""
        away = {slot.away for slot in slots}
        if away in ({"hospital"}, {"leave"}):
            self.choose(AWAY_HOSPITAL if away == {"hospital"} else AWAY_LEAVE)
        elif slots and all(slot.holds for slot in slots):
            self.choose(BELOW)

    def check(self) -> bool:
        """Whether it can be recorded; what is missing is said beside its field."""
        if self.reason is None:
            self._options.say_wrong("请选原因：按 1 到 14。")
        elif self.reason.words_needed and not self.note:
            self._words.say_wrong(f"“{self.reason.words}”请写明情况。")
            self.words.setFocus()
        else:
            return True
        return False

    def show_refusal(self, field: str, text: str) -> bool:
        """A rule refused: said beside its field; False if it has none here."""
        place = {"number": self._options, "note": self._words}.get(field)
        if place is not None:
            place.say_wrong(text)
        return place is not None

    def focus_first(self) -> None:
        self.options.button(self.options.key or "1").setFocus()

    @property
    def wrong(self) -> str:
        """The sentence now shown."""
        return self._options.error.text() or self._words.error.text()

    @staticmethod
    def _meant(digit: int) -> str:
        known = reasons().get(digit)
        return known.words if known is not None else ""

    def _taken(self) -> None:
        self._typed = ""
        for piece in (self._options, self._words):
            piece.say_wrong("")
        needs = self.reason is not None and self.reason.words_needed
        self.words.setPlaceholderText("请写明情况" if needs else "要补充时写在这里")
        self.chosen.emit(self.number)
