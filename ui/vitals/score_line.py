"""NEWS2 of the visit being typed: no total before the last of its seven parameters is there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.vitals.rules import Incomplete, News2
from ui.kit import Badge, Words
from ui.style import Role, Tone


class ScoreLine(QFrame):
    """Badge with total and risk, and beside it what is to be done, or what is missing."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "tile")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        self.badge = Badge("NEWS2 不完整", Tone.NEUTRAL)
        self.words = Words("", Role.HINT, ink="text2", wrap=True)
        row.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)

    def show_score(self, score: News2 | Incomplete, caution: str = "", scale: str = "") -> None:
        """Show a score. `caution`: why it is read with care; `scale`: scale 2 and who wrote it."""
        if isinstance(score, News2):
            self.badge.say(f"NEWS2 {score.total} {score.words}", Tone(score.tone))
            said = [score.say, scale, caution]
        else:
            self.badge.say(f"NEWS2 {score.words}", Tone.NEUTRAL)
            said = [f"还差：{'、'.join(score.missing)}" if score.missing else "", scale]
        self.words.setText("　".join(filter(None, said)))
