"""照护计划: the tab of a resident's chart with the plan by problem and goal, and each task's last seven days."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.care.offers import CareOffer
from app.care.queries import CarePlan, PlanRow, VersionsOf
from app.core.changes import Changes
from app.core.orders import Question
from app.core.roles import Right
from ui.care.plan_board import PlanBoard
from ui.care.plan_sheets import EndSheet, TaskSheet, VersionsSheet
from ui.care.review_sheet import ReviewSheet
from ui.care.template_sheet import TemplateSheet
from ui.kit import Button, Card, Foot, Key, ScrollBody, StateView, Words, bind, errand, latest
from ui.kit.chart import ChartPart
from ui.kit.strip import Strip
from ui.kit.view import Bench
from ui.style import Role, Tone


class PlanTab(ChartPart):
    """Who may not plan reads; the acts then say who may. `offers`: what another subject offers for the plan."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"care_task", "care_doing", "absence", "stay", "assessment", "rehab_plan"}
    )

    def __init__(
        self, bench: Bench, offers: Callable[[UUID], Question[CareOffer | None]] | None = None
    ) -> None:
        super().__init__(bench, "照护计划")
        self._offers = offers
        self.offer: CareOffer | None = None
        self.offered = Strip("accessibility", Tone.INFO)
        self.plan: PlanRow | None = None
        self.may = bench.actor.may(Right.PLAN_CARE)
        self.board = PlanBoard()
        self.scroller = ScrollBody()
        self.scroller.body.addWidget(self.board)
        self.scroller.body.addStretch(1)
        self.state = StateView(self.scroller)
        self.from_template = Button("按模板添加", "primary", icon="list-checks")
        self.add_one = Button("添加项目", "plain", icon="plus")
        self.change_one = Button("修改", "plain", icon="square-pen")
        self.end_one = Button("停止", "plain")
        self.history = Button("历次版本", "quiet", icon="history")
        self.said = Words("", Role.HINT)
        self._lay_out()
        self._connect()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        if self.who is None:
            return
        with self.state.asking(self.refresh, self._forget):
            plan = await self.errands.ask(CarePlan(self.who.rid))
            self.offer = await self.errands.ask(self._offers(self.who.rid)) if self._offers else None
            self._show(plan)

    def arrive(self) -> None:
        """The focus on the plan, or while a sentence stands in its place on the tab: its keys go on working."""
        (self.board if self.board.isVisibleTo(self) else self).setFocus()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the task under the cursor."""
        task = self.board.current()
        return None if task is None else ("care_task", task.seen.rid)

    # acts ---------------------------------------------------------------------------------------------------------

    def apply(self) -> None:
        """T: tasks of a template."""
        if self.plan is not None and self._allowed():
            TemplateSheet(self, self.bench, self.plan).open()

    def add(self) -> None:
        """N: one task."""
        if self.plan is not None and self._allowed():
            TaskSheet(self, self.bench, self.plan.resident).open()

    def change(self) -> None:
        """Enter: another revision of the task under the cursor."""
        task = self.board.current()
        if self.plan is None or task is None or not self._allowed():
            return
        if not task.running:
            self.bench.notice.say("这一项已经停止。要再做，请重新添加。", seconds=8)
            return
        TaskSheet(self, self.bench, self.plan.resident, task).open()

    def end(self) -> None:
        """Delete: the task under the cursor is done no more."""
        task = self.board.current()
        if task is not None and task.running and self._allowed():
            EndSheet(self, self.bench, task).open()

    @errand
    async def take_offer(self) -> None:
        """K: everything another subject offers is planned."""
        offer = self.offer
        if offer is None:
            self.bench.notice.say("没有建议加入的照护项目。", seconds=6)
        elif self._allowed():
            await self.errands.do(offer.accept, busy=self.offered.button)
            self.bench.notice.done(f"已按{offer.words} 加入 {len(offer.tasks)} 项照护。")

    def review(self) -> None:
        """R: a task whose basis is gone goes on with a reason, or ends."""
        task = self.board.current()
        if task is None or not task.to_review:
            self.bench.notice.say("这一项没有要复核的依据。", seconds=6)
        elif self._allowed():
            sheet = ReviewSheet(self, self.bench, task)
            sheet.ending.connect(self.end)
            sheet.open()

    def see_basis(self) -> None:
        """B: the assessment a task was planned for."""
        task = self.board.current()
        if task is None or task.basis is None:
            self.bench.notice.say("这一项不是按评估安排的。", seconds=6)
        else:
            self.bench.go("assessment", {"assessment": task.basis.assessment})

    @errand
    async def versions(self) -> None:
        """H: what the task said before."""
        task = self.board.current()
        if task is not None:
            versions = await self.errands.ask(VersionsOf(task.seen.rid))
            VersionsSheet(self, self.bench, versions).open()

    # inside -------------------------------------------------------------------------------------------------------

    def _allowed(self) -> bool:
        if not self.may:
            self.bench.notice.refused(f"您没有“{Right.PLAN_CARE.value}”的权限，请找护士或医生。")
        return self.may

    def _show(self, plan: PlanRow) -> None:
        keys_here = self.hasFocus() or self.board.hasFocus()
        self.plan = plan
        offer = self.offer
        self.offered.say(f"{offer.words} 建议：{'；'.join(offer.tasks)}" if offer else "", "加入计划（K）")
        self.board.show_plan(plan)
        review = sum(one.to_review for one in plan.running)
        more = f"，{review} 项的依据已变，请复核" if review else ""
        self.said.say(f"在做 {len(plan.running)} 项{more}", "warn" if review else "")
        if self.board.lines:
            self.state.content()
        else:
            how = "按护理等级和问题选一个模板，再逐项增减；也可以逐项添加。"
            self.state.empty("还没有照护计划", how, ("按模板添加", self.apply) if self.may else None)
        if keys_here:
            self.arrive()

    def _forget(self) -> None:
        self.plan = None

    def _moved(self) -> None:
        rect = self.board.cursor_rect()
        self.scroller.ensureVisible(0, rect.center().y(), 0, rect.height() // 2 + 8)

    def _connect(self) -> None:
        self.board.opened.connect(self.change)
        self.offered.acted.connect(self.take_offer)
        self.board.moved.connect(self._moved)
        self.from_template.clicked.connect(self.apply)
        self.add_one.clicked.connect(self.add)
        self.change_one.clicked.connect(self.change)
        self.end_one.clicked.connect(self.end)
        self.history.clicked.connect(self.versions)
        bind(
            self,
            Key("Up Down", "选择项目"),
            Key("T", "按模板添加", self.apply),
            Key("N", "添加项目", self.add),
            Key("Return", "修改"),
            Key("Delete", "停止", self.end),
            Key("R", "复核依据已变的项目", self.review),
            Key("K", "把康复建议的项目加入计划", self.take_offer),
            Key("B", "看依据的评估", self.see_basis),
            Key("H", "历次版本", self.versions),
        )

    def _lay_out(self) -> None:
        card = Card(flush=True)
        foot = Foot()
        foot.row.addWidget(self.said)
        foot.row.addStretch(1)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        for button in (self.history, self.end_one, self.change_one, self.add_one, self.from_template):
            acts.addWidget(button)
        foot.row.addLayout(acts)
        card.body.addWidget(self.state, 1)
        card.body.addWidget(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.offered)
        box.addWidget(card, 1)
