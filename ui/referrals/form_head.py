"""The head of a referral's form: who is sent, who of the family knows, allergies in red."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.referrals.around.telling import ANSWERS
from app.referrals.drafted import ReferralDraft
from app.referrals.filling import Filled
from ui.kit import AllergyStrip, Avatar, Card, Words
from ui.kit.faces import show_face
from ui.kit.view import View
from ui.style import Role, Tone, look


class HeadCard(Card):
    """Whose referral it is, always in sight above what scrolls."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self.body.setContentsMargins(20, 12, 16, 12)
        row = QHBoxLayout()
        row.setSpacing(14)
        self.body.addLayout(row)
        self._avatar = Avatar("", Tone.NEUTRAL, 48)
        row.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignVCenter)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        row.addLayout(texts, 3)
        self.name = Words("", Role.PAGE_TITLE, wrap=True)
        self.facts = Words("", Role.BODY, ink="text2", wrap=True)
        self.family = Words("", Role.HINT, wrap=True)
        texts.addStretch(1)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.name, 1)
        self.number = Words("", Role.HINT)
        first.addWidget(self.number, 0, Qt.AlignmentFlag.AlignBottom)
        texts.addLayout(first)
        for piece in (self.facts, self.family):
            texts.addWidget(piece)
        texts.addStretch(1)
        self.allergies = AllergyStrip()
        self.allergies.setMaximumWidth(look.sp(340))
        row.addWidget(self.allergies, 2, Qt.AlignmentFlag.AlignVCenter)

    def show_person(self, filled: Filled) -> None:
        """Another resident."""
        person = filled.resident
        self._avatar.show_person(person.name, Tone.WARN)
        show_face(self._view, self._avatar, person.photo)
        self.name.setText(person.name)
        born = f"{person.birth_date.year} 年生" if person.birth_date else "出生日期未记录"
        said = (person.sex, person.age_words, born, person.bed or "未安排床位", "、".join(person.insurance))
        self.facts.setText(" · ".join(filter(None, said)))
        known = {"some": tuple(one.words for one in filled.allergies.items), "none": ()}
        self.allergies.show_allergies(known.get(filled.allergies.known))

    def say_number(self, number: str, status: str) -> None:
        """The record that is gone on with; empty for a new one."""
        self.number.setText(f"{number} {status}".strip())
        self.number.setVisible(bool(number))

    def show_family(self, filled: Filled, draft: ReferralDraft, times: dict[int, str]) -> None:
        """Who is called, and whether they know; `times`: the wall clock of each line of `draft.told`."""
        decider = filled.decider
        who = f"家属 {decider.words}" if decider else "没有登记联系人"
        if not draft.told:
            self.family.say(f"{who} · 还没有通知", "warn")
            return
        last = draft.told[-1]
        answer = ANSWERS.get(last.get("answer", ""), "")
        name = "" if decider is not None and last.get("name") == decider.name else f" {last.get('name', '')}"
        self.family.say(f"{who} · {times.get(len(draft.told) - 1, '')} 已通知{name}，{answer}", "ok")
