"""最近评估: total, level and sub-scores of the latest ability assessment, and a way into it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.assessments.instruments import shipped
from app.residents.queries import AssessmentLine, ChartRow
from app.residents.queries.latest import ABILITY
from ui.kit import Badge, Button, Card, ScoreRing, SubBar, Words
from ui.residents.signs import due_words, level_tone, level_words
from ui.style import Role, Tone

_MOST = 90
"""Points of GB/T 42195-2022."""


class AbilityCard(Card):
    """Without an assessment it says so; the way to begin one stands in the head."""

    opened = Signal(object)
    """The assessment's rid."""

    def __init__(self) -> None:
        super().__init__("最近评估")
        self._rid: UUID | None = None
        self._ring = ScoreRing(132)
        self._badge = Badge("", Tone.NEUTRAL)
        self._next = Words("", Role.HINT, wrap=True)
        self._bars = {one.code: (SubBar(one.name), one.maximum) for one in shipped()[ABILITY].dimensions}
        self.more = Button("看评估", "link")
        self.more.clicked.connect(lambda: self.opened.emit(self._rid))
        row = QHBoxLayout()
        row.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignHCenter)
        left.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignHCenter)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(10)
        for bar, _ in self._bars.values():
            right.addWidget(bar)
        right.addWidget(self._next)
        right.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        right.addStretch(1)
        row.addLayout(left)
        row.addLayout(right, 1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def show_chart(self, chart: ChartRow, today: date) -> None:
        line = chart.ability
        self._rid = line.rid if line else None
        self.more.setVisible(line is not None)
        self.hint.setText(f"{line.assessed_on:%Y-%m-%d}" if line else "")
        level = line.level if line else None
        self._badge.say(level_words(level), level_tone(level))
        self._say_scores(line)
        due = due_words(line.due_on, today) if line else None
        words = f"下次评估 {due.words}" if due and line and line.due_on else ""
        self._next.say(words if line else "还没有做过能力评估。", str(due.tone) if due and due.tone else "")

    def _say_scores(self, line: AssessmentLine | None) -> None:
        total = line.total if line else None
        if total is None:
            self._ring.say(0.0, "—", "没有总分" if line else "")
        else:
            self._ring.say(
                total / _MOST, str(total), f"满分 {_MOST}", level_tone(line.level if line else None)
            )
        scores = dict(line.sub_scores) if line else {}
        for code, (bar, most) in self._bars.items():
            bar.setVisible(code in scores)
            if code in scores:
                bar.say(scores[code], most)
