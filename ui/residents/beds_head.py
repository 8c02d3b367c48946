"""The head of the bed board: how full the house is, as a figure and a bar, and its share of nursing beds."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.residents.queries import Board
from ui.kit import Card, Words
from ui.kit.flow import Flow
from ui.kit.paint import Painted
from ui.style import Role, look

FOLDS_AT = 760
"""Width below which the acts stand under the figures."""
COUNTED = "护理型床位占比 = 护理型、医养、专护床位 ÷ 全部床位；类型未定的算在全部里，不算护理型。"


PARTS = (
    ("primary", "在住"),
    ("text3", "请假外出"),
    ("info.solid", "住院"),
    ("violet.solid", "预留"),
    ("border2", "空床"),
)
"""Colour and words of each part of the bar."""


class OccupancyBar(Painted):
    """The beds of the house on one line, each state in its colour; a part that is there at all can be seen."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._counts: tuple[int, ...] = ()

    def say(self, counts: tuple[int, ...]) -> None:
        """Beds by state, in the order of PARTS."""
        self._counts = counts
        said = (f"{words} {count}" for (_token, words), count in zip(PARTS, counts, strict=True))
        self.setAccessibleName("，".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(160), look.sp(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole, total = QRectF(self.rect()), sum(self._counts)
        round_ends = QPainterPath()
        round_ends.addRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        painter.setClipPath(round_ends)
        painter.fillRect(whole, look.colour("border2"))
        left = 0.0
        for (token, _words), count in zip(PARTS, self._counts, strict=False):
            wide = max(4.0, whole.width() * count / total) if count else 0.0
            painter.fillRect(QRectF(left, 0, max(wide - 2, 0), whole.height()), look.colour(token))
            painter.fillRect(QRectF(left + wide - 2, 0, 2, whole.height()), look.colour("surface"))
            left += wide


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
        self._parts = tuple(Words("", Role.BODY) for _ in PARTS)
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
        away = board.away
        counts = (board.here, away.get("leave", 0), away.get("hospital", 0), board.reserved, board.free)
        self._bar.say(counts)
        for (_token, words), count, shown in zip(PARTS, counts, self._parts, strict=True):
            shown.setText(f"{words} {count:,}")
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
        legend = Flow(spacing=18)
        for (token, _words), words in zip(PARTS, self._parts, strict=True):
            legend.addWidget(_part(token, words))
        middle.addLayout(legend)
        middle.addWidget(self._nursing)
        middle.addStretch(1)
        row.addLayout(middle, 1)
        return whole


def _part(token: str, words: Words) -> QWidget:
    """A colour with its words and number."""
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Legend(token))
    row.addWidget(words)
    return part
