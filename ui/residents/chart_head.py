"""The head of a chart: who it is, level, care level, allergies — pinned above every tab."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from app.core.clock import local
from app.core.roles import Right
from app.residents.forms import CARE_LEVELS
from app.residents.queries import ChartRow
from ui.kit import AllergyStrip, Avatar, Badge, Button, Card, Tag, Words
from ui.kit.faces import show_face
from ui.kit.flow import Flow
from ui.kit.guarded import GuardedButton
from ui.kit.paint import Mark
from ui.kit.referring import offer_referral
from ui.kit.view import View
from ui.residents.signs import allergies_of, level_tone, level_words, person_words
from ui.residents.stay_words import stay_marks
from ui.style import Role, Tone


class ChartHead(Card):
    """Name and allergies are always on screen, whichever tab shows."""

    tab_chosen = Signal(int)

    def __init__(self, view: View, tabs: Sequence[str]) -> None:
        super().__init__()
        self._view = view
        self._rid: UUID | None = None
        self._zone = view.bench.station.settings.zone
        self.edit = GuardedButton(view, Right.EDIT_RESIDENTS, "编辑", icon="square-pen")
        self.print = GuardedButton(view, Right.PRINT_RECORDS, "打印", icon="printer")
        self.assess = GuardedButton(view, Right.ASSESS, "开始评估", "primary", icon="clipboard-pen")
        self.refer = GuardedButton(view, Right.REFER, "转诊", icon="ambulance")
        self.refer.setToolTip("F6")
        self.refer.allowed.connect(offer_referral(view, lambda: self._rid))
        self.allergies = AllergyStrip()
        self.more_allergies = Button("过敏清单", "link")
        self.more_allergies.setProperty("high", "small")
        self.more_allergies.setToolTip("登记、更正、作废过敏（Shift+G，直接登记按 G）")
        self._marks: list[Tag] = []
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("档案的各页")
        for words in tabs:
            self.tabs.addTab(words)
        self.tabs.currentChanged.connect(self.tab_chosen)
        self.body.setContentsMargins(20, 16, 20, 0)
        self.body.addLayout(self._identity())
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.allergies, 1)
        line.addWidget(self.more_allergies)
        self.body.addLayout(line)
        self._strips = QVBoxLayout()
        self.body.addLayout(self._strips)
        row = QHBoxLayout()
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(Words("Ctrl+← → 换页", Role.HINT))
        self.body.addLayout(row)

    def show_chart(self, chart: ChartRow, today: date) -> None:
        """Show whose chart it is."""
        self._rid = chart.rid
        ability = chart.ability
        level = ability.level if ability else None
        total = f" {ability.total} 分" if ability and ability.total is not None else ""
        self._avatar.show_person(chart.name, level_tone(level))
        show_face(self._view, self._avatar, chart.photo)
        self.name.setText(chart.name)
        bed = chart.bed or ("未安排床位" if chart.here else "")
        self._facts.setText("　".join(filter(None, (person_words(chart), bed, chart.number))))
        self._badge.say(level_words(level) + total, level_tone(level))
        self._care.say(CARE_LEVELS.get(chart.care_level, ""), Tone.NEUTRAL)
        self._care.setVisible(bool(chart.care_level))
        self._show_marks(stay_marks(chart.stay, today))
        source = ""
        if chart.allergies:
            last = max(chart.allergies, key=lambda one: one.recorded_at)
            source = f"{last.told_by or '登记'} {last.by} {local(self._zone, last.recorded_at):%Y-%m-%d}"
        self.allergies.show_allergies(allergies_of(chart, reactions=True), source)
        self.assess.say("继续评估" if chart.draft_by else "开始评估")
        if self.assess.may:
            self.assess.setToolTip(f"草稿由{chart.draft_by}持有" if chart.draft_by else "")

    def show_strips(self, strips: Iterable[QWidget]) -> None:
        """Lines of other subjects that stand on every tab."""
        for strip in strips:
            self._strips.addWidget(strip)

    def turn(self, step: int) -> None:
        """Ctrl+← and Ctrl+→: the tab before or after, round and round."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def _show_marks(self, marks: Sequence[Mark]) -> None:
        """Away, in hospital, reserved, ended, mode, nursing grade, stage."""
        for old in self._marks:
            self._signs.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._marks = [Tag(one.text, one.tone, icon=one.icon) for one in marks]
        for tag in self._marks:
            self._signs.addWidget(tag)

    def _identity(self) -> QHBoxLayout:
        self._avatar = Avatar("", Tone.NEUTRAL, 64)
        self.name = Words("", Role.PAGE_TITLE, wrap=True)
        self._facts = Words("", Role.BODY, ink="text2", wrap=True)
        self._badge = Badge("", Tone.NEUTRAL)
        self._care = Tag("", Tone.NEUTRAL)
        row = QHBoxLayout()
        row.setSpacing(16)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._avatar, 0, top)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self.name)
        texts.addWidget(self._facts)
        self._signs = Flow()
        self._signs.addWidget(self._badge)
        self._signs.addWidget(self._care)
        texts.addSpacing(2)
        texts.addLayout(self._signs)
        row.addLayout(texts, 1)
        for button in (self.refer, self.print, self.edit, self.assess):
            row.addWidget(button, 0, top)
        return row
