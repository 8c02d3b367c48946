"""The head of a referral's form: who is sent, who of the family knows, allergies in red."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.referrals.around.telling import ANSWERS
from app.referrals.drafted import ReferralDraft
from app.referrals.filling import Filled
from ui.kit import AllergyStrip, Avatar, Card, Words
from ui.kit.faces import show_face
from ui.kit.flow import FlowRow
from ui.kit.paint import metrics
from ui.kit.view import View
from ui.style import Role, Tone, look

_STRIP = 60
"""What the line of allergies takes beside its words: sign, gap, padding."""
_MOST = 340


class HeadCard(Card):
    """Whose referral it is, always in sight above what scrolls: name and facts in one line where there is room."""

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
        self.name = Words("", Role.PAGE_TITLE)
        self.facts = tuple(Words("", Role.BODY, ink="text2") for _ in range(3))
        self.family = Words("", Role.HINT, wrap=True)
        self.number = Words("", Role.HINT)
        self._line = FlowRow(14)
        self._line.show_pieces((self.name, *self.facts, self.number))
        texts.addStretch(1)
        texts.addWidget(self._line)
        texts.addWidget(self.family)
        texts.addStretch(1)
        self.allergies = AllergyStrip()
        row.addWidget(self.allergies, 2, Qt.AlignmentFlag.AlignVCenter)

    def show_person(self, filled: Filled) -> None:
        """Another resident."""
        person = filled.resident
        self._avatar.show_person(person.name, Tone.WARN)
        show_face(self._view, self._avatar, person.photo)
        self.name.setText(person.name)
        born = f"{person.birth_date.year} 年生" if person.birth_date else "出生日期未记录"
        who = " · ".join(filter(None, (person.sex, person.age_words, born)))
        high = self.name.sizeHint().height()
        for fact, said in zip(
            (*self.facts, self.number),
            (who, person.bed or "未安排床位", "、".join(person.insurance), self.number.text()),
            strict=True,
        ):
            fact.setFixedHeight(high)  # level with the name
            fact.setText(said)
            fact.setVisible(bool(said))
        known = {"some": tuple(one.words for one in filled.allergies.items), "none": ()}
        self.allergies.show_allergies(known.get(filled.allergies.known))
        wide = metrics(Role.BODY).horizontalAdvance(self.allergies.accessibleName()) + look.sp(_STRIP)
        self.allergies.setMaximumWidth(min(look.sp(_MOST), wide))

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
