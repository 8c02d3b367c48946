"""The sheet that asks why a session was not held, or was stopped: what became of it, a reason by digit, words."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rehab.lists.attendance import attendances, reasons_of
from ui.kit import ChipRow, Key, Labelled, LineField, OptionRow, Sheet, bind
from ui.rehab.pick_chips import Asked

COLUMNS = 3
NOT_HELD = ("refused", "absent", "sick")


class OtherwiseSheet(Sheet):
    """`said` carries attendance, reason and words; the caller closes the sheet once it is recorded."""

    said = Signal(str, str, str)

    def __init__(self, parent: QWidget, title: str, choices: tuple[str, ...], act: str) -> None:
        super().__init__(parent, title, width=560)
        known = attendances()
        self.attendance = ChipRow(tuple((code, known[code].words) for code in choices))
        self.reasons = OptionRow(())
        self.words = LineField("说明", "选“其他”时必填")
        self._attendance = Labelled("没有训练，是因为", self.attendance, required=True)
        self._attendance.setVisible(len(choices) > 1)
        listed = QWidget()
        self._place = QVBoxLayout(listed)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._reasons = Asked("原因（按数字选）", listed, required=True)
        self._words = Labelled("说明", self.words)
        if len(choices) > 1:
            self.body.addWidget(self._attendance)
        self.body.addWidget(self._reasons)
        self.body.addWidget(self._words)
        self.offer(act)
        self.attendance.group.buttonClicked.connect(self._show_reasons)
        self.done_with.connect(self._finish)
        self.finished.connect(self.deleteLater)
        bind(
            self,
            Key("1 2 3 4 5 6 7 8 9 0", "选原因，0 是第十个"),
            *(Key(str(digit), "", partial(self.type_digit, digit)) for digit in range(10)),
        )
        self._show_reasons()

    def choose(self, attendance: str) -> None:
        """As a click on it would."""
        self.attendance.choose(attendance)
        self._show_reasons()

    def type_digit(self, digit: int) -> None:
        """The reason of this number, 0 the tenth; 其他 then wants words."""
        listed, place = reasons_of(self.attendance.key), (digit or 10) - 1
        if place < len(listed):
            self.reasons.choose(listed[place].code)
            self._reasons.say_wrong("")
            if listed[place].words_needed:
                self.words.setFocus()

    def show_refusal(self, field: str, text: str) -> bool:
        """A rule refused: said beside its input; False if it has none here."""
        places: dict[str, Asked | Labelled] = {
            "why": self._reasons,
            "why_words": self._words,
            "attendance": self._attendance,
        }
        place = places.get(field)
        if place is not None:
            place.say_wrong(text)
        return place is not None

    def _show_reasons(self) -> None:
        listed = reasons_of(self.attendance.key)
        fresh = OptionRow(
            tuple((one.code, f"{number % 10} {one.words}") for number, one in enumerate(listed, 1)),
            columns=COLUMNS,
            low=True,
        )
        self._place.addWidget(fresh)
        self._place.removeWidget(self.reasons)
        self.reasons.hide()
        self.reasons.deleteLater()
        self.reasons = fresh
        fresh.group.buttonClicked.connect(lambda: self._reasons.say_wrong(""))

    def _finish(self) -> None:
        why = self.reasons.key or ""
        reason = next((one for one in reasons_of(self.attendance.key) if one.code == why), None)
        if reason is None:
            self._reasons.say_wrong("请选原因：按数字。")
        elif reason.words_needed and not self.words.text().strip():
            self._words.say_wrong(f"“{reason.words}”请写明情况。")
            self.words.setFocus()
        else:
            self.said.emit(self.attendance.key, why, self.words.text().strip())
