"""制定康复计划: from a template to a plan that is drawn up, then signed, changed, paused, reviewed and closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from app.core.changes import Changes
from app.core.roles import Right
from app.rehab.planning import (
    DrawUpPlan,
)
from app.rehab.queries.drawing import StartPlan
from app.residents.queries import Chart
from ui.kit import Key, bind, errand, latest
from ui.kit.view import Bench
from ui.rehab.plan_acts import PlanActs
from ui.rehab.plan_entries import PlanEntries
from ui.rehab.plan_form_work import PlanFormWork
from ui.style import Tone


class PlanFormView(PlanFormWork):
    """`{"resident": rid}` writes a new plan, `{"plan": rid}` shows one that stands; `act`: what is to be done with it
    (close, sign). `back`: where Esc leads."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"rehab_plan", "rehab_goal", "rehab_item", "rehab_evaluation", "assessment", "diagnosis"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.errands.fields = self
        self.acts, self.entries = PlanActs(self), PlanEntries(self)
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
            self.pieces.show_heads(shown=rid is not None or plan is not None)
            if rid is None and plan is None:
                self.pieces.state.empty("没有选中老人", "在“康复”里选一位老人，再制定计划。")
                return
            start = await self.errands.ask(StartPlan(rid, plan))
            resident: UUID = (
                start.standing.resident if start.standing is not None else self._asked["resident"]
            )
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
            self.pieces.scroll.verticalScrollBar().setValue(0)
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
        back = {"back": self._asked["back"]} if "back" in self._asked else {}
        self._asked = {"plan": drawn.plan.rid, "act": "sign", **back}
        self.load()

    def show_refusal(self, field: str, text: str) -> bool:
        """Beside its field, scrolled into sight."""
        lists: dict[str, Any] = {
            "goals": self.pieces.goals,
            "items": self.pieces.items,
            "problems": self.pieces.problems,
        }
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

    def add_line(self, code: str) -> None:
        self.entries.add_line(code)

    # inside -------------------------------------------------------------------------------------------------------

    def _check(self) -> bool:
        """Head, goals and programme as far as the form can say itself."""
        if not self.pieces.head.check():
            self.into_sight()
            return False
        begins = self.begins()
        faulty = next((one for one in self.goals if any(fault.must for fault in one.faults(begins))), None)
        if not self.standing and faulty is not None:
            self.show_refusal("goals", "有目标还没有写完整：按 Enter 打开补上。")
            self.pieces.goals.rows[faulty.key].setFocus()
            self.into_sight()
            return False
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

    @errand
    async def evaluate(self) -> None:
        """先做初期评定."""
        await self.leave()
        self.bench.go(
            "rehab-evaluation",
            {"resident": self.resident, "back": ("rehab-plan", {"resident": self.resident})},
        )

    def _signed(self, words: str) -> None:
        """What is typed and not kept stays; the signatures come in beside it."""
        self.bench.notice.done(words)
        if self.dirty:
            self.refresh()
        else:
            self.load()

    def _connect(self) -> None:
        pieces = self.pieces
        for signal in (
            pieces.problems.changed, pieces.precautions.changed, pieces.exercises.changed, pieces.aids.changed,
            pieces.education.changed, pieces.team.changed, pieces.measures.changed,
        ):  # fmt: skip
            signal.connect(self.edited)
        pieces.goals.opened.connect(self.entries.open_goal)
        pieces.goals.removed.connect(self.entries.remove_goal)
        pieces.items.opened.connect(self.entries.open_item)
        pieces.items.removed.connect(self.entries.remove_item)
        pieces.new_goal.clicked.connect(self.entries.new_goal)
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
            Key("Ctrl+G", "新目标", self.entries.new_goal),
            Key("Ctrl+I", "加治疗项目", self._to_find),
            Key("Ctrl+D", "签名：下一项", self._sign_next),
            Key("Ctrl+M", "暂停、复评、结案、取消", self._menu),
            Key("Return", "打开目标、项目"),
            Key("Delete", "去掉目标、项目"),
            Key("Esc", "返回", self.ask_leave),
        )

    def _found(self, code: str) -> None:
        self.pieces.find.clear()
        self.entries.add_line(code)

    def _to_find(self) -> None:
        self.pieces.find.setFocus()
        self.into_sight()

    def _menu(self) -> None:
        if self.standing and self.pieces.more.isVisible():
            self.pieces.more.show_menu()

    def _sign_next(self) -> None:
        if self.standing and self.pieces.strip.next:
            self.pieces.strip.ask(self.pieces.strip.next)
