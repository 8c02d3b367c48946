"""The note of a session in four parts, with short phrases for the part that is being written: Alt and a digit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.rehab.lists.attendance import SOAP, phrases
from ui.kit import Key, LineField, Words, bind
from ui.kit.flow import FlowRow
from ui.kit.tag_button import TagButton
from ui.style import Role

PARTS = {
    "s": ("S 主诉", "老人怎么说"),
    "o": ("O 所见", "做到了什么"),
    "a": ("A 评价", "较前怎样"),
    "p": ("P 计划", "下次怎样"),
}
MOST = 9


class SoapBox(QWidget):
    """`changed` with every edit; `entered` by Enter."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields = {part: _Part(*PARTS[part]) for part in SOAP}
        self.offers = FlowRow(6)
        self._discipline, self._part = "", "o"
        self._last: dict[str, str] = {}
        self._items: tuple[str, ...] = ()
        self._phrases: tuple[str, ...] = ()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (part, field) in enumerate(self.fields.items()):
            label = Words(PARTS[part][0], Role.LABEL)
            label.setBuddy(field)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(field, row, 1)
            field.came.connect(partial(self._offer, part))
            field.textEdited.connect(lambda *_: self.changed.emit())
            field.returnPressed.connect(self.entered)
        self.offers.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        grid.addWidget(self.offers, len(self.fields), 0, 1, 2)
        digits = " ".join(f"Alt+{digit}" for digit in range(1, MOST + 1))
        bind(
            self,
            Key(digits, "写入第几个短语"),
            *(Key(f"Alt+{digit}", "", partial(self._take, digit - 1)) for digit in range(1, MOST + 1)),
        )

    def show_phrases(self, discipline: str, last: Mapping[str, str], items: tuple[str, ...] = ()) -> None:
        """Of which discipline; `last`: the note of the last session, offered first; `items`: the item's own results."""
        self._discipline, self._last, self._items = discipline, dict(last), items
        self._offer(self._part)

    def texts(self) -> dict[str, str]:
        return {part: text for part, field in self.fields.items() if (text := field.text().strip())}

    def put(self, texts: Mapping[str, str]) -> None:
        for part, field in self.fields.items():
            field.setText(texts.get(part, ""))

    def _offer(self, part: str) -> None:
        """The phrases of a part as buttons; the note of last time first."""
        self._part = part
        own = self._items if part == "o" else ()
        last = (self._last[part],) if self._last.get(part) else ()
        self._phrases = tuple(dict.fromkeys((*last, *own, *phrases(self._discipline, part))))[:MOST]
        pieces = []
        for number, words in enumerate(self._phrases):
            shown = f"{number + 1} 上次：{words}" if last and number == 0 else f"{number + 1} {words}"
            piece = TagButton(shown)
            piece.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            piece.pressed.connect(partial(self._take, number))
            pieces.append(piece)
        self.offers.show_pieces(pieces)

    def _take(self, number: int) -> None:
        """Into the part that is being written, after what stands there."""
        if number < len(self._phrases):
            field = self.fields[self._part]
            said = field.text().strip().rstrip("，。；")
            field.setText(f"{said}，{self._phrases[number]}" if said else self._phrases[number])
            field.setFocus()
            self.changed.emit()


class _Part(LineField):
    came = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.came.emit()
