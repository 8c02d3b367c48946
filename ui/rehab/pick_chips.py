"""Chips of which any number is on, as one stop of Tab: ← and → go among them, Space switches the one with the keys."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.kit import Chip, FieldError, Words
from ui.kit.flow import Flow
from ui.style import Role

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class PickChips(QWidget):
    """`changed` after one was switched; `entered` by Enter on one."""

    changed = Signal()
    entered = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.chips: dict[str, _PickChip] = {}
        self._flow = Flow(6)
        self.setLayout(self._flow)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """Other chips as (key, words); what was on stays on where it is among them."""
        wanted, on = dict(choices), set(self.keys)
        if list(wanted) == list(self.chips):
            return
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {}
        for place, (key, words) in enumerate(wanted.items()):
            chip = _PickChip(words, checked=key in on)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == 0 else Qt.FocusPolicy.ClickFocus)
            chip.toggled.connect(self.changed)
            chip.entered.connect(self.entered)
            chip.stepped.connect(lambda step, key=key: self._step(key, step))
            chip.came.connect(lambda key=key: self._stop_at(key))
            self.chips[key] = chip
            self._flow.addWidget(chip)

    @property
    def keys(self) -> tuple[str, ...]:
        """What is on, in the order of the chips."""
        return tuple(key for key, chip in self.chips.items() if chip.isChecked())

    def choose(self, keys: Iterable[str]) -> None:
        """Switch exactly these on; says nothing."""
        wanted = set(keys)
        for key, chip in self.chips.items():
            blocked = chip.blockSignals(True)
            chip.setChecked(key in wanted)
            chip.blockSignals(blocked)

    def focus_part(self) -> QWidget:
        """Where the keys go."""
        stop = (chip for chip in self.chips.values() if chip.focusPolicy() == Qt.FocusPolicy.StrongFocus)
        return next(stop, self)

    def _step(self, key: str, step: int) -> None:
        places = list(self.chips)
        place = places.index(key) + step
        if 0 <= place < len(places):
            self.chips[places[place]].setFocus(Qt.FocusReason.TabFocusReason)

    def _stop_at(self, key: str) -> None:
        for one, chip in self.chips.items():
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one == key else Qt.FocusPolicy.ClickFocus)


class Asked(QWidget):
    """A question over what answers it, which may break into several rows; what is wrong with it stands below.

    The kit's label holds a field of one line: it would cut off the second row.
    """

    def __init__(self, label: str, answer: QWidget, *, required: bool = False) -> None:
        super().__init__()
        self.answer, self.error = answer, FieldError()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(Words(label, Role.LABEL))
        if required:
            star = Words("*", Role.LABEL, ink="danger")
            star.setAccessibleName("必填")
            head.addWidget(star)
        head.addStretch(1)
        box.addLayout(head)
        box.addWidget(answer)
        box.addWidget(self.error)

    def say_wrong(self, text: str) -> None:
        """Show what is wrong; an empty text shows all is well."""
        self.error.say(text)


class _PickChip(Chip):
    stepped = Signal(int)
    entered = Signal()
    came = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self.stepped.emit(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.came.emit()
