"""能力等级分布: one bar of all residents by ability level, and the numbers below it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from app.assessments.instruments import shipped
from app.assessments.queries import ABILITY
from ui.kit import Card, Words
from ui.kit.paint import Painted
from ui.style import Role, look

_HEIGHT, _GAP = 12, 2


class ShareBar(Painted):
    """Parts of a whole side by side, each in the solid fill of its tone."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[tuple[int, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, parts: tuple[tuple[int, str], ...], words: str) -> None:
        """`parts`: numbers with the colour token of each; `words` say the same to whoever cannot see it."""
        self._parts = tuple(part for part in parts if part[0])
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(120), look.sp(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        rounded = QPainterPath()
        rounded.addRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        painter.setClipPath(rounded)
        painter.fillRect(whole, look.colour("sunken"))
        total = sum(number for number, _ in self._parts)
        room = whole.width() - _GAP * max(len(self._parts) - 1, 0)
        left = 0.0
        for number, ink in self._parts:
            width = room * number / total
            painter.fillRect(QRectF(left, 0, width, whole.height()), look.colour(ink))
            left += width + _GAP


class _Dot(Painted):
    def __init__(self, ink: str) -> None:
        super().__init__()
        self._ink = ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(10), look.sp(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(self._ink))
        painter.drawRoundedRect(self.rect(), 3, 3)


class LevelsCard(Card):
    """Levels of GB/T 42195-2022 and those never assessed."""

    def __init__(self) -> None:
        super().__init__("能力等级分布")
        self._bar = ShareBar()
        self.body.addWidget(self._bar)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        self._numbers: dict[int | None, Words] = {}
        levels: list[tuple[int | None, str, str]] = [
            (level.number, level.short, f"{level.tone}.solid") for level in shipped()[ABILITY].levels
        ]
        self._inks = {level: ink for level, _, ink in levels} | {None: "border2"}
        self._words: dict[int | None, str] = {level: words for level, words, _ in levels} | {None: "未评估"}
        for place, (level, words) in enumerate(self._words.items()):
            grid.addWidget(self._line(level, words), place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)

    def show_levels(self, levels: dict[int | None, int]) -> None:
        """Numbers by level; None are those never assessed."""
        said = "，".join(f"{words} {levels.get(level, 0)}" for level, words in self._words.items())
        self._bar.say(tuple((levels.get(level, 0), self._inks[level]) for level in self._words), said)
        for level, number in self._numbers.items():
            number.setText(str(levels.get(level, 0)))

    def _line(self, level: int | None, words: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(_Dot(self._inks[level]), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(Words(words, Role.BODY, ink="text2"))
        row.addStretch(1)
        number = self._numbers[level] = Words("0", Role.STRONG)
        row.addWidget(number)
        return line
