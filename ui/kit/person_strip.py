"""Whom a screen is about: face, name, facts, allergies in one strip, with room for acts at its right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from app.residents.codes import code_list
from app.residents.queries import ChartRow
from ui.kit import Avatar, Card, ElidedWords, Tag, Words
from ui.kit.faces import show_face
from ui.kit.view import View
from ui.style import Role, Tone


class PersonStrip(Card):
    """`acts` takes buttons and badges at the right, `head` more beside the name; `say` tells below what it is about."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self._face = Avatar("", Tone.NEUTRAL, 44)
        self.name = Words("", Role.CARD_TITLE)
        self.facts = Words("", Role.BODY, ink="text2")
        self.allergies = Tag("", Tone.DANGER)
        self.under = ElidedWords("", Role.HINT, ink="text3")
        self.acts = QHBoxLayout()
        self.acts.setSpacing(10)
        self.body.setContentsMargins(20, 12, 20, 12)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        for piece in (self.name, self.facts, self.allergies):
            self.head.addWidget(piece)
        self.head.addStretch(1)
        texts.addLayout(self.head)
        texts.addWidget(self.under)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._face, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._whole.setSpacing(10)
        self._whole.addLayout(row, 1)
        self._whole.addLayout(self.acts)
        self.body.addLayout(self._whole)

    def break_acts(self, *, broken: bool) -> None:
        """Where there is no room beside the name the acts stand below."""
        way = QBoxLayout.Direction.TopToBottom if broken else QBoxLayout.Direction.LeftToRight
        if self._whole.direction() != way:
            self._whole.setDirection(way)

    def show_person(self, chart: ChartRow) -> None:
        """Name, sex, age, bed; allergies as everywhere: unknown is said as loudly as known."""
        self._face.show_person(chart.name, Tone.NEUTRAL)
        show_face(self._view, self._face, chart.photo)
        self.name.setText(chart.name)
        age = f"{chart.age} 岁" if chart.age is not None else "年龄不详"
        self.facts.setText(" · ".join(filter(None, (code_list("sex").words(chart.sex), age, chart.bed))))
        known = [one.substance for one in chart.allergies if not one.none_known]
        if known:
            more = f"等 {len(known)} 种" if len(known) > 2 else ""
            self.allergies.say(f"过敏：{'、'.join(known[:2])}{more}", Tone.DANGER)
            self.allergies.setToolTip("、".join(known))
        else:
            self.allergies.say(
                "无已知过敏" if chart.allergies else "过敏史不详",
                Tone.NEUTRAL if chart.allergies else Tone.WARN,
            )

    def say(self, words: str) -> None:
        """What it is about, in one line."""
        self.under.setText(words)
