"""The running orders a prescription may be made of: Space checks one; what may not be on it stands there with why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.medication.prescriptions import EXTENDED, FREE, LONG, Candidate
from app.medication.prescriptions.policy import most_items
from ui.kit import Column, RowsTable, cells
from ui.medication.rx_columns import quantity_words
from ui.style import Tone

_CONTROL = "特殊管理药品，不能延伸处方"


def refused_why(what: str, one: Candidate) -> str:
    """Why it cannot be on a prescription of this kind; empty where it can."""
    if what == LONG:
        return one.objection.removeprefix(f"{one.need.words}是") if one.refuses else ""
    if what == EXTENDED:
        return _CONTROL if one.control else ""
    if not one.free:
        return "不在免费基本药物目录里"
    return "这个月已领过" if one.had else ""


class RxItems(RowsTable[Candidate]):
    """`turned`: another choice; `finished`: Enter, on to the form. The first column shows what is chosen."""

    turned = Signal()
    finished = Signal()

    def __init__(self) -> None:
        self.what = LONG
        self.chosen: set[UUID] = set()
        super().__init__(
            _columns(lambda: self.what, self.chosen), lambda one: one.order, words="在用长期医嘱"
        )
        self.clicked.connect(lambda _index: self.turn())

    @property
    def picked_rows(self) -> tuple[Candidate, ...]:
        """What is chosen, in the order of the list."""
        return tuple(one for one in self.rows_model.rows if one.order in self.chosen)

    def show_candidates(self, what: str, rows: Sequence[Candidate]) -> None:
        """These orders; a choice that may stand no longer is taken back."""
        self.what = what
        self.chosen &= {one.order for one in rows if not refused_why(what, one)}
        self.set_rows(rows)

    def choose_drugs(self, codes: Sequence[str]) -> None:
        """Choose by medicine, as another prescription or a draft had them."""
        self.chosen.clear()
        self.chosen |= {
            one.order
            for one in self.rows_model.rows
            if one.need.drug in codes and not refused_why(self.what, one)
        }
        self._tell_turned()

    def turn(self) -> None:
        """Space or a click: on or off."""
        row = self.current()
        if row is not None and not refused_why(self.what, row):
            self.chosen ^= {row.order}
            self._tell_turned()

    def turn_all(self) -> None:
        """A: what may be on it without an exception and is not covered yet, as many as one may have; or none."""
        clean = [
            one
            for one in self.rows_model.rows
            if not refused_why(self.what, one) and not (self.what == LONG and one.objection)
        ]
        if self.what != FREE:
            clean = sorted(clean, key=lambda one: one.covered is not None)[: most_items()]
        wanted = {one.order for one in clean}
        already = wanted == self.chosen
        self.chosen.clear()
        self.chosen |= set() if already else wanted
        self._tell_turned()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.turn()
        elif event.key() == Qt.Key.Key_A:
            self.turn_all()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def _tell_turned(self) -> None:
        self.viewport().update()
        self.turned.emit()


def _columns(kind: Callable[[], str], chosen: set[UUID]) -> tuple[Column[Candidate], ...]:
    def box(one: Candidate) -> cells.Cell:
        if refused_why(kind(), one):
            return cells.Signed("", "minus", "text3")
        on = one.order in chosen
        return cells.Signed("", "square-check" if on else "square", "primary" if on else "text2")

    def what(one: Candidate) -> cells.Cell:
        name = " ".join(part for part in (one.need.words, one.need.strength) if part)
        if why := refused_why(kind(), one):
            return cells.What(name, why, "pill", Tone.NEUTRAL, under_ink="danger.text", ink="text3")
        if kind() == LONG and one.objection:
            why = one.objection.removeprefix(f"{one.need.words}是").removeprefix(one.need.words)
            return cells.What(name, why, "pill", Tone.WARN, under_ink="warn.text")
        if kind() != FREE and one.covered is not None:
            under = f"已在处方里，至 {one.covered:%m-%d}　{one.need.usage}"
            return cells.What(name, under, "pill", Tone.NEUTRAL)
        return cells.What(name, one.need.usage, "pill", Tone.INFO)

    def amount(one: Candidate) -> cells.Cell:
        need = one.need
        if refused_why(kind(), one):
            return cells.Text("—", "text3")
        return cells.Text(quantity_words(need.units, need.unit, need.packs, need.pack_unit), "text")

    return (
        Column("", box, 34),
        Column("药品和用法", what, least=190),
        Column("用量", amount, 138),
    )
