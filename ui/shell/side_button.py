"""What every button of the sidebar is: reached by Tab, lit under the mouse, in the narrow rail a drawing alone."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.kit.focus_ring import ringed
from ui.style import look


class SideButton(QAbstractButton):
    """As wide as the sidebar; what it shows is drawn by its kind."""

    def __init__(self) -> None:
        super().__init__()
        self._rail = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        ringed(self)

    def set_rail(self, *, rail: bool) -> None:
        """Only the drawing, for windows under 1,400 px."""
        self._rail = rail
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def begin_paint(self) -> QPainter:
        """A painter with the ground drawn: soft where the person is or presses, lighter under the mouse."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        held = self.isChecked() or self.isDown()
        if held or self.underMouse():
            painter.setBrush(look.colour("soft" if held else "hover"))
            painter.drawRoundedRect(self.rect(), 8, 8)
        return painter
