"""Whose month it is: name, facts and allergies, the month with its arrows, and the acts."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from app.core.roles import Right
from app.residents.forms import SEXES
from app.residents.queries import ChartRow
from app.residents.rules.stated import allergy_words
from ui.kit import Avatar, Button, Card, IconButton, Tag, Words
from ui.kit.flow import FlowRow
from ui.kit.guarded import GuardedButton
from ui.kit.view import View
from ui.style import Role, Tone, look

WIDE = 900
"""From this width on everything stands in one row."""


class MonthHeadCard(Card):
    """`back`, `forward` turn the month; `print`, `order` and `other` are the acts."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.name = Words("", Role.CARD_TITLE)
        self.facts = Words("", Role.HINT, wrap=True)
        self.month = Words("", Role.CARD_TITLE)
        self.back = IconButton("chevron-left", "前一个月（[）")
        self.forward = IconButton("chevron-right", "后一个月（]）")
        self.other = Button("换老人", "quiet", icon="search")
        self.print = GuardedButton(view, Right.PRINT_RECORDS, "打印月表", icon="printer")
        may_order = view.bench.actor.may(Right.ORDER_MEDICINES)
        right = Right.ORDER_MEDICINES if may_order else Right.TRANSCRIBE_ORDERS
        self.order = GuardedButton(view, right, "新开医嘱", "primary", icon="plus")
        self._avatar = Avatar("", Tone.NEUTRAL, 44)
        self._tags = FlowRow(8)
        self.body.setContentsMargins(18, 12, 18, 12)
        who = QHBoxLayout()
        who.setSpacing(14)
        who.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.name)
        first.addWidget(self.facts, 1)
        texts.addLayout(first)
        texts.addWidget(self._tags)
        who.addLayout(texts, 1)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        for widget in (self.back, self.month, self.forward, self.other, self.print, self.order):
            acts.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._row.setSpacing(10)
        self._row.addLayout(who, 1)
        self._row.addLayout(acts)
        self.body.addLayout(self._row)

    def show_person(self, chart: ChartRow) -> None:
        """Whose it is; what has to be known before a medicine is given stands beside the name."""
        self._avatar.show_person(chart.name, Tone.NEUTRAL)
        self.name.setText(chart.name)
        born = f"{chart.birth_date.year} 年生" if chart.birth_date else ""
        age = "" if chart.age is None else f"{chart.age} 岁"
        bed = chart.bed or ("未安排床位" if chart.here else "不在住")
        self.facts.setText(" · ".join(part for part in (SEXES.get(chart.sex, ""), age, born, bed) if part))
        known = [one for one in chart.allergies if not one.none_known]
        if known:
            words = "、".join(allergy_words(one.substance, one.reaction) for one in known)
            tags = [Tag(f"过敏：{words}", Tone.DANGER, icon="triangle-alert")]
        elif chart.allergies:
            tags = [Tag("无已知过敏", Tone.NEUTRAL)]
        else:
            tags = [Tag("过敏史不详，用药前请先核对", Tone.WARN, icon="circle-alert")]
        self._tags.show_pieces(tags)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The acts stand beside the name where there is room, else below it."""
        super().resizeEvent(event)
        wide = self.width() >= look.sp(WIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)

    def minimumSizeHint(self) -> QSize:
        return QSize(look.sp(560), super().minimumSizeHint().height())

    def show_month(self, month: date) -> None:
        self.month.setText(f"{month.year} 年 {month.month} 月")
