"""The head of the bed board: how full the house is, as a figure and a bar, and its share of nursing beds."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.residents.queries import Board
from ui.kit import Card, Words
from ui.kit.paint import Painted
from ui.style import Role, look

FOLDS_AT = 760
"""Width below which the acts stand under the figures."""
COUNTED = "护理型床位占比 = 护理型、医养、专护床位 ÷ 全部床位；类型未定的算在全部里，不算护理型。"


class OccupancyBar(Painted):
    """Taken beds in the brand's colour, free ones pale, on one line."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._part = 0.0

    def say(self, taken: int, beds: int) -> None:
        self._part = taken / beds if beds else 0.0
        self.setAccessibleName(f"在住 {taken}，空床 {beds - taken}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(160), look.sp(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        room = QRectF(self.rect())
        radius = room.height() / 2
        painter.setBrush(look.colour("border2"))
        painter.drawRoundedRect(room, radius, radius)
        if self._part:
            room.setWidth(max(room.height(), room.width() * self._part))
            painter.setBrush(look.colour("primary"))
            painter.drawRoundedRect(room, radius, radius)


class Legend(Painted):
    """The colour of a part of the bar as a small square."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.sp(12), look.sp(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(self._token))
        painter.drawRoundedRect(self.rect(), 3, 3)


class BedsHead(Card):
    """Figures left, acts right; in a narrow window one under the other. `acts` are buttons made by the view."""

    def __init__(self, *acts: QWidget) -> None:
        super().__init__()
        self._rate = Words("—", Role.BIG_NUMBER)
        self._of = Words("", Role.HINT)
        self._bar = OccupancyBar()
        self._taken, self._free = Words("", Role.BODY), Words("", Role.BODY)
        self._nursing = Words("", Role.BODY, ink="text2", wrap=True)
        self._nursing.setToolTip(COUNTED)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(20)
        self._row.addWidget(self._figures(), 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        for act in acts:
            buttons.addWidget(act)
        self._row.addLayout(buttons)
        self.body.addLayout(self._row)

    def show_board(self, board: Board) -> None:
        """The house in numbers, whatever floor is shown."""
        beds, taken = board.beds, board.taken
        self._rate.setText(f"{100 * taken / beds:.1f}%" if beds else "—")
        self._of.setText(f"{taken:,} / {beds:,} 张")
        self._bar.say(taken, beds)
        self._taken.setText(f"在住 {taken:,}")
        self._free.setText(f"空床 {beds - taken:,}")
        unset = board.by_type.get("", 0)
        rest = f"，{unset:,} 张类型未定" if unset else ""
        share = f"护理型占比 {100 * board.nursing_share:.1f}%"
        self._nursing.setText(f"{share}（护理型、医养、专护 ÷ 全部{rest}）" if beds else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= look.sp(FOLDS_AT)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)

    def _figures(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(28)
        rate = QVBoxLayout()
        rate.setSpacing(0)
        rate.addWidget(Words("入住率", Role.HINT))
        number = QHBoxLayout()
        number.setSpacing(8)
        number.addWidget(self._rate)
        number.addWidget(self._of, 0, Qt.AlignmentFlag.AlignBottom)
        rate.addLayout(number)
        row.addLayout(rate)
        middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addStretch(1)
        middle.addWidget(self._bar)
        legend = QHBoxLayout()
        legend.setSpacing(8)
        for token, words in (("primary", self._taken), ("border2", self._free)):
            legend.addWidget(Legend(token))
            legend.addWidget(words)
            legend.addSpacing(10)
        legend.addWidget(self._nursing, 1)
        middle.addLayout(legend)
        middle.addStretch(1)
        row.addLayout(middle, 1)
        return whole
