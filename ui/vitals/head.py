"""The head of the round: floors, rounds of the day, the time of measurement, how far it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.vitals.catalogue import rounds
from app.vitals.queries import Grid
from ui.kit import ChipRow, IconButton, LineField, Painted, Words
from ui.style import Role, look
from ui.vitals.round_time import RoundTime, is_late, read_time

WIDEST_BAR = 170


class ProgressBar(Painted):
    """How much of a floor is measured."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(look.sp(WIDEST_BAR))

    def show_share(self, share: float) -> None:
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(WIDEST_BAR), look.sp(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(40), look.sp(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        for share, ink in ((1.0, "sunken"), (self._share, "primary")):
            if share > 0:
                painter.setBrush(look.colour(ink))
                painter.drawRoundedRect(
                    QRectF(0, 0, max(whole.width() * share, whole.height()), whole.height()), 4, 4
                )


class RoundHead(QWidget):
    """`floor_chosen` carries `RoundFloor.rid`, `round_chosen` a `RoundTime`; `done` when the time was typed."""

    floor_chosen = Signal(object)
    round_chosen = Signal(object)
    done = Signal()

    def __init__(self, shown: RoundTime) -> None:
        super().__init__()
        self.shown = shown
        self.floors: ChipRow | None = None
        self._made: tuple[object, ...] = ()
        self.kinds = ChipRow(tuple((one.code, one.words) for one in rounds()))
        for chip, one in zip(self.kinds.group.buttons(), rounds(), strict=True):
            chip.setToolTip(f"{one.begins:%H:%M}–{one.ends:%H:%M}，标准时间 {one.nominal:%H:%M}")
        self.back = IconButton("chevron-left", "前一天", size=34)
        self.forth = IconButton("chevron-right", "后一天", size=34)
        self.day = Words("", Role.STRONG)
        self.time = LineField("测量时间", "现在")
        self.time.setFixedWidth(look.sp(118))
        self.late = Words("", Role.HINT, ink="warn")
        self.count, self.rest = Words("", Role.STRONG), Words("", Role.HINT)
        self.waits = Words("", Role.LABEL, ink="danger")
        self.bar = ProgressBar()
        self._lay_out()
        self._connect()

    # what shows ---------------------------------------------------------------------------------------------------

    def show_grid(self, grid: Grid, waits: int) -> None:
        """Floors and progress."""
        made = tuple((str(one.rid), f"{one.words} {one.people}") for one in grid.floors)
        if made != self._made:
            self._made = made
            self._make_floors(made)
        if self.floors is not None and grid.floor is not None:
            self.floors.choose(str(grid.floor))
        self.count.setText(f"已测 {grid.measured} / {grid.expected}")
        left = grid.expected - grid.measured
        self.rest.setText(f"还有 {left} 位未测" if left else "本层已测完" if grid.expected else "")
        self.bar.show_share(grid.measured / grid.expected if grid.expected else 0.0)
        self.show_waits(waits)

    def show_waits(self, waits: int) -> None:
        self.waits.setText(f"{waits} 处待更正" if waits else "")
        self.waits.setVisible(bool(waits))

    def show_round(self, shown: RoundTime, now: datetime) -> None:
        """Another round; those still to come cannot be chosen."""
        self.shown = shown
        self.day.setText(shown.day_words)
        self.kinds.choose(shown.kind.code)
        for button, kind in zip(self.kinds.group.buttons(), rounds(), strict=True):
            button.setEnabled(shown.of_kind(kind.code).begun(now))
        tomorrow = shown.on(shown.day + timedelta(days=1))
        self.forth.setEnabled(tomorrow.of_kind(rounds()[0].code).begun(now))
        self.show_late(now)

    def show_late(self, now: datetime) -> None:
        """Say beforehand what will be marked 补录."""
        at = self.at(now)
        usual = shown_words(self.shown, now)
        self.time.setPlaceholderText(usual)
        wrong = bool(self.time.text().strip()) and read_time(self.time.text(), self.shown) is None
        ahead = at > now + timedelta(minutes=2)
        self.time.set_wrong(wrong or ahead)
        words = "时间请填如 8:05" if wrong else "还没有到这个时间" if ahead else ""
        self.late.say(words or ("将标为补录" if is_late(at, now) else ""), "danger" if words else "warn")

    def at(self, now: datetime) -> datetime:
        """When what is entered now was measured."""
        typed = read_time(self.time.text(), self.shown) if self.time.text().strip() else None
        return typed or self.shown.measured_at(now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rest.setVisible(self.width() >= look.sp(820))  # the count beside it says the same

    # inside -------------------------------------------------------------------------------------------------------

    def _make_floors(self, made: tuple[tuple[str, str], ...]) -> None:
        if self.floors is not None:
            self._first.removeWidget(self.floors)
            self.floors.hide()
            self.floors.deleteLater()
        self.floors = ChipRow(made) if made else None
        if self.floors is not None:
            self.floors.group.buttonClicked.connect(self._floor)
            self._first.insertWidget(0, self.floors, 1)

    def _floor(self) -> None:
        if self.floors is not None:
            self.floor_chosen.emit(UUID(self.floors.key))

    def _step(self, days: int) -> None:
        self.round_chosen.emit(self.shown.on(self.shown.day + timedelta(days=days)))

    def _connect(self) -> None:
        self.kinds.group.buttonClicked.connect(
            lambda: self.round_chosen.emit(self.shown.of_kind(self.kinds.key))
        )
        self.back.clicked.connect(lambda: self._step(-1))
        self.forth.clicked.connect(lambda: self._step(1))
        self.time.returnPressed.connect(self.done)

    def _lay_out(self) -> None:
        self._first = QHBoxLayout()
        self._first.setSpacing(12)
        for widget in (self.waits, self.rest, self.count, self.bar):
            self._first.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        second = QHBoxLayout()
        second.setSpacing(8)
        for step in (self.back, self.day, self.forth):
            second.addWidget(step, 0, Qt.AlignmentFlag.AlignVCenter)
        second.addSpacing(8)
        second.addWidget(self.kinds, 1, Qt.AlignmentFlag.AlignVCenter)
        second.addWidget(self.late)
        second.addWidget(Words("测量时间", Role.LABEL))
        second.addWidget(self.time)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addLayout(self._first)
        box.addLayout(second)


def shown_words(shown: RoundTime, now: datetime) -> str:
    """What an empty field stands for: now, or the round's nominal time."""
    return "现在" if shown.since <= now <= shown.last else f"{shown.kind.nominal:%H:%M}"
