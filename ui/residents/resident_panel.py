"""The panel beside the list: who is selected, what must not be overlooked, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.roles import Right
from app.residents.forms import CARE_LEVELS
from app.residents.queries import AssessmentLine, Chart, ChartRow
from app.residents.queries.chart_rows import ContactRow
from ui.kit import (
    AllergyStrip,
    Avatar,
    Badge,
    Button,
    Card,
    Fact,
    FactTile,
    Foot,
    Line,
    ScrollBody,
    StateView,
    Words,
)
from ui.kit.faces import show_face
from ui.kit.guarded import GuardedButton
from ui.kit.referring import offer_referral
from ui.kit.view import View
from ui.residents.relations import relation_words
from ui.residents.signs import allergies_of, due_words, level_tone, level_words, person_words
from ui.style import Role, Tone, look

PANEL_WIDTH = 324


class ResidentPanel(Card):
    """Shows one resident, always whole: name and allergies change together, never one before the other."""

    asked = Signal(str, object)
    """Where to go ("assessment", "chart") and whose: the resident's rid."""

    def __init__(self, view: View) -> None:
        super().__init__(flush=True)
        self._view = view
        self._chart: ChartRow | None = None
        self._today: date | None = None
        self.setFixedWidth(look.sp(PANEL_WIDTH))
        self.assess = GuardedButton(view, Right.ASSESS, "开始评估", "primary", icon="clipboard-pen")
        self.open_chart = Button("打开档案", "plain")
        self._facts = {name: Fact(name) for name in _FACTS}
        offer_referral(view, back=lambda: ("residents", {}))
        self.state = StateView(self._whole())
        self.body.addWidget(self.state)
        self.assess.allowed.connect(lambda: self._tell("assessment"))
        self.open_chart.clicked.connect(lambda: self._tell("chart"))
        self.nobody()

    @property
    def shown(self) -> ChartRow | None:
        """Whom it shows now."""
        return self._chart

    def nobody(self) -> None:
        """Nobody is selected."""
        self._chart = None
        self.state.empty("没有选中老人", "在左边选一位，这里显示过敏、诊断和联系人。")

    async def ask(self, view: View, question: Chart) -> None:
        """Ask for a resident and show them; until the answer the one before stays, whole."""
        with self.state.asking(forget=self._forget):
            self.show_chart(await view.errands.ask(question))

    def _forget(self) -> None:
        self._chart = None

    def show_chart(self, chart: ChartRow) -> None:
        """Show a resident."""
        self._chart = chart
        ability = chart.ability
        level = ability.level if ability else None
        self._avatar.show_person(chart.name, level_tone(level))
        show_face(self._view, self._avatar, chart.photo)
        self._name.setText(chart.name)
        self._who.setText(person_words(chart))
        self._badge.say(level_words(level), level_tone(level))
        self._total.setText(f"{ability.total} 分" if ability and ability.total is not None else "")
        self._allergies.show_allergies(allergies_of(chart))
        for name, said in _FACTS.items():
            self._facts[name].say(said(chart))
        self._say_assessment(ability)
        self.assess.say("继续评估" if chart.draft_by else "开始评估")
        if self.assess.may:
            self.assess.setToolTip(f"草稿由{chart.draft_by}持有" if chart.draft_by else "")
        self.state.content()

    def say_day(self, today: date) -> None:
        """Which day it is, for what is due."""
        self._today = today

    # inside -------------------------------------------------------------------------------------------------------

    def _tell(self, place: str) -> None:
        if self._chart is not None:
            self.asked.emit(place, self._chart.rid)

    def _whole(self) -> QWidget:
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        middle = ScrollBody((20, 20, 20, 20), 14)
        middle.body.addLayout(self._head())
        self._allergies = AllergyStrip()
        middle.body.addWidget(self._allergies)
        middle.body.addLayout(self._fact_grid())
        middle.body.addWidget(Line())
        middle.body.addLayout(self._assessment())
        middle.body.addStretch(1)
        foot = Foot()
        foot.row.addWidget(self.assess, 3)
        foot.row.addWidget(self.open_chart, 2)
        box.addWidget(middle, 1)
        box.addWidget(foot)
        return whole

    def _head(self) -> QHBoxLayout:
        self._avatar = Avatar("", Tone.NEUTRAL, 56)
        self._name = Words("", Role.PAGE_TITLE, wrap=True)
        self._who = Words("", Role.BODY, ink="text2")
        self._badge = Badge("", Tone.NEUTRAL)
        self._total = Words("", Role.BODY, ink="text2")
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._name)
        texts.addWidget(self._who)
        level = QHBoxLayout()
        level.setSpacing(8)
        level.addWidget(self._badge)
        level.addWidget(self._total)
        level.addStretch(1)
        texts.addLayout(level)
        row.addLayout(texts, 1)
        return row

    def _fact_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        for place, name in enumerate(_FACTS):
            wide = place >= 4
            row, column = (place // 2, place % 2) if not wide else (place - 2, 0)
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(self._facts[name], row, column, 1, 2 if wide else 1, top)
        return grid

    def _assessment(self) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(Words("能力评估", Role.CARD_TITLE))
        head.addStretch(1)
        self._when = Words("", Role.HINT)
        head.addWidget(self._when)
        box.addLayout(head)
        tiles = QHBoxLayout()
        tiles.setSpacing(10)
        self._score, self._next = FactTile("总分"), FactTile("下次评估")
        for tile in (self._score, self._next):
            tiles.addWidget(tile, 1)
        box.addLayout(tiles)
        return box

    def _say_assessment(self, line: AssessmentLine | None) -> None:
        total = "" if line is None or line.total is None else str(line.total)
        self._when.setText(f"{line.assessed_on:%Y-%m-%d}" if line else "还没有评估过")
        self._score.say(total, "分" if total else "", level_tone(line.level) if line else None)
        due = due_words(line.due_on if line else None, self._today) if self._today else None
        self._next.say(due.words if due else "", "", due.tone if due else None)


def _contact_words(contacts: tuple[ContactRow, ...]) -> str:
    if not contacts:
        return ""
    first = contacts[0]
    about = "，".join(filter(None, (relation_words(first.relation), *first.powers[:1])))
    return f"{first.name}{f'（{about}）' if about else ''} {first.phone or first.second_phone}".strip()


def _carers(chart: ChartRow) -> str:
    said = (("护士", chart.nurse), ("医生", chart.doctor))
    return "　".join(f"{title} {name}" for title, name in said if name)


_FACTS: dict[str, Callable[[ChartRow], str]] = {
    "床位": lambda chart: chart.bed or "未安排",
    "入住日期": lambda chart: f"{chart.admitted_on:%Y-%m-%d}" if chart.admitted_on else "",
    "护理等级": lambda chart: CARE_LEVELS.get(chart.care_level, ""),
    "编号": lambda chart: chart.number,
    "主要诊断": lambda chart: "、".join(one.words for one in chart.diagnoses[:3]),
    "紧急联系人": lambda chart: _contact_words(chart.contacts),
    "责任人": _carers,
}
