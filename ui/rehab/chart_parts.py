"""康复 in a resident's chart: a tab with the plan in small and its curves, and a card of the overview."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.changes import Changes
from app.core.clock import date_in
from app.core.roles import Right
from app.rehab.progress.curves import Curves
from app.rehab.progress.goals import GoalRow
from app.rehab.queries.plan import PlanSheet
from app.rehab.queries.plan_rows import PlanRow, PlanSheetRow
from ui.kit import Button, Card, ElidedWords, Key, ScrollBody, StateView, Tags, Words, bind, latest
from ui.kit.chart import ChartPart, Who
from ui.kit.view import Bench
from ui.rehab.curve_card import CurveCard
from ui.rehab.goal_box import WayBar
from ui.rehab.goals_card import GoalsCard
from ui.rehab.items_card import ItemsCard
from ui.rehab.plan_strip import plan_marks
from ui.rehab.state_marks import short_day
from ui.style import Role, look

WIDE = 860
MOST = 3
"""Goals on the card; the tab has them all."""
KINDS = frozenset({"rehab_plan", "rehab_goal", "goal_rating", "rehab_item", "rehab_session", "assessment"})
EMPTY = "还没有康复计划"
HOW = "在“康复”里做初期评定、制定计划；之后这里有目标、曲线和治疗项目。"


class _OfPlan(ChartPart):
    """Asks for the plan that counts of the resident; of another one nothing stays meanwhile."""

    kinds: ClassVar[frozenset[str]] = KINDS

    def __init__(self, bench: Bench, title: str) -> None:
        super().__init__(bench, title)
        self.sheet: PlanSheetRow | None = None

    def show_resident(self, who: Who) -> None:
        if self.who is None or self.who.rid != who.rid:
            self.sheet = None
        super().show_resident(who)

    def record_shown(self) -> tuple[str, UUID] | None:
        plan = None if self.sheet is None else self.sheet.plan
        return None if plan is None else ("rehab_plan", plan.seen.rid)

    def open_plan(self) -> None:
        """O: the plan on its own screen."""
        if self.who is not None:
            self.bench.go("rehab", {"resident": self.who.rid})

    def today(self) -> date:
        return date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())


class RehabTab(_OfPlan):
    """Goals at the left, curve over programme at the right; acts are on the plan's own screen, which O opens."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "康复")
        self.words = Words("", Role.STRONG, wrap=True)
        self.under = ElidedWords("", Role.HINT, ink="text2")
        self.signs = Tags(most=3)
        self.open = Button("打开康复计划", "primary", icon="accessibility")
        self.goals, self.curves, self.items = (
            GoalsCard(self),
            CurveCard(bench.station.settings.zone),
            ItemsCard(),
        )
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self.open.clicked.connect(self.open_plan)
        self.goals.add.hide()
        self.goals.rated.connect(lambda _goal, _step: self.open_plan())
        self.goals.taken.connect(lambda _goal: self.open_plan())
        self.curves.opened.connect(lambda record: bench.go("assessment", {"assessment": record}))
        bind(
            self,
            Key("O", "打开康复计划", self.open_plan),
            Key("Up", "上一个目标", lambda: self.goals.step(-1) or self.goals.arrive()),
            Key("Down", "下一个目标", lambda: self.goals.step(1) or self.goals.arrive()),
            Key("C", "到曲线", self.curves.chart.setFocus),
            Key("[", "前一个量表", lambda: self.curves.turn(-1)),
            Key("]", "后一个量表", lambda: self.curves.turn(1)),
        )

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        who = self.who
        if who is None:
            return
        with self.state.asking(self.refresh):
            sheet = await self.errands.ask(PlanSheet(who.rid))
            if sheet.plan is None:
                self.sheet = sheet
                may = self.bench.actor.may(Right.PLAN_REHAB)
                self.state.empty(EMPTY, HOW, ("去康复", self.open_plan) if may else None)
                return
            curves = await self.errands.ask(Curves(who.rid, sheet.plan.seen.rid))
            if who is self.who:
                self.sheet = sheet
                self._show_head(sheet.plan)
                self.goals.show_goals(sheet.goals, self.today(), over=True)
                self.curves.show_curves(curves)
                self.items.show_items(sheet.items)
                self.state.content()

    def arrive(self) -> None:
        if not (self.goals.isVisibleTo(self) and self.goals.arrive()):
            self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= look.sp(WIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != way:
            self._columns.setDirection(way)

    def _show_head(self, plan: PlanRow) -> None:
        self.words.setText(plan.words)
        self.under.setText(plan_line(plan))
        self.signs.show_marks(plan_marks(plan, self.today()))

    def _lay_out(self) -> None:
        head = Card()
        head.body.setContentsMargins(20, 12, 20, 12)
        texts = QVBoxLayout()
        texts.setSpacing(3)
        texts.addWidget(self.words)
        texts.addWidget(self.under)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(texts, 1)
        row.addWidget(self.signs)
        row.addWidget(self.open)
        head.body.addLayout(row)
        right = QVBoxLayout()
        right.setSpacing(14)
        right.addWidget(self.curves, 3)
        right.addWidget(self.items, 2)
        self._columns.setSpacing(14)
        self._columns.addWidget(self.goals, 2)
        self._columns.addLayout(right, 3)
        self.goals.setMinimumHeight(look.sp(260))
        self.items.setMinimumHeight(look.sp(150))
        inside = ScrollBody(spacing=14)
        inside.body.addWidget(head)
        inside.body.addLayout(self._columns, 1)
        self.state = StateView(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.state)


class RehabCard(_OfPlan):
    """The plan in a line, its open goals as bars, today's sessions in figures."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "康复")
        self.card = Card("康复", " ")
        self.all = Button("康复计划", "link")
        self.card.head.addWidget(self.all)
        self._inside: QWidget | None = None
        self._holder = QWidget()
        self._body = QVBoxLayout(self._holder)
        self._body.setContentsMargins(0, 0, 0, 0)
        self.state = StateView(self._holder)
        self.card.body.addWidget(self.state)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.card)
        self.all.clicked.connect(self.open_plan)

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        who = self.who
        if who is None:
            return
        with self.state.asking(self.refresh):
            sheet = await self.errands.ask(PlanSheet(who.rid))
            if who is not self.who:
                return
            self.sheet = sheet
            if sheet.plan is None:
                self.card.hint.setText("")
                self.state.empty(EMPTY, "")
            else:
                self._show(sheet, sheet.plan)

    def _show(self, sheet: PlanSheetRow, plan: PlanRow) -> None:
        if self._inside is not None:
            self._body.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        day = sheet.today
        counted = f"今天 {day.done} / {len(day.sessions)} 次" if day is not None and day.sessions else ""
        self.card.hint.setText(counted)
        self._inside = QWidget()
        box = QVBoxLayout(self._inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(ElidedWords(plan.words, Role.STRONG))
        box.addWidget(ElidedWords(plan_line(plan), Role.HINT, ink="text2"))
        signs = Tags(plan_marks(plan, self.today()))
        box.addWidget(signs)
        for goal in [one for one in sheet.goals if one.status == "open"][:MOST]:
            box.addWidget(self._goal(goal))
        self._body.addWidget(self._inside)
        self.state.content()

    def _goal(self, goal: GoalRow) -> QWidget:
        line = QWidget()
        box = QVBoxLayout(line)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(ElidedWords(goal.words, Role.BODY), 1)
        row.addWidget(Words(goal.figure, Role.LABEL))
        row.addWidget(Words(f"期限 {short_day(goal.due_on, self.today())}", Role.SMALL, ink="text3"))
        bar = WayBar()
        bar.say(goal.way, "primary")
        box.addLayout(row)
        box.addWidget(bar)
        return line


def plan_line(plan: PlanRow) -> str:
    """`计划 KF-… · 2026-05-20 起，第 26 周 · 恢复期 · 责任治疗师 林海涛`."""
    lead = f"责任治疗师 {plan.lead}" if plan.lead else ""
    since = f"{plan.begins:%Y-%m-%d} 起，第 {plan.week} 周"
    return " · ".join(part for part in (f"计划 {plan.number}", since, plan.phase, lead) if part)
