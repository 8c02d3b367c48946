"""The banner under the top bar: what must not be overlooked and does not go away by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.words import Sign, Words


class Banner(QWidget):
    """Warnings about the station's file, one line each. Hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(24, 12, 24, 0)
        self._box.setSpacing(8)
        self.hide()

    def warn(self, warnings: tuple[str, ...]) -> None:
        """Show these; they stay until the person signs out."""
        for text in warnings:
            strip = QFrame()
            strip.setProperty("strip", "danger")
            row = QHBoxLayout(strip)
            row.setContentsMargins(14, 8, 14, 8)
            row.setSpacing(10)
            row.addWidget(Sign("shield-alert", 20, "danger.text"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Words(text, ink="danger", wrap=True), 1)
            strip.setAccessibleName(text)
            self._box.addWidget(strip)
        self.setVisible(bool(warnings))
