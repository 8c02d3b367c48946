"""本次医嘱: the orders said so far for one resident, to be signed together."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.clock import local
from app.medication.orders import OrderForm
from app.medication.orders.entry_form import Typed
from app.medication.queries.order_preview import OrderPreviewRow
from app.medication.rules.drug import Drug
from ui.kit import Button, Card, Foot, ScrollBody, Tag, Words
from ui.style import Role, Tone, look

WIDTH = 340


@dataclass(frozen=True)
class BasketLine:
    """One order: as typed, as it will be issued, as it reads. `second`: the checks ask for a second signature."""

    typed: Typed
    drug: Drug
    form: OrderForm
    row: OrderPreviewRow
    second: bool = False

    @property
    def words(self) -> str:
        """`长期 氨氯地平片 5 mg/片　5 mg（1 片）　口服　每日一次 08:00`."""
        return f"{self.row.kind}　{self.row.title}　{self.row.asks}"


def first_words(row: OrderPreviewRow, zone: str) -> str:
    """`首次 11-24 17:30，之后 11-25 08:00；到 12-01 止`."""
    firsts = [f"{local(zone, at):%m-%d %H:%M}" for at in row.firsts]
    said = f"首次 {firsts[0]}" if firsts else ""
    if len(firsts) > 1:
        said += f"，之后 {'、'.join(firsts[1:])}"
    ends = f"{local(zone, row.ends):%m-%d %H:%M} 止" if row.ends is not None else ""
    return "；".join(part for part in (said, ends) if part)


class OrderBasket(Card):
    """`taken`: a line goes back into the form; `signed`: all of them are to be signed."""

    taken = Signal(int)
    dropped = Signal(int)
    signed = Signal()

    def __init__(self, zone: str, act: str) -> None:
        super().__init__(flush=True)
        self._zone = zone
        self.lines: tuple[BasketLine, ...] = ()
        self.setFixedWidth(look.sp(WIDTH))
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 20, 10)
        self.title_words = Words("本次医嘱", Role.CARD_TITLE)
        self.count = Words("", Role.HINT)
        head.addWidget(self.title_words)
        head.addStretch(1)
        head.addWidget(self.count)
        self.body.addLayout(head)
        self._scroll = ScrollBody((16, 2, 16, 12), 10)
        self.empty = Words("填好一条按 Enter 放到这里，几条一起签名。", Role.HINT, wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self._scroll.body.addWidget(self.empty)
        self._scroll.body.addLayout(self._list)
        self._scroll.body.addStretch(1)
        self.body.addWidget(self._scroll, 1)
        foot = Foot()
        self.sign = Button(act, "primary", icon="square-pen", large=True)
        self.sign.setToolTip("Ctrl+Enter")
        self.sign.clicked.connect(self.signed)
        foot.row.addWidget(self.sign, 1)
        self.body.addWidget(foot)
        self.show_lines(())

    def show_lines(self, lines: tuple[BasketLine, ...]) -> None:
        """These orders, in the order they were said."""
        self.lines = lines
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, line in enumerate(lines):
            self._list.addWidget(self._line(place, line))
        self.empty.setVisible(not lines)
        self.count.setText(f"{len(lines)} 条" if lines else "")

    def _line(self, place: int, line: BasketLine) -> QWidget:
        box = QFrame()
        box.setProperty("surface", "tile")
        box.setAccessibleName(line.words)
        inside = QVBoxLayout(box)
        inside.setContentsMargins(14, 10, 10, 8)
        inside.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Tag(line.row.kind, Tone.INFO), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Words(line.row.title, Role.STRONG, wrap=True), 1)
        inside.addLayout(head)
        inside.addWidget(Words(line.row.asks, Role.BODY, ink="text2", wrap=True))
        if said := first_words(line.row, self._zone):
            inside.addWidget(Words(said, Role.HINT, wrap=True))
        if line.second:
            inside.addWidget(Words("禁忌，要双签", Role.HINT, ink="danger"))
        inside.addLayout(self._acts(place))
        return box

    def _acts(self, place: int) -> QHBoxLayout:
        acts = QHBoxLayout()
        acts.setSpacing(12)
        acts.addStretch(1)
        change = Button("改", "link")
        away = Button("去掉", "link")
        change.clicked.connect(lambda: self.taken.emit(place))
        away.clicked.connect(lambda: self.dropped.emit(place))
        acts.addWidget(change)
        acts.addWidget(away)
        return acts
