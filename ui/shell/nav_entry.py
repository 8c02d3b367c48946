"""One entry of the sidebar: drawing, words, count; in the narrow rail the drawing alone with a tooltip."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from ui.kit.paint import Mark, Script, draw_pill, draw_sign, draw_words, pill_width
from ui.shell.side_button import SideButton
from ui.style import Role, Tone, look

HEIGHT = 44


class NavEntry(SideButton):
    """A place to go to. Checked when the person is there."""

    def __init__(self, words: str, icon: str, press: str = "", *, urgent: bool = False) -> None:
        super().__init__()
        self._tone = Tone.DANGER if urgent else Tone.NEUTRAL
        self._words, self._icon, self._press = words, icon, press
        self._count = 0
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """How many wait there; nothing at zero."""
        self._count = count
        told = f"{self._words}，{count} 条" if count else self._words
        self.setAccessibleName(told)
        self.setToolTip(f"{told}（{self._press}）" if self._press else told)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.sp(HEIGHT), look.sp(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.begin_paint()
        ink = "onsoft" if self.isChecked() else "nav_text"
        size = look.sp(20)
        left = (self.width() - size) // 2 if self._rail else look.sp(14)
        draw_sign(painter, QRect(left, 0, size, self.height()), self._icon, 20, ink)
        if self._rail:
            self._draw_dot(painter, left + size)
            return
        count = "99+" if self._count > 99 else str(self._count)
        room = self.rect().adjusted(left + size + look.sp(12), 0, -look.sp(14), 0)
        if self._count:
            wide = max(look.sp(32), pill_width(count, dot=False))
            top = (self.height() - look.sp(24)) // 2
            pill = QRect(QPoint(self.width() - look.sp(10) - wide, top), QSize(wide, look.sp(24)))
            draw_pill(painter, pill, Mark("", self._tone), dot=False)
            draw_words(
                painter, pill, count, Script(Role.LABEL, f"{self._tone}.text", Qt.AlignmentFlag.AlignHCenter)
            )
            room.setRight(pill.left() - 6)
        role = Role.NAME if self.isChecked() else Role.NAV
        draw_words(painter, room, self._words, Script(role, ink))

    def _draw_dot(self, painter: QPainter, left: int) -> None:
        if self._count:
            painter.setBrush(look.colour("danger.solid" if self._tone is Tone.DANGER else "primary"))
            painter.drawEllipse(QPoint(left + 1, look.sp(13)), 4, 4)
