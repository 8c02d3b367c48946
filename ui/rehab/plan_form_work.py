"""The form of a plan between opening and saving: another template, what is new elsewhere, drafts, leaving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer

from app.rehab.drafted import PlanDraft
from app.rehab.queries.drawing import PlanStart
from ui.kit import ask_first, errand, latest
from ui.kit.view import Bench
from ui.rehab.leave_sheet import LeaveSheet
from ui.rehab.plan_form_screen import PlanFormScreen
from ui.style import Tone


class PlanFormWork(PlanFormScreen):
    """`load` opens what was asked for; `PlanFormView` has it drawn up and signed."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._asked: Mapping[str, Any] = {}

    @latest
    async def load(self) -> None:
        """Open what was asked for; the view knows how."""

    async def leave(self) -> None:
        if not self.standing:
            await self.draft.flush()

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

    def _put_back(self, kept: Mapping[str, Any], when: str) -> None:
        self.show_draft(PlanDraft.of(kept))
        if self.start is not None and "evaluation" in self._asked:
            self._take_in(self.start)
        self.pieces.said.say(f"已放回 {when} 没有开立的内容，核对后再开立。", Tone.INFO)
        self.pieces.discard.show()

    def _take_in(self, start: PlanStart) -> None:
        """A plan that is being written goes on: the evaluation and the signatures are the newest.

        One that somebody else changed meanwhile keeps the revision it was read in, however often it is asked again:
        saving it is refused then.
        """
        before = self.start.standing if self.start is not None else None
        now = start.standing
        if (
            before is not None
            and now is not None
            and replace(before.draft, goals=(), items=()) != replace(now.draft, goals=(), items=())
        ):
            self.bench.notice.say("这份计划刚被改过，保存前请核对。", Tone.WARN)
            stale = replace(before.draft, goals=now.draft.goals, items=now.draft.items)
            start = replace(start, standing=replace(now, seen=before.seen, draft=stale))
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
