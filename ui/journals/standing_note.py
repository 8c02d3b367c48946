"""What a journal always says above its form: a wish is no order."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.kit import Sign, Words
from ui.style import Tone, look


class Standing(QFrame):
    """A tinted line that cannot be closed."""

    def __init__(self, text: str, tone: Tone = Tone.VIOLET) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(10)
        row.addWidget(Sign("info", 20, f"{tone}.text"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Words(text, wrap=True, ink=str(tone)), 1)
        look.restyle(self, "strip", str(tone))
