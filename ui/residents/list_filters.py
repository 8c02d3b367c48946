"""Above the list: who is meant (here, away, coming, gone) and which ability level, each with its count."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit import ChipRow
from ui.residents.signs import LEVELS, NOT_ASSESSED

ALL, NEVER = "all", -1
LISTS = (("in", "在住"), ("away", "外出·住院"), ("coming", "咨询·预留"), ("out", "退住"))
"""Lists by `ResidentList.status`; who is away is in the house, too."""


class ListFilters(QWidget):
    """`status` and `level` are what the list asks for."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lists, self.levels = ChipRow(LISTS), ChipRow(_levels())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for row in (self.lists, self.levels):
            box.addWidget(row)
            row.group.buttonClicked.connect(self.chosen)

    @property
    def status(self) -> str:
        return self.lists.key

    @property
    def level(self) -> int | None:
        """0 to 4, `NEVER` for not assessed, None for all."""
        return None if self.levels.key == ALL else int(self.levels.key)

    def reset(self) -> None:
        """Everybody in the house, at any level."""
        self.lists.choose("in")
        self.levels.choose(ALL)

    def turn(self, step: int) -> None:
        """The list before or after, round and round."""
        keys = [key for key, _words in LISTS]
        self.lists.choose(keys[(keys.index(self.status) + step) % len(keys)])
        self.chosen.emit()

    def say_counts(self, lists: Mapping[str, int], levels: Mapping[int | None, int]) -> None:
        """Numbers beside the words; nothing where nobody is."""
        for key, words in LISTS:
            count = lists.get(key, 0)
            self.lists.say(key, f"{words} {count:,}" if count else words)
        by_level = {NEVER if level is None else level: count for level, count in levels.items()}
        for key, words in _levels():
            count = sum(levels.values()) if key == ALL else by_level.get(int(key), 0)
            self.levels.say(key, f"{words} {count:,}" if count else words)


def _levels() -> tuple[tuple[str, str], ...]:
    levels = tuple((str(number), words) for number, (words, _) in enumerate(LEVELS))
    return ((ALL, "全部"), *levels, (str(NEVER), NOT_ASSESSED))


def known_level(level: int | None) -> int | None:
    """The level a list shows, None for those never assessed."""
    return None if level == NEVER else level
