"""What stands for what in the month grid: signs and their names, codes that occur, and the rate of the month."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from app.medication.queries.month import RATE_WORDS, MonthSheet
from app.medication.rules.slots import DoseState
from ui.kit import Card, Painted, Words
from ui.kit.flow import FlowRow
from ui.kit.paint import Script, draw_sign, draw_words, metrics
from ui.style import Role, look

_HIGH = 24
DOT, CLOCK = "·", "clock"


class LegendItem(Painted):
    """One sign with its words. `tone`: the tint of a code, empty for a plain sign."""

    def __init__(self, sign: str, words: str, tone: str = "") -> None:
        super().__init__()
        self.sign, self.words, self.tone = sign, words, tone
        self.setAccessibleName(f"{sign} {words}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(
            self._lead() + metrics(Role.HINT).horizontalAdvance(self.words) + look.sp(14), look.sp(_HIGH)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lead, high = self._lead(), self.height()
        room = QRect(0, 0, lead - look.sp(7), high)
        if self.sign == CLOCK:
            draw_sign(painter, room, "clock", 16, "info.text")
        elif self.sign == DOT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("field"))
            painter.drawEllipse(QPointF(room.center()) + QPointF(0.5, 0.5), 1.9, 1.9)
        else:
            ink = f"{self.tone}.text" if self.tone else "text"
            if self.tone:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour(f"{self.tone}.tint"))
                painter.drawRoundedRect(QRectF(room).adjusted(0, 1, 0, -1), 5, 5)
            centre = Qt.AlignmentFlag.AlignHCenter
            draw_words(painter, room, self.sign, Script(Role.LABEL if self.tone else Role.BODY, ink, centre))
        draw_words(painter, QRect(lead, 0, self.width() - lead, high), self.words, Script(Role.HINT, "text2"))

    def _lead(self) -> int:
        """Room of the sign with the gap behind it."""
        if self.sign in (CLOCK, DOT):
            return look.sp(16) + look.sp(7)
        least = look.sp(_HIGH) if self.tone else 0
        return max(least, metrics(Role.BODY).horizontalAdvance(self.sign) + 2) + look.sp(7)


class MonthLegend(Card):
    """Two lines: signatures and plain signs, codes; at the right the rate of the month."""

    def __init__(self) -> None:
        super().__init__()
        self.rate = Words("", Role.STRONG)
        self.rate.setToolTip(RATE_WORDS)
        self.hint = Words("方向键 选格　Enter 详情　[ ] 换月　PgUp PgDn 换人", Role.HINT)
        self._signs, self._codes = FlowRow(4), FlowRow(4)
        self.body.setContentsMargins(18, 10, 18, 10)
        row = QHBoxLayout()
        row.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(4)
        for caption, flow in (("签名", self._signs), ("代码", self._codes)):
            line = QHBoxLayout()
            line.setSpacing(12)
            line.addWidget(Words(caption, Role.HINT), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(flow, 1)
            left.addLayout(line)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self.rate, 0, Qt.AlignmentFlag.AlignRight)
        right.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        row.addLayout(left, 1)
        row.addLayout(right)
        self.body.addLayout(row)

    def show_sheet(self, sheet: MonthSheet) -> None:
        self.rate.setText(f"{sheet.month.month} 月执行率 {sheet.rate.words}")
        self.rate.setToolTip(f"{sheet.rate.given}/{sheet.rate.asked}。{RATE_WORDS}")
        cells = [cell for _order, line in sheet.lines for cell in line.cells]
        states = {cell.state for cell in cells}
        words = {cell.word for cell in cells}
        signs = [LegendItem(sign, name) for sign, name in sheet.people]
        if DoseState.DUE in states:
            signs.append(LegendItem(CLOCK, "待给药"))
        if DoseState.PLANNED in states:
            signs.append(LegendItem(DOT, "计划"))
        codes = [LegendItem(one.number, one.words, one.tone) for one in sheet.codes]
        if DoseState.OVERDUE in states:
            codes.append(LegendItem("?", "未记录", "danger"))
        named = (("假", "请假"), ("院", "住院"), ("停", "医嘱暂停"), ("整", "返院待重整"))
        codes += [LegendItem(sign, said) for sign, said in named if sign in words]
        if not codes:
            codes.append(LegendItem("—", "没有未给药"))
        self._signs.show_pieces(signs or [LegendItem("—", "还没有人签名")])
        self._codes.show_pieces(codes)
