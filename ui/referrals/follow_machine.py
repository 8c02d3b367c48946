"""The states of a referral drawn as a line: reached with minute and name, where it stands, what is to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from ui.kit.paint import Painted, Script, draw_sign, draw_words
from ui.referrals.follow_marks import TONES
from ui.referrals.follow_nodes import Node
from ui.style import Role, look

_HIGH, _DISC = 84, 20
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class MachineLine(Painted):
    """One node a state. `told` says an instant in words."""

    def __init__(self, told: Callable[[datetime], str]) -> None:
        super().__init__()
        self._told = told
        self.nodes: tuple[Node, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_nodes(self, nodes: tuple[Node, ...]) -> None:
        """Another way."""
        self.nodes = nodes
        here = next((one for one in nodes if one.state in ("now", "side")), None)
        self.setAccessibleName(f"进程：{here.words}" if here else "进程")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(720), look.sp(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(320), look.sp(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.nodes:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, y = self.width() / max(len(self.nodes), 6), float(look.sp(14))
        points = [QPointF(wide * (place + 0.5), y) for place in range(len(self.nodes))]
        gap = look.sp(_DISC) / 2 + 3
        for place in range(1, len(points)):
            later = self.nodes[place].state == "later"
            painter.setPen(QPen(look.colour("border2" if later else "primary"), 2))
            painter.drawLine(points[place - 1] + QPointF(gap, 0), points[place] - QPointF(gap, 0))
        for node, point in zip(self.nodes, points, strict=True):
            self._draw_disc(painter, node, point)
            self._draw_texts(painter, node, QRect(round(point.x() - wide / 2) + 2, 0, round(wide) - 4, 0))

    def _draw_disc(self, painter: QPainter, node: Node, point: QPointF) -> None:
        size = look.sp(_DISC)
        disc = QRectF(point.x() - size / 2, point.y() - size / 2, size, size)
        tone = TONES[node.status]
        if node.state in ("done", "side"):
            ink = "primary" if node.state == "done" else f"{tone}.text"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(ink))
            painter.drawEllipse(disc)
            sign, drawn = ("check" if node.state == "done" else "minus"), look.sp(12)
            inset = (size - drawn) // 2
            light = "onprimary" if node.state == "done" else "surface"
            draw_sign(painter, disc.toRect().adjusted(inset, 0, 0, 0), sign, 12, light)
            return
        now = node.state == "now"
        painter.setPen(QPen(look.colour("primary" if now else "border2"), 2))
        painter.setBrush(look.colour("soft" if now else "surface"))
        painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
        if now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("primary"))
            painter.drawEllipse(point, look.sp(4), look.sp(4))

    def _draw_texts(self, painter: QPainter, node: Node, room: QRect) -> None:
        here = node.state in ("now", "side")
        quiet = node.state in ("later", "skipped")
        ink = f"{TONES[node.status]}.text" if node.state == "side" else "primary" if here else "text2"
        title = QRect(room.left(), look.sp(28), room.width(), look.sp(20))
        role = Role.LABEL if here else Role.HINT
        draw_words(painter, title, node.words, Script(role, "text3" if quiet else ink, _CENTRE))
        said = self._told(node.at) if node.at else "跳过" if node.state == "skipped" else "—"
        time = title.translated(0, look.sp(20))
        draw_words(
            painter,
            time,
            said,
            Script(Role.STRONG if node.at else Role.SMALL, "text" if node.at else "text3", _CENTRE),
        )
        draw_words(painter, title.translated(0, look.sp(38)), node.who, Script(Role.SMALL, "text3", _CENTRE))
