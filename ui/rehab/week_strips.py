"""The strips over the week board: conflicts with a way out of each, and what is still to be put on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from app.rehab.queries.week_rows import Clash, Week
from ui.kit import Button, Sign, Words
from ui.style import Tone, look

OFFERED = 2


def low(button: Button) -> Button:
    """A button that keeps its strip low."""
    button.setProperty("high", "small")
    return button


class ClashStrip(QFrame):
    """The first conflict in words; `taken` carries the offer that is taken, `looked` that both are to be seen."""

    taken = Signal(object)
    looked = Signal()

    def __init__(self) -> None:
        super().__init__()
        look.restyle(self, "strip", str(Tone.DANGER))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 6, 4)
        row.setSpacing(10)
        self._text = Words("", wrap=True, ink="danger")
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.offers = [low(Button("", "danger")) for _ in range(OFFERED)]
        self.look = low(Button("查看两条", "danger"))
        self.look.setToolTip("快捷键：G")
        row.addWidget(Sign("triangle-alert", 18, "danger.text"))
        row.addWidget(self._text, 1)
        for place, button in enumerate(self.offers):
            button.setToolTip(f"快捷键：{place + 1}")
            button.clicked.connect(self._taker(place))
            row.addWidget(button)
        row.addWidget(self.look)
        self.look.clicked.connect(self.looked)
        self.clashes: tuple[Clash, ...] = ()
        self.hide()

    def text(self) -> str:
        return "" if self.isHidden() else self._text.text()

    def show_clashes(self, clashes: tuple[Clash, ...], *, may_move: bool) -> None:
        """Hidden while there is none."""
        self.clashes = clashes
        if clashes:
            self._text.setText(f"{len(clashes)} 处冲突：{clashes[0].words}")
            offers = clashes[0].offers[:OFFERED] if may_move else ()
            for place, button in enumerate(self.offers):
                button.setVisible(place < len(offers))
                if place < len(offers):
                    button.say(offers[place].words)
            self.look.say("查看两条" if len(clashes[0].keys) > 1 else "查看")
        self.setVisible(bool(clashes))

    def _taker(self, place: int) -> Callable[[], None]:
        return lambda: self.take(place)

    def take(self, place: int) -> None:
        """1 or 2: the offer of that number."""
        offers = self.clashes[0].offers[:OFFERED] if self.clashes else ()
        if place < len(offers) and not self.offers[place].isHidden():
            self.taken.emit(offers[place])


class WaitingStrip(QFrame):
    """Lines of the programme that have not all their times, and missed sessions; hidden while there are none."""

    placing = Signal()
    missing = Signal()

    def __init__(self) -> None:
        super().__init__()
        look.restyle(self, "strip", str(Tone.WARN))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 6, 4)
        row.setSpacing(10)
        self._text = Words("", wrap=True, ink="warn")
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.place = low(Button("排上", "plain"))
        self.place.setToolTip("快捷键：U")
        self.missed = low(Button("补训", "plain"))
        self.missed.setToolTip("快捷键：B")
        row.addWidget(Sign("calendar", 18, "warn.text"))
        row.addWidget(self._text, 1)
        row.addWidget(self.place)
        row.addWidget(self.missed)
        self.place.clicked.connect(self.placing)
        self.missed.clicked.connect(self.missing)
        self.hide()

    def text(self) -> str:
        return "" if self.isHidden() else self._text.text()

    def show_waiting(self, week: Week, missed: int, *, may: bool) -> None:
        count = sum(line.missing for line in week.unplaced)
        first = "、".join(f"{one.name} {one.words} {one.missing} 次" for one in week.unplaced[:2])
        more = f" 等 {len(week.unplaced)} 项" if len(week.unplaced) > 2 else ""
        parts = (f"未排 {count} 次：{first}{more}",) * bool(count) + (f"待补训 {missed} 次",) * bool(missed)
        self._text.setText("　·　".join(parts))
        self.place.setVisible(bool(count) and may)
        self.missed.setVisible(bool(missed))
        self.setVisible(bool(parts))
