"""制定康复计划: from a template to a plan that is drawn up, then signed, changed, paused, reviewed and closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtCore import QTimer

from app.core.changes import Changes
from app.core.errors import Refusal, Trouble
from app.core.orders import Order
from app.core.roles import Right
from app.rehab.drafted import GoalDraft, ItemDraft, PlanDraft
from app.rehab.lists.items import items
from app.rehab.planning import (
    AddGoal,
    AddItem,
    ChangeGoal,
    ChangeItem,
    DrawUpPlan,
    DropGoal,
    EndItem,
)
from app.rehab.queries.drawing import StartPlan
from app.rehab.rules.smart import LONG, SHORT
from app.rehab.templating import line_of
from app.residents.queries import Chart
from ui.kit import Key, ask_first, bind, errand, latest
from ui.kit.view import Bench
from ui.kit.why_sheet import WhySheet
from ui.rehab.goal_sheet import GoalGround, GoalSheet
from ui.rehab.item_sheet import ItemGround, ItemSheet
from ui.rehab.leave_sheet import LeaveSheet
from ui.rehab.plan_acts import PlanActs
from ui.rehab.plan_form_screen import PlanFormScreen, fresh_key
from ui.style import Tone


class PlanFormView(PlanFormScreen):
    """`{"resident": rid}` writes a new plan, `{"plan": rid}` shows one that stands; `act`: what is to be done with it
    (close, sign). `back`: where Esc leads."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"rehab_plan", "rehab_goal", "rehab_item", "rehab_evaluation", "assessment", "diagnosis"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._asked: Mapping[str, Any] = {}
        self.errands.fields = self
        self.acts = PlanActs(self)
        self.pieces.lay_out(self)
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """Coming back to a plan that is written finds it as it was left."""
        same = params.get("plan") is None and params.get("resident") == self.resident and not self.standing
        self._asked = params
        if not (same and self.start is not None and self.dirty and "evaluation" not in params):
            self.load()

    @latest
    async def load(self) -> None:
        """Ask what it is written from and for a draft, then show the form."""
        await self.draft.flush()
        self.pieces.save.setEnabled(False)
        self.start = None
        with self.pieces.state.asking(self.load):
            rid, plan = self._asked.get("resident"), self._asked.get("plan")
            if rid is None and plan is None:
                self.pieces.state.empty("没有选中老人", "在“康复”里选一位老人，再制定计划。")
                return
            start = await self.errands.ask(StartPlan(rid, plan))
            resident = start.standing.resident if start.standing is not None else rid
            chart = await self.errands.ask(Chart(resident))
            kept = await self.draft.find(resident) if start.standing is None and not start.open else None
            self.pieces.said.clear()
            self.pieces.discard.hide()
            self.pieces.kept.setText("")
            self.begin(start, chart)
            if self._over(start.open):
                return
            if kept is not None:
                self._put_back(kept.content, self.draft.when(kept))
            self.pieces.state.content()
            self.pieces.save.setEnabled(self.bench.actor.may(Right.PLAN_REHAB))
            self._first()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Signed, changed elsewhere, evaluated: what the form shows of it; what is typed stays."""
        if self.start is None or self.chart is None:
            return
        standing = self.start.standing
        rid = standing.seen.rid if standing is not None else None
        start = await self.errands.ask(StartPlan(self.resident, rid))
        if self.start is None:
            return
        if not self.dirty and (standing is not None or not self.goals):
            self.begin(start, self.chart)
            self._over(start.open)
            return
        self._take_in(start)

    async def leave(self) -> None:
        if not self.standing:
            await self.draft.flush()

    # writing ------------------------------------------------------------------------------------------------------

    @errand
    async def send(self) -> None:
        """Ctrl+S: the plan is drawn up, or what was changed of it is kept."""
        if self.start is None or self.resident is None or not self._check():
            return
        if self.standing:
            self.acts.change()
            return
        plan = self.read()
        order = DrawUpPlan(
            self.resident,
            plan.form(),
            tuple(one.form(plan.goals) for one in plan.goals),
            tuple(one.form(plan.goals) for one in plan.items),
        )
        drawn = await self.errands.do(order, busy=self.pieces.save)
        await self.draft.drop()
        self.bench.notice.done(f"康复计划 {drawn.number} 已开立，等待签名和同意。")
        self._asked = {"plan": drawn.plan.rid, "act": "sign"}
        self.load()

    def show_refusal(self, field: str, text: str) -> bool:
        """Beside its field, scrolled into sight."""
        lists = {"goals": self.pieces.goals, "items": self.pieces.items, "problems": self.pieces.problems}
        if field in lists:
            lists[field].say_wrong(text)
            part = self.pieces.new_goal if field == "goals" else lists[field].focus_part()
            (self.pieces.find if field == "items" else part).setFocus()
            self.into_sight()
            return True
        for form in (self.pieces.head, self.pieces.limits):
            if form.show_refusal(field, text):
                self.into_sight()
                return True
        return False

    def new_goal(self) -> None:
        """Ctrl+G: one more goal, a short one once there is a long one."""
        long = any(one.term == LONG for one in self.goals)
        known = {one.key: one for one in self.goals}
        serves = next((one.key for one in self.goals if one.term == LONG), "")
        self._open_goal(
            GoalDraft(fresh_key(known, "g"), SHORT if long else LONG, serves=serves if long else "")
        )

    def open_goal(self, key: str) -> None:
        self._open_goal(next(one for one in self.goals if one.key == key))

    def add_line(self, code: str) -> None:
        """One more item with its usual values; in a plan that stands its sheet asks first."""
        if self.start is None or code not in items():
            return
        ground = self.start.ground
        key = fresh_key({one.key: one for one in self.items}, "i")
        goal = next((one.key for one in self.goals if one.term == SHORT), "")
        line = replace(line_of(items()[code], ground.staff, ground.lead, key), goal=goal)
        if self.standing:
            self._open_item(line)
            return
        self.items = (*self.items, line)
        self.show_items()
        self.edited()
        self.pieces.find.setFocus()

    def open_item(self, key: str) -> None:
        self._open_item(next(one for one in self.items if one.key == key))

    def remove_goal(self, key: str) -> None:
        goal = next(one for one in self.goals if one.key == key)
        if goal.seen is not None:
            self._ask_why(
                f"放弃目标：{goal.action}",
                "放弃",
                lambda why: self._do(DropGoal(goal.seen, why), "目标已放弃，记录保留。"),
            )
            return
        self.goals = tuple(one for one in self.goals if one.key != key)
        self.show_goals()
        self.edited()

    def remove_item(self, key: str) -> None:
        line = next(one for one in self.items if one.key == key)
        if line.seen is not None:
            end = self._today()
            self._ask_why(
                f"停止项目：{line.words}",
                "停止",
                lambda why: self._do(EndItem(line.seen, end, why), f"{line.words} 做完今天停止。"),
            )
            return
        self.items = tuple(one for one in self.items if one.key != key)
        self.show_items()
        self.edited()

    # inside -------------------------------------------------------------------------------------------------------

    def _open_goal(self, goal: GoalDraft) -> None:
        if self.start is None:
            return
        read = self.read()
        ground = GoalGround(
            read.problems, read.long_goals, self.start.ground.results, self._begins(), self._today()
        )
        sheet = GoalSheet(self, goal, ground, changing=goal.seen is not None)
        sheet.said.connect(lambda said, reason: self._goal_said(sheet, said, reason))
        sheet.open()

    def _goal_said(self, sheet: GoalSheet, goal: GoalDraft, reason: str) -> None:
        if self.standing and self.start is not None and self.start.standing is not None:
            stands = {one.key: one.seen.rid for one in self.goals if one.seen is not None}
            form = goal.form((), stands)
            order: Order[Any] = (
                ChangeGoal(goal.seen, form, reason)
                if goal.seen is not None
                else AddGoal(self.start.standing.seen.rid, form)
            )
            self._keep(sheet, order, "目标已保存。")
            return
        others = [one for one in self.goals if one.key != goal.key]
        place = next((place for place, one in enumerate(self.goals) if one.key == goal.key), len(others))
        self.goals = (*others[:place], goal, *others[place:])
        sheet.accept()
        self.show_goals(goal.key)
        self.edited()

    def _open_item(self, line: ItemDraft) -> None:
        if self.start is None:
            return
        ground = ItemGround(
            self.start.ground.staff, self.goals, self.base.contraindications, self._conditions
        )
        sheet = ItemSheet(self, line, ground, changing=line.seen is not None)
        sheet.said.connect(lambda said, reason: self._item_said(sheet, said, reason))
        sheet.open()

    def _item_said(self, sheet: ItemSheet, line: ItemDraft, reason: str) -> None:
        if self.standing and self.start is not None and self.start.standing is not None:
            stands = {one.key: one.seen.rid for one in self.goals if one.seen is not None}
            form = line.form((), stands)
            order: Order[Any] = (
                ChangeItem(line.seen, form, reason)
                if line.seen is not None
                else AddItem(self.start.standing.seen.rid, form)
            )
            self._keep(sheet, order, f"{line.words} 已保存。")
            return
        self.items = tuple(line if one.key == line.key else one for one in self.items)
        sheet.accept()
        self.show_items(line.key)
        self.edited()

    def _keep(self, sheet: GoalSheet | ItemSheet, order: Order[Any], done: str) -> None:
        self.errands.start("keep entry", lambda: self._kept(sheet, order, done))

    async def _kept(self, sheet: GoalSheet | ItemSheet, order: Order[Any], done: str) -> None:
        try:
            await self.errands.do(order, busy=sheet.main)
        except (Refusal, Trouble) as error:
            sheet.tell(error)
            return
        sheet.accept()
        self.bench.notice.done(done)

    def _ask_why(self, title: str, act: str, then: Any) -> None:
        sheet = WhySheet(self, title, "记录保留，可以查看。", act)
        sheet.said.connect(then)
        sheet.open()

    def _do(self, order: Order[Any], done: str) -> None:
        self.errands.start("act on entry", lambda: self._done(order, done))

    async def _done(self, order: Order[Any], done: str) -> None:
        await self.errands.do(order)
        self.bench.notice.done(done)

    def _check(self) -> bool:
        """Head, goals and programme as far as the form can say itself."""
        if not self.pieces.head.check():
            self.into_sight()
            return False
        begins = self._begins()
        faulty = next((one for one in self.goals if any(fault.must for fault in one.faults(begins))), None)
        if not self.standing and faulty is not None:
            self.show_refusal("goals", "有目标还没有写完整：按 Enter 打开补上。")
            self.pieces.goals.rows[faulty.key].setFocus()
            self.into_sight()
            return False
        return True

    def _over(self, number: str) -> bool:
        """A plan that is over, or another one that is not: nothing can be written here."""
        standing = self.start.standing if self.start is not None else None
        if number:
            self.pieces.state.empty(
                f"已有康复计划 {number}",
                "一位老人同时只有一份计划：请修改那一份，或先结案。",
                ("去看那份计划", self._go_back),
            )
        elif standing is not None and standing.status in ("closed", "cancelled"):
            done = "结案" if standing.status == "closed" else "取消"
            self.pieces.strip.hide()
            self.pieces.state.empty(
                f"计划 {standing.number} 已{done}", "内容可以在“康复”里查看。", ("去看计划", self._go_back)
            )
        else:
            return False
        self.pieces.more.hide()
        self.pieces.save.setEnabled(False)
        return True

    def _first(self) -> None:
        """Where the cursor stands, and what is to be done first."""
        act, self._asked = self._asked.get("act"), {**self._asked, "act": None}
        strip = self.pieces.strip
        if act == "close":
            self.acts.close()
        elif self.standing and strip.next:
            strip.steps[strip.next].button.setFocus()
        elif not self.standing:
            self.pieces.head.focus_on("template" if not self._template else "words")
            if self._template and not self.pieces.discard.isVisible():
                self.pieces.said.say("已按诊断套用模板，请核对目标和项目；不合适就换一个。", Tone.INFO)
        else:
            self.pieces.goals.focus_part().setFocus()

    def _put_back(self, kept: Mapping[str, Any], when: str) -> None:
        self.show_draft(PlanDraft.of(kept))
        if self.start is not None and "evaluation" in self._asked:
            self._take_in(self.start)
        self.pieces.said.say(f"已放回 {when} 没有开立的内容，核对后再开立。", Tone.INFO)
        self.pieces.discard.show()

    def _take_in(self, start: Any) -> None:
        """A plan that is being written goes on: the evaluation and the signatures are the newest."""
        before = self.start.standing if self.start is not None else None
        now = start.standing
        if (
            before is not None
            and now is not None
            and replace(before.draft, goals=(), items=()) != replace(now.draft, goals=(), items=())
        ):
            self.bench.notice.say("这份计划刚被改过，保存前请核对。", Tone.WARN)
            start = replace(start, standing=replace(now, seen=before.seen))
        self.start = start
        if now is not None:
            self.goals, self.items = now.draft.goals, now.draft.items
        elif start.ground.said is not None:
            said = start.ground.said
            self.base = replace(
                self.base, evaluation=start.ground.evaluation, contraindications=dict(said.contraindications)
            )
        if self.chart is not None:
            self._say(start, self.chart)
        self.show_held()
        self.show_goals()
        self.show_items()

    def _template_left(self) -> None:
        code = str(self.pieces.head.values()["template"])
        if code != self._template:
            QTimer.singleShot(0, self, lambda: self._retemplate(code))

    def _retemplate(self, code: str) -> None:
        """Another template: at once where nothing was written by hand, else after asking."""
        if self.standing:
            self._template = code
            return
        if (not self.goals and not self.items) or self.read().kept() | {"template": ""} == self._shown | {
            "template": ""
        }:
            self._apply(code)
            return
        sheet = ask_first(self, "换模板", "已写的目标、项目和其他内容会换成新模板的。", "换模板")
        sheet.done_with.connect(lambda: self._apply(code))
        sheet.rejected.connect(lambda: self.pieces.head.set_values({"template": self._template}))

    def _apply(self, code: str) -> None:
        self.choose_template(code)
        self._shown = self.read().kept()
        self.pieces.head.focus_on("words")

    def into_sight(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            self.pieces.scroll.ensureWidgetVisible(focused, 0, 80)

    # leaving ------------------------------------------------------------------------------------------------------

    def ask_leave(self) -> None:
        """Esc: go back, after asking if something is typed."""
        if not self.dirty:
            self._go_back()
            return
        if self.standing:
            sheet = ask_first(
                self, "更改还没有保存", "离开会丢掉这里没有保存的更改。", "不保存，离开", grave=True
            )
            sheet.done_with.connect(self._go_back)
            return
        leave = LeaveSheet(self, "计划还没有开立")
        leave.kept.connect(self._leave_draft)
        leave.thrown.connect(self._leave_nothing)
        leave.open()

    @errand
    async def _leave_draft(self) -> None:
        await self.leave()
        self._go_back()
        self.bench.notice.done("已留作草稿，下次打开接着写。")

    @errand
    async def _leave_nothing(self) -> None:
        await self.draft.drop()
        self._go_back()

    @errand
    async def throw_away(self) -> None:
        """The draft is not wanted."""
        await self.draft.drop()
        self.load()

    def _go_back(self) -> None:
        resident = self.resident
        self.start = None
        self.bench.go(*self._asked.get("back", ("rehab", {"resident": resident})))

    @errand
    async def evaluate(self) -> None:
        """先做初期评定."""
        await self.leave()
        self.bench.go(
            "rehab-evaluation",
            {"resident": self.resident, "back": ("rehab-plan", {"resident": self.resident})},
        )

    def _signed(self, words: str) -> None:
        self.bench.notice.done(words)
        self.load()

    def _connect(self) -> None:
        pieces = self.pieces
        for signal in (
            pieces.problems.changed, pieces.precautions.changed, pieces.exercises.changed, pieces.aids.changed,
            pieces.education.changed, pieces.team.changed, pieces.measures.changed,
        ):  # fmt: skip
            signal.connect(self.edited)
        pieces.goals.opened.connect(self.open_goal)
        pieces.goals.removed.connect(self.remove_goal)
        pieces.items.opened.connect(self.open_item)
        pieces.items.removed.connect(self.remove_item)
        pieces.new_goal.clicked.connect(self.new_goal)
        pieces.find.taken.connect(self._found)
        pieces.evaluate.clicked.connect(self.evaluate)
        pieces.save.clicked.connect(self.send)
        pieces.cancel.clicked.connect(self.ask_leave)
        pieces.discard.clicked.connect(self.throw_away)
        pieces.strip.changed.connect(self._signed)
        pieces.more.asked.connect(self.acts.fill)
        self.draft.kept.connect(pieces.kept.setText)
        self.draft.failed.connect(lambda words: pieces.kept.say(f"草稿没存上：{words}", "danger"))
        bind(
            self,
            Key("Ctrl+S Ctrl+Return", "开立计划、保存更改", self.send),
            Key("Ctrl+G", "新目标", self.new_goal),
            Key("Ctrl+I", "加治疗项目", self._to_find),
            Key("Ctrl+D", "签名：下一项", self._sign_next),
            Key("Return", "打开目标、项目"),
            Key("Delete", "去掉目标、项目"),
            Key("Esc", "返回", self.ask_leave),
        )

    def _found(self, code: str) -> None:
        self.pieces.find.clear()
        self.add_line(code)

    def _to_find(self) -> None:
        self.pieces.find.setFocus()
        self.into_sight()

    def _sign_next(self) -> None:
        if self.standing and self.pieces.strip.next:
            self.pieces.strip.ask(self.pieces.strip.next)
