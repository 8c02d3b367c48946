"""The head of an assessment: whose it is, which one, how it was last time, and whether what is typed is saved."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.residents.queries import ChartRow
from ui.assessments.phrases import chart_words
from ui.kit import Avatar, Card, ElidedWords, Words
from ui.style import Role, Tone


class HeadCard(Card):
    """Name first; the second line gives way when the window is low."""

    def __init__(self) -> None:
        super().__init__()
        self.body.setContentsMargins(20, 12, 20, 12)
        self._avatar = Avatar(size=44)
        self._name = Words("", Role.CARD_TITLE)
        self._person = ElidedWords("", Role.BODY, ink="text2")
        self.about = ElidedWords("", Role.HINT, ink="text3")
        self.status = Words("", Role.HINT)
        row = QHBoxLayout()
        row.setSpacing(14)
        texts = QVBoxLayout()
        texts.setSpacing(3)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self._name)
        first.addWidget(self._person, 1)
        texts.addLayout(first)
        texts.addWidget(self.about)
        row.addWidget(self._avatar)
        row.addLayout(texts, 1)
        row.addWidget(self.status)
        self.body.addLayout(row)

    def show_person(self, chart: ChartRow, tone: Tone) -> None:
        """Whose assessment it is."""
        self._avatar.show_person(chart.name, tone)
        self._name.setText(chart.name)
        self._person.setText(chart_words(chart))

    def say_status(self, text: str, ink: str = "") -> None:
        """Whether what is on the screen is in the file."""
        self.status.say(text, ink)
        self.status.setVisible(bool(text))

    def set_low(self, low: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        """A low window has room for one line only."""
        self.about.setVisible(not low)
        self._avatar.setVisible(not low)
        self.body.setContentsMargins(*((16, 4, 16, 4) if low else (20, 12, 20, 12)))
