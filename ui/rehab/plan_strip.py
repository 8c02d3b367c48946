"""Whose plan it is: name, level, allergies, which plan and how long it has run; its review, and what may be done."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.roles import Right
from app.rehab.queries.plan_rows import PlanRow
from app.residents.codes import code_list
from app.residents.queries import ChartRow
from ui.kit import Avatar, Button, Card, ElidedWords, Tags, Words
from ui.kit.faces import show_face
from ui.kit.guarded import GuardedButton
from ui.kit.paint import Mark
from ui.kit.view import View
from ui.rehab.state_marks import short_day, tone_of
from ui.style import Role, Tone

SOON = 7
"""Days before a review from which on it is pointed out."""
STATUS = {"closed": "已结案", "cancelled": "已取消"}


class PlanStrip(Card):
    """One line for the person, one for the plan; it never breaks, longer words are elided."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self.body.setContentsMargins(20, 12, 20, 12)
        self.face = Avatar("", Tone.NEUTRAL, 48)
        self.name = Words("", Role.CARD_TITLE)
        self.facts = Words("", Role.BODY, ink="text2")
        self.signs = Tags(most=3)
        self.under = ElidedWords("", Role.HINT, ink="text2")
        self.due = Tags(most=2)
        self.print = GuardedButton(view, Right.PRINT_RECORDS, "打印", icon="printer")
        self.sign = Button("去签名", "primary", icon="file-check")
        self.review = GuardedButton(view, Right.PLAN_REHAB, "开始复评", "primary", icon="clipboard-check")
        self.edit = GuardedButton(view, Right.PLAN_REHAB, "修改计划", icon="square-pen")
        self._lay_out()

    def show_person(self, chart: ChartRow) -> None:
        """Name, level and allergies change together."""
        ability = chart.ability
        level, tone = (ability.finding, tone_of(ability.tone)) if ability else ("未评估", Tone.NEUTRAL)
        self.face.show_person(chart.name, tone)
        show_face(self._view, self.face, chart.photo)
        self.name.setText(chart.name)
        age = "年龄不详" if chart.age is None else f"{chart.age} 岁"
        bed = chart.bed or ("未安排床位" if chart.here else "")
        self.facts.setText(" · ".join(part for part in (code_list("sex").words(chart.sex), age, bed) if part))
        self.signs.show_marks((Mark(level, tone), _allergies(chart)))

    def show_plan(self, plan: PlanRow | None, today: date) -> None:
        """Which plan, since when, and what it waits for."""
        for button in (self.print, self.sign, self.review, self.edit):
            button.setVisible(plan is not None)
        if plan is None:
            self.under.setText("没有康复计划")
            self.due.show_marks(())
            return
        since = f"{plan.begins:%Y-%m-%d} 起，第 {plan.week} 周"
        over = (
            f"{STATUS[plan.status]} {plan.ended_on:%Y-%m-%d}"
            if plan.over and plan.ended_on
            else STATUS.get(plan.status, "")
        )
        lead = f"责任治疗师 {plan.lead}" if plan.lead else ""
        self.under.setText(
            " · ".join(part for part in (plan.words, f"计划 {plan.number}", since, over, lead) if part)
        )
        self.due.show_marks(_marks(plan, today))
        self.sign.setVisible(bool(plan.missing) and not plan.over)
        self.review.setVisible(plan.running)
        self.edit.setVisible(not plan.over)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(5)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self.name)
        first.addWidget(self.facts)
        first.addWidget(self.signs)
        first.addStretch(1)
        texts.addLayout(first)
        texts.addWidget(self.under)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.face, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        acts = QHBoxLayout()
        acts.setSpacing(10)
        for piece in (self.due, self.print, self.edit, self.sign, self.review):
            acts.addWidget(piece, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(acts)
        self.body.addLayout(row)


def _allergies(chart: ChartRow) -> Mark:
    known = [one.substance for one in chart.allergies if not one.none_known]
    if known:
        more = f" 等 {len(known)} 种" if len(known) > 2 else ""
        return Mark(f"过敏：{'、'.join(known[:2])}{more}", Tone.DANGER, "triangle-alert")
    if chart.allergies:
        return Mark("无已知过敏", Tone.NEUTRAL, "circle-check")
    return Mark("过敏史不详", Tone.WARN, "circle-alert")


def _marks(plan: PlanRow, today: date) -> tuple[Mark, ...]:
    """Paused, unsigned, refused, and when it is reviewed."""
    found = []
    if plan.over:
        return ()
    if plan.paused is not None:
        found.append(Mark(f"{short_day(plan.paused, today)} 起暂停", Tone.ORANGE, "circle-pause"))
    if plan.refused:
        found.append(Mark("未同意", Tone.DANGER, "ban"))
    elif plan.missing:
        found.append(Mark(f"缺{'、'.join(plan.missing)}", Tone.WARN, "file-check"))
    if plan.running:
        late = (today - plan.review_on).days
        words = f"复评 {short_day(plan.review_on, today)}"
        if late > 0:
            found.append(Mark(f"{words} 逾期 {late} 天", Tone.DANGER, "calendar"))
        else:
            found.append(Mark(words, Tone.WARN if late >= -SOON else Tone.NEUTRAL, "calendar"))
    return tuple(found)
