"""The head of the week board: which week, whose rows, the disciplines as a legend that filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.rehab.lists import disciplines
from ui.kit import Button, IconButton, Words
from ui.kit.flow import Flow
from ui.kit.focus_ring import ringed
from ui.kit.paint import Script, draw_words, metrics
from ui.rehab.week_paint import tone_of
from ui.style import Role, look

_WEEK = timedelta(days=7)


class WeekStep(QWidget):
    """`第 47 周 11-16 至 11-22` with the week before and after; `chosen` carries its Monday, None for this week."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.before = IconButton("chevron-left", "上一周（[）", size=34, framed=True)
        self.after = IconButton("chevron-right", "下一周（]）", size=34, framed=True)
        self.words = Words("", Role.CARD_TITLE)
        self.now = Button("本周", "plain")
        self.now.setToolTip("快捷键：T")
        self.monday: date | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for piece in (self.before, self.words, self.after, self.now):
            row.addWidget(piece)
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.now.clicked.connect(lambda: self.chosen.emit(None))

    def show_week(self, monday: date, today: date) -> None:
        self.monday = monday
        sunday = monday + timedelta(days=6)
        year = "" if monday.year == today.year else f"{monday.year} 年 "
        self.words.setText(f"{year}第 {monday.isocalendar().week} 周　{monday:%m-%d} 至 {sunday:%m-%d}")
        self.now.setEnabled(not monday <= today <= sunday)

    def step(self, weeks: int) -> None:
        """So many weeks on."""
        if self.monday is not None:
            self.chosen.emit(self.monday + _WEEK * weeks)


class LegendEntry(QPushButton):
    """Colour and words of disciplines that share them; on: only these are shown."""

    def __init__(self, words: str, codes: tuple[str, ...]) -> None:
        super().__init__()
        self.words, self.codes = words, codes
        self.setCheckable(True)
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setProperty("kind", "legend")
        self.setAccessibleName(f"只看 {words}")
        self.setToolTip(f"只看 {words}（F 依次切换）")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        ringed(self)

    def sizeHint(self) -> QSize:
        return QSize(metrics(Role.HINT).horizontalAdvance(self.words) + look.sp(40), look.sp(30))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(look.colour("soft" if self.isChecked() else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        size = look.sp(12)
        swatch = QRectF(look.sp(9), (self.height() - size) / 2, size, size)
        painter.setBrush(look.colour(f"{tone_of(self.codes[0])}.solid"))
        painter.drawRoundedRect(swatch, 3, 3)
        room = self.rect().adjusted(look.sp(27), 0, -4, 0)
        draw_words(painter, room, self.words, Script(Role.HINT, "onsoft" if self.isChecked() else "text2"))


class Legend(QWidget):
    """`filtered` carries the codes that are to be shown alone; none for all."""

    filtered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[LegendEntry] = []
        self._row = Flow()
        self.setLayout(self._row)

    def show_disciplines(self, codes: Sequence[str], only: tuple[str, ...]) -> None:
        """Those that have sessions this week, joined where the list gives them the same words."""
        groups: dict[str, list[str]] = {}
        for code in {*codes, *only}:
            known = disciplines().get(code)
            groups.setdefault(known.legend if known is not None else code, []).append(code)
        ordered = list(disciplines())
        found = sorted(
            ((words, tuple(sorted(those))) for words, those in groups.items()),
            key=lambda one: min(ordered.index(code) if code in ordered else 99 for code in one[1]),
        )
        if [(one.words, one.codes) for one in self.entries] != found:
            self._renew(found)
        for entry in self.entries:
            entry.setChecked(bool(only) and entry.codes == tuple(sorted(only)))

    def turn(self) -> None:
        """F: the next one alone; after the last one all again."""
        on = next((place for place, one in enumerate(self.entries) if one.isChecked()), -1)
        self.filtered.emit(self.entries[on + 1].codes if on + 1 < len(self.entries) else ())

    def _renew(self, found: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        for entry in self.entries:
            self._row.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        self.entries = [LegendEntry(words, codes) for words, codes in found]
        for entry in self.entries:
            self._row.addWidget(entry)
            entry.clicked.connect(self._clicker(entry))

    def _clicker(self, entry: LegendEntry) -> Callable[[], None]:
        return lambda: self.filtered.emit(entry.codes if entry.isChecked() else ())
