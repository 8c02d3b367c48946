"""How much of each free medicine is handed out, at which price, and what the resident is spared."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.medication.prescriptions import Candidate, Item
from app.medication.rules.amounts import WrongAmount, amount_words, read_amount
from ui.kit import FieldError, LineField, Words
from ui.style import Role, look


class RxAmounts(QWidget):
    """One line a medicine; what was typed stays with its medicine while others come and go."""

    changed = Signal()
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, tuple[LineField, LineField]] = {}
        self._sums: dict[str, Words] = {}
        self._typed: dict[str, tuple[str, str]] = {}
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(3, 1)
        self.error = FieldError()
        self.total = Words("", Role.STRONG)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(Words("数量和单价", Role.LABEL))
        box.addWidget(self._inside)
        box.addWidget(self.error)
        box.addWidget(self.total)

    def show_chosen(self, chosen: Sequence[Candidate]) -> None:
        """These medicines; a new one begins with what the days need."""
        self._keep()
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.fields, self._sums = {}, {}
        if not chosen:
            self._grid.addWidget(Words("先在左边选药。", Role.HINT), 0, 0)
        for place, one in enumerate(chosen):
            self._line(place, one)
        self._sum()

    def items(self) -> tuple[Item, ...]:
        return tuple(
            Item(code, quantity.text(), price.text()) for code, (quantity, price) in self.fields.items()
        )

    def typed(self) -> dict[str, list[str]]:
        """For a draft: what stands beside each medicine."""
        self._keep()
        return {code: list(pair) for code, pair in self._typed.items()}

    def put(self, typed: dict[str, list[str]]) -> None:
        """As a draft or the month before had it; before `show_chosen`."""
        self._typed = {code: (pair[0], pair[1]) for code, pair in typed.items()}
        self.fields = {}

    def say_wrong(self, text: str) -> None:
        self.error.say(text)

    def focus_first(self) -> None:
        pair = next(iter(self.fields.values()), None)
        if pair is not None:
            pair[0].setFocus()
            pair[0].selectAll()

    # inside -------------------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        self._typed |= {code: (pair[0].text(), pair[1].text()) for code, pair in self.fields.items()}

    def _line(self, place: int, one: Candidate) -> None:
        code, need = one.need.drug, one.need
        name = Words(f"{need.words} {need.strength}".strip(), Role.BODY, wrap=True)
        quantity, price = LineField(f"{need.words} 数量"), LineField(f"{need.words} 单价", "单价")
        quantity.put_right(Words(need.unit, Role.HINT))
        price.put_right(Words("元", Role.HINT))
        before = self._typed.get(code, (need.units, ""))
        for field, text in zip((quantity, price), before, strict=True):
            field.setText(text)
            field.setFixedWidth(look.sp(104))
            field.textEdited.connect(self._edited)
            field.returnPressed.connect(lambda field=field: self._on(field))
        self._sums[code] = Words("", Role.BODY)
        self._sums[code].setMinimumWidth(look.sp(72))
        self.fields[code] = (quantity, price)
        self._grid.addWidget(name, 2 * place, 0, 1, 4)
        for column, piece in enumerate((quantity, price, self._sums[code])):
            self._grid.addWidget(piece, 2 * place + 1, column)

    def _on(self, field: LineField) -> None:
        every = [one for pair in self.fields.values() for one in pair]
        place = every.index(field) + 1
        if place < len(every):
            every[place].setFocus()
            every[place].selectAll()
        else:
            self.finished.emit()

    def _edited(self) -> None:
        self.error.say("")
        self._sum()
        self.changed.emit()

    def _sum(self) -> None:
        whole = Decimal(0)
        for code, (quantity, price) in self.fields.items():
            try:
                amount = round(read_amount(quantity.text()) * read_amount(price.text()), 2)
            except WrongAmount:
                self._sums[code].setText("")
                continue
            whole += amount
            self._sums[code].setText(f"{amount_words(amount)} 元")
        self.total.setText(f"减免合计 {amount_words(whole)} 元" if whole else "")
