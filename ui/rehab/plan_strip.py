"""Whose plan it is: name, level, allergies, which plan and how long it has run; its review, and what may be done."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent

from app.core.roles import Right
from app.rehab.queries.plan_rows import PlanRow, PlanSheetRow
from app.residents.queries import ChartRow
from ui.kit import Button, IconButton, Tag, Tags
from ui.kit.guarded import GuardedButton
from ui.kit.paint import Mark
from ui.kit.person_strip import PersonStrip
from ui.kit.view import View
from ui.rehab.state_marks import short_day, tone_of
from ui.style import Tone, look

WIDE, LEAST = 980, 560
"""Width from which on the acts stand beside the name, and the least there is, in px at 100 % text size."""
SOON = 7
"""Days before a review from which on it is pointed out."""
STATUS = {"closed": "已结案", "cancelled": "已取消"}


class PlanStrip(PersonStrip):
    """One line for the person, one for the plan; longer words are elided."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.level = Tag()
        self.head.insertWidget(2, self.level)
        self.due = Tags(most=2)
        self.print = GuardedButton(view, Right.PRINT_RECORDS, "打印", icon="printer")
        self.sign = Button("去签名", "primary", icon="file-check")
        self.review = GuardedButton(view, Right.PLAN_REHAB, "开始复评", "primary", icon="clipboard-check")
        self.edit = GuardedButton(view, Right.PLAN_REHAB, "修改计划", icon="square-pen")
        self.fresh = GuardedButton(view, Right.PLAN_REHAB, "新建计划", "primary", icon="plus")
        self.earlier = IconButton("chevron-left", "更早的计划（,）", size=34, framed=True)
        self.later = IconButton("chevron-right", "更近的计划（.）", size=34, framed=True)
        for piece in (
            self.due,
            self.earlier,
            self.later,
            self.print,
            self.edit,
            self.sign,
            self.review,
            self.fresh,
        ):
            self.acts.addWidget(piece, 0, Qt.AlignmentFlag.AlignVCenter)

    def minimumSizeHint(self) -> QSize:
        """Narrower than all of it in one line: then it breaks."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), look.sp(LEAST)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.break_acts(broken=self.width() < look.sp(WIDE))

    def show_person(self, chart: ChartRow) -> None:
        """Name, level and allergies change together."""
        super().show_person(chart)
        ability = chart.ability
        self.level.say(
            ability.finding if ability else "未评估", tone_of(ability.tone) if ability else Tone.NEUTRAL
        )

    def show_plan(self, plan: PlanRow | None, today: date, *, newest: bool = True) -> None:
        """Which plan, since when, and what it waits for; after the `newest`, once it is over, another may be made."""
        for button in (self.print, self.sign, self.review, self.edit):
            button.setVisible(plan is not None)
        self.fresh.setVisible(plan is not None and plan.over and newest)
        if plan is None:
            self.say("没有康复计划")
            self.due.show_marks(())
            return
        since = f"{plan.begins:%Y-%m-%d} 起，第 {plan.week} 周"
        over = (
            f"{STATUS[plan.status]} {plan.ended_on:%Y-%m-%d}"
            if plan.over and plan.ended_on
            else STATUS.get(plan.status, "")
        )
        lead = f"责任治疗师 {plan.lead}" if plan.lead else ""
        self.say(" · ".join(part for part in (plan.words, f"计划 {plan.number}", since, over, lead) if part))
        self.due.show_marks(plan_marks(plan, today))
        self.sign.setVisible(bool(plan.missing) and not plan.over)
        self.review.setVisible(plan.running)
        self.edit.setVisible(not plan.over)

    def show_others(self, sheet: PlanSheetRow) -> None:
        """Where there are several plans: which of them this is, and the way to the others."""
        several = sheet.plan is not None and len(sheet.order) > 1
        for button, way in ((self.earlier, 1), (self.later, -1)):
            button.setVisible(several)
            button.setEnabled(sheet.beside(way) is not None)
        if sheet.plan is not None and several:
            count = len(sheet.order)
            place = count - sheet.order.index(sheet.plan.seen.rid)
            self.say(f"第 {place} / {count} 份 · {self.under.text()}")


def plan_marks(plan: PlanRow, today: date) -> tuple[Mark, ...]:
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
