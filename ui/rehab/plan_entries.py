"""The goals and the programme of a plan as they are written: in the form while it is new, by acts once it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.core.errors import Refusal, Trouble
from app.core.orders import Order
from app.rehab.drafted import GoalDraft, ItemDraft
from app.rehab.lists.items import items
from app.rehab.planning import AddGoal, AddItem, ChangeGoal, ChangeItem, DropGoal, EndItem, RetractItem
from app.rehab.rules.smart import LONG, SHORT
from app.rehab.templating import line_of
from ui.kit.why_sheet import WhySheet
from ui.rehab.goal_sheet import GoalGround, GoalSheet
from ui.rehab.item_sheet import ItemGround, ItemSheet
from ui.rehab.plan_form_screen import fresh_key

if TYPE_CHECKING:
    from ui.rehab.plan_form_view import PlanFormView


class PlanEntries(QObject):
    """Each opens in its sheet; a refusal leaves the sheet as it is."""

    def __init__(self, view: PlanFormView) -> None:
        super().__init__(view)
        self.view = view

    def new_goal(self) -> None:
        """Ctrl+G: one more goal, a short one once there is a long one."""
        long = any(one.term == LONG for one in self.view.goals)
        known = {one.key: one for one in self.view.goals}
        serves = next((one.key for one in self.view.goals if one.term == LONG), "")
        self._open_goal(
            GoalDraft(fresh_key(known, "g"), SHORT if long else LONG, serves=serves if long else "")
        )

    def open_goal(self, key: str) -> None:
        self._open_goal(next(one for one in self.view.goals if one.key == key))

    def add_line(self, code: str) -> None:
        """One more item with its usual values; in a plan that stands its sheet asks first."""
        if self.view.start is None or code not in items():
            return
        ground = self.view.start.ground
        key = fresh_key({one.key: one for one in self.view.items}, "i")
        goal = next((one.key for one in self.view.goals if one.term == SHORT), "")
        line = replace(line_of(items()[code], ground.staff, ground.lead, key), goal=goal)
        if self.view.standing:
            self._open_item(line)
            return
        self.view.items = (*self.view.items, line)
        self.view.show_items()
        self.view.edited()
        self.view.pieces.find.setFocus()

    def open_item(self, key: str) -> None:
        self._open_item(next(one for one in self.view.items if one.key == key))

    def remove_goal(self, key: str) -> None:
        goal = next(one for one in self.view.goals if one.key == key)
        if goal.seen is not None:
            self._ask_why(
                f"放弃目标：{goal.action}",
                "放弃",
                lambda why: self._do(DropGoal(goal.seen, why), "目标已放弃，记录保留。"),
            )
            return
        self.view.goals = tuple(one for one in self.view.goals if one.key != key)
        self.view.show_goals()
        self.view.edited()

    def remove_item(self, key: str) -> None:
        line = next(one for one in self.view.items if one.key == key)
        if line.seen is not None:
            end = self.view.today()
            self._ask_why(
                f"停止项目：{line.words}",
                "停止",
                lambda why: self._do(EndItem(line.seen, end, why), f"{line.words} 做完今天停止。"),
                "记录保留，可以查看。加错的项目：按 Enter 打开后作废。",
            )
            return
        self.view.items = tuple(one for one in self.view.items if one.key != key)
        self.view.show_items()
        self.view.edited()

    def _open_goal(self, goal: GoalDraft) -> None:
        if self.view.start is None:
            return
        read = self.view.read()
        ground = GoalGround(
            read.problems,
            read.long_goals,
            self.view.start.ground.results,
            self.view.begins(),
            self.view.today(),
        )
        sheet = GoalSheet(self.view, goal, ground, changing=goal.seen is not None)
        sheet.said.connect(lambda said, reason: self._goal_said(sheet, said, reason))
        sheet.open()

    def _goal_said(self, sheet: GoalSheet, goal: GoalDraft, reason: str) -> None:
        if self.view.standing and self.view.start is not None and self.view.start.standing is not None:
            stands = {one.key: one.seen.rid for one in self.view.goals if one.seen is not None}
            form = goal.form((), stands)
            order: Order[Any] = (
                ChangeGoal(goal.seen, form, reason)
                if goal.seen is not None
                else AddGoal(self.view.start.standing.seen.rid, form)
            )
            self._keep(sheet, order, "目标已保存。")
            return
        others = [one for one in self.view.goals if one.key != goal.key]
        place = next((place for place, one in enumerate(self.view.goals) if one.key == goal.key), len(others))
        self.view.goals = (*others[:place], goal, *others[place:])
        sheet.accept()
        self.view.show_goals(goal.key)
        self.view.edited()

    def _open_item(self, line: ItemDraft) -> None:
        if self.view.start is None:
            return
        ground = ItemGround(
            self.view.start.ground.staff,
            self.view.goals,
            self.view.base.contraindications,
            self.view.conditions,
        )
        sheet = ItemSheet(self.view, line, ground, changing=line.seen is not None)
        sheet.said.connect(lambda said, reason: self._item_said(sheet, said, reason))
        sheet.voided.connect(lambda: self.void_item(line))
        sheet.open()

    def void_item(self, line: ItemDraft) -> None:
        """It was added in error; one that was trained is refused."""
        seen = line.seen
        if seen is None:
            return
        self._ask_why(
            f"作废项目：{line.words}",
            "作废",
            lambda why: self._do(RetractItem(seen, why), f"{line.words} 已作废，记录保留。"),
        )

    def _item_said(self, sheet: ItemSheet, line: ItemDraft, reason: str) -> None:
        if self.view.standing and self.view.start is not None and self.view.start.standing is not None:
            stands = {one.key: one.seen.rid for one in self.view.goals if one.seen is not None}
            form = line.form((), stands)
            order: Order[Any] = (
                ChangeItem(line.seen, form, reason)
                if line.seen is not None
                else AddItem(self.view.start.standing.seen.rid, form)
            )
            self._keep(sheet, order, f"{line.words} 已保存。")
            return
        self.view.items = tuple(line if one.key == line.key else one for one in self.view.items)
        sheet.accept()
        self.view.show_items(line.key)
        self.view.edited()

    def _keep(self, sheet: GoalSheet | ItemSheet, order: Order[Any], done: str) -> None:
        self.view.errands.start("keep entry", lambda: self._kept(sheet, order, done))

    async def _kept(self, sheet: GoalSheet | ItemSheet, order: Order[Any], done: str) -> None:
        try:
            await self.view.errands.do(order, busy=sheet.main)
        except (Refusal, Trouble) as error:
            sheet.tell(error)
            return
        sheet.accept()
        self.view.bench.notice.done(done)

    def _ask_why(self, title: str, act: str, then: Any, told: str = "记录保留，可以查看。") -> None:
        sheet = WhySheet(self.view, title, told, act)
        sheet.said.connect(then)
        sheet.open()

    def _do(self, order: Order[Any], done: str) -> None:
        self.view.errands.start("act on entry", lambda: self._done(order, done))

    async def _done(self, order: Order[Any], done: str) -> None:
        await self.view.errands.do(order)
        self.view.bench.notice.done(done)
