"""Who it is in the guided round: photo, name, bed, birth year, similar names, allergies, wristband."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.clock import local
from app.medication.queries import BedsideRow
from app.medication.stock.queries import BoxState
from app.residents.forms import SEXES
from ui.kit import AllergyStrip, Avatar, Badge, Button, Card, Sign, Tag, Words
from ui.kit.faces import show_face
from ui.kit.flow import FlowRow
from ui.kit.view import View
from ui.style import Role, Tone, look

_PHOTO = 88

_BOXES = {
    BoxState.CHECKED: ("药盒已核对", Tone.OK),
    BoxState.FILLED: ("药盒待核对", Tone.WARN),
    BoxState.CHANGED: ("药盒需重摆", Tone.DANGER),
}
"""What is said of the pill box of the round."""


class GuidedHead(Card):
    """`turned`: go to the resident whose wristband was scanned instead."""

    turned = Signal()

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self._zone = view.bench.station.settings.zone
        self.avatar = Avatar("", Tone.NEUTRAL, _PHOTO)
        self.name = Words("", Role.BIG_NUMBER)
        self._sex = Words("", Role.CARD_TITLE, ink="text2")
        self._marks = FlowRow()
        self._bed, self._born, self._age = (
            Words("", Role.TILE_NUMBER),
            Words("", Role.TILE_NUMBER),
            Words("", Role.BODY),
        )
        self._band = Words("", Role.STRONG)
        self._band_at = Words("", Role.HINT)
        self._band_sign = Sign("id-card", 18, "text3")
        self.alike = Words("", Role.BODY, ink="violet", wrap=True)
        self.allergies = AllergyStrip()
        self.wrong = QFrame()
        self.wrong_words = Words("", Role.STRONG, ink="danger", wrap=True)
        self._turn = Button("", "danger")
        self.body.setContentsMargins(20, 14, 20, 14)
        self.body.setSpacing(10)
        self._lay_out()

    def show_row(self, row: BedsideRow) -> None:
        tone = Tone(row.tone) if row.tone else Tone.NEUTRAL
        self.avatar.show_person(row.name, tone)
        show_face(self._view, self.avatar, row.photo)
        self.name.setText(row.name)
        self._sex.setText(SEXES[row.sex] if row.sex in ("1", "2") else "—")
        marks: list[QWidget] = [Badge(row.ability or "未评估", tone)]
        marks += [Tag(f"吞咽：{one}", Tone.ORANGE) for one in row.diet[:2]]
        marks += [Tag(one, Tone.ORANGE) for one in row.watch.split("、") if one]
        if row.box in _BOXES:
            marks.append(Tag(*_BOXES[row.box]))
        self._marks.show_pieces(marks)
        self._bed.setText(row.bed or "未安排床位")
        self._born.setText(f"{row.born} 年生" if row.born else "出生年不详")
        self._age.setText(f"{row.age} 岁" if row.age is not None else "")
        others = "、".join(
            f"{one.name} {one.bed}（{f'{one.born} 年生' if one.born else '出生年不详'}）" for one in row.alike
        )
        self.alike.setText(f"同层近似姓名：{others}，请看照片、床位、出生年" if others else "")
        self._alike_strip.setVisible(bool(others))
        self.allergies.show_allergies(row.allergies)
        self.setAccessibleName(f"{row.name} {row.bed} {self._born.text()}")

    def show_band(self, at: datetime | None) -> None:
        """Whether the wristband was scanned in this round."""
        done = at is not None
        self._band.say("腕带已核对" if done else "未扫腕带", "ok" if done else "text3")
        self._band_at.setText(f"{local(self._zone, at):%H:%M:%S}" if at is not None else "")
        self._band_sign.show_sign("shield-check" if done else "id-card", "ok.text" if done else "text3")

    def say_wrong(self, words: str, turn: str = "") -> None:
        """Loud: another resident's wristband; `turn` offers to go there. Empty words take it away."""
        self.wrong_words.setText(words)
        self._turn.setVisible(bool(turn))
        self._turn.say(turn)
        self.wrong.setVisible(bool(words))

    # inside -------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(18)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.avatar, 0, top)
        facts = QVBoxLayout()
        facts.setSpacing(6)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.name)
        first.addWidget(self._sex, 0, Qt.AlignmentFlag.AlignBottom)
        first.addWidget(self._marks, 1, Qt.AlignmentFlag.AlignVCenter)
        facts.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(8)
        for sign, piece in (("bed-single", self._bed), ("calendar", self._born)):
            second.addWidget(Sign(sign, 20, "text2"))
            second.addWidget(piece)
            second.addSpacing(10)
        second.addWidget(self._age)
        second.addStretch(1)
        facts.addLayout(second)
        facts.addStretch(1)
        row.addLayout(facts, 1)
        row.addLayout(self._band_box(), 0)
        self.body.addLayout(row)
        self._alike_strip = self._strip(self.alike, "users-round", "violet")
        self.body.addWidget(self._alike_strip)
        self.body.addWidget(self.allergies)
        self._wrong_strip()
        self._alike_strip.hide()

    def _band_box(self) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addStretch(1)
        line.addWidget(self._band_sign)
        line.addWidget(self._band)
        box.addLayout(line)
        box.addWidget(self._band_at, 0, Qt.AlignmentFlag.AlignRight)
        box.addStretch(1)
        return box

    @staticmethod
    def _strip(words: Words, icon: str, tone: str) -> QFrame:
        strip = QFrame()
        strip.setProperty("strip", tone)
        row = QHBoxLayout(strip)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(10)
        row.addWidget(Sign(icon, 18, f"{tone}.text"), 0, Qt.AlignmentFlag.AlignTop)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(words, 1)
        return strip

    def _wrong_strip(self) -> None:
        look.restyle(self.wrong, "strip", "danger")
        row = QHBoxLayout(self.wrong)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(Sign("circle-x", 22, "danger.text"))
        row.addWidget(self.wrong_words, 1)
        row.addWidget(self._turn)
        self._turn.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._turn.clicked.connect(self.turned)
        self.body.addWidget(self.wrong)
        self.wrong.hide()
