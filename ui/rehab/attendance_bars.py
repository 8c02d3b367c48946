"""Sessions by week as columns: held ones filled, missed ones hatched above them, so that it reads without colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from app.rehab.progress.attendance import WeekRow
from ui.kit.paint import Painted, Script, draw_words, metrics
from ui.style import Role, look

HEIGHT = 148
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_WIDEST = 34


class AttendanceBars(Painted):
    """One column a week of the plan, the last ones where there is no room for all."""

    def __init__(self) -> None:
        super().__init__()
        self._weeks: Sequence[WeekRow] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_weeks(self, weeks: Sequence[WeekRow]) -> None:
        self._weeks = weeks
        told = "，".join(f"第 {one.number} 周 {one.whole.held}/{one.whole.planned}" for one in weeks)
        self.setAccessibleName(f"每周完成与应训练次数：{told}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(240), look.sp(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._weeks:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = metrics(Role.SMALL)
        room = self.rect().adjusted(0, small.height() + 2, 0, -small.height() - 6)
        least = look.sp(13)
        shown = self._weeks[-max(room.width() // least, 1) :]
        wide = min(room.width() / len(shown), look.sp(_WIDEST))
        most = (
            max((max(one.whole.planned, one.whole.held + one.whole.made_up) for one in shown), default=0) or 1
        )
        painter.setPen(QPen(look.colour("border2"), 1))
        painter.drawLine(room.left(), room.bottom() + 1, room.right(), room.bottom() + 1)
        every = max(1, round(small.horizontalAdvance("000") / wide + 0.5))
        for place, one in enumerate(shown):
            box = QRectF(room.left() + place * wide + wide * 0.16, 0, wide * 0.68, 0)
            self._draw(painter, box, room, one, most)
            label = QRect(round(room.left() + place * wide), room.bottom() + 4, round(wide), small.height())
            if (len(shown) - 1 - place) % every == 0:
                around = label.adjusted(-10, 0, 10, 0)
                draw_words(painter, around, str(one.number), Script(Role.SMALL, "text3", _CENTRE))

    @staticmethod
    def _draw(painter: QPainter, box: QRectF, room: QRect, one: WeekRow, most: int) -> None:
        unit = room.height() / most
        held = (one.whole.held + one.whole.made_up) * unit
        missed = max(one.whole.planned - one.whole.held - one.whole.made_up, 0) * unit
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("primary"))
        painter.drawRect(QRectF(box.left(), room.bottom() - held + 1, box.width(), held))
        if missed > 0:
            hatched = QRectF(box.left(), room.bottom() - held - missed + 1, box.width(), missed)
            painter.setPen(QPen(look.colour("orange.solid"), 1))
            painter.setBrush(QBrush(look.colour("orange.solid"), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(hatched.adjusted(0.5, 0.5, -0.5, -0.5))
