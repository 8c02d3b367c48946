"""A view with rows that break into several: it says how low it may be at the width it has."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.kit.view import View


class FoldingView(View):
    """The frame asks for the least size without a width, so the width the view has now is what counts."""

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        layout = self.measured().layout()
        if layout is None or not layout.hasHeightForWidth():
            return least
        folded = layout.totalMinimumHeightForWidth(max(self.width(), least.width()))
        return QSize(least.width(), max(least.height(), folded))

    def measured(self) -> QWidget:
        """What holds the breaking rows; it must be as wide as the view."""
        return self

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self.updateGeometry)  # now, a layout is at work and would not hear it
