"""Scales with their verdicts, one under the other: 气虚质 12 分 是."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from app.assessments.rules import Outcome
from ui.kit import Tag, Words
from ui.style import Role, Tone


@dataclass(frozen=True)
class Verdicts:
    """One scale: its name, its points, what they mean; `holds` where it is not the last, empty verdict."""

    name: str
    score: int
    words: str
    tone: str
    holds: bool


def verdicts_of(outcome: Outcome) -> tuple[Verdicts, ...]:
    """The scales of an outcome; none while the form is not complete."""
    return tuple(
        Verdicts(one.name, one.score, one.verdict.words, one.verdict.tone, not one.verdict.last)
        for one in outcome.scales
    )


class ScaleLines(QWidget):
    """Hidden while there is nothing to show."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self.hide()

    def show_verdicts(self, verdicts: Sequence[Verdicts]) -> None:
        """Show these scales instead of those before."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, one in enumerate(verdicts):
            name = Words(one.name, Role.STRONG if one.holds else Role.BODY, ink="" if one.holds else "text2")
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(Words(f"{one.score} 分", Role.BODY, ink="text2"), row, 1)
            self._grid.addWidget(Tag(one.words, Tone(one.tone) if one.holds else Tone.NEUTRAL), row, 2)
        self.setVisible(bool(verdicts))
