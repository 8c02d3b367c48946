"""What is done with a plan that stands: changed, paused, taken up again, evaluated, closed, cancelled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.care.lists import OWN, task_kinds
from app.core.errors import Refusal, Trouble
from app.core.roles import Right
from app.rehab.around import InTwoPlaces
from app.rehab.planning import CancelPlan, ChangePlan, ClosePlan, Ending, PausePlan, ResumePlan
from app.rehab.queries.drawing import Standing
from ui.kit import ask_first
from ui.kit.why_sheet import WhySheet
from ui.rehab.accepting import ask_whether
from ui.rehab.plan_sheets import CloseSheet, FinalFirst, PauseSheet, ReasonSheet

if TYPE_CHECKING:
    from ui.rehab.plan_form_view import PlanFormView

_GRAVE = ("words", "begins", "ends", "limits", "conditions", "contraindications")
_USUAL = ("turning", "fall_check", "position")
"""Care tasks that are offered at the end beside those of the plan's precautions, where the list has them."""


class PlanActs(QObject):
    """Each act opens its sheet; a refusal leaves the sheet as it is."""

    def __init__(self, view: PlanFormView) -> None:
        super().__init__(view)
        self.view = view

    @property
    def standing(self) -> Standing | None:
        return self.view.start.standing if self.view.start is not None else None

    @property
    def about(self) -> str:
        standing, chart = self.standing, self.view.chart
        if standing is None or chart is None:
            return ""
        return f"{chart.name}　{chart.bed}　计划 {standing.number} {standing.draft.words}"

    def fill(self, menu: QMenu) -> None:
        """The menu of a plan that stands."""
        standing = self.standing
        if standing is None:
            return
        may = self.view.bench.actor.may(Right.PLAN_REHAB)
        running = standing.status == "running"
        for words, act, fits in (
            ("开始复评（中期评定）", lambda: self.evaluate("middle"), running),
            ("继续执行", self.resume, bool(standing.paused)),
            ("暂停…", self.pause, running and not standing.paused),
            ("末期评定…", lambda: self.evaluate("final"), running and not standing.evaluated_finally),
            ("结案…", self.close, running),
            ("更正最近的评定…", self.mend, self._last is not None),
            ("取消计划…", self.cancel, True),
        ):
            if fits:
                action = QAction(words, menu)
                action.setEnabled(may)
                action.triggered.connect(act)
                menu.addAction(action)

    def change(self) -> None:
        """What was changed in the form is kept, with a reason."""
        standing = self.standing
        if standing is None:
            return
        read, before = self.view.read(), standing.draft
        anew = standing.status == "running" and any(
            getattr(read, key) != getattr(before, key) for key in _GRAVE
        )
        sheet = ReasonSheet(self.view, anew=anew)
        sheet.said.connect(
            lambda reason: self._start(sheet, ChangePlan(standing.seen, read.form(), reason), "更改已保存。")
        )
        sheet.open()

    def evaluate(self, stage: str) -> None:
        """The middle or the final evaluation; it leads back here."""
        standing = self.standing
        if standing is not None:
            back = ("rehab-plan", {"plan": standing.seen.rid})
            self.view.bench.go(
                "rehab-evaluation", {"resident": standing.resident, "stage": stage, "back": back}
            )

    @property
    def _last(self) -> UUID | None:
        start = self.view.start
        return start.evaluation.seen.rid if start is not None and start.evaluation is not None else None

    def mend(self) -> None:
        """The last evaluation is put right, or taken back."""
        standing = self.standing
        if standing is not None and self._last is not None:
            back = ("rehab-plan", {"plan": standing.seen.rid})
            self.view.bench.go("rehab-evaluation", {"evaluation": self._last, "back": back})

    def pause(self) -> None:
        standing = self.standing
        if standing is None:
            return
        sheet = PauseSheet(self.view, self.about, self.view.today())
        sheet.said.connect(
            lambda since, why: self._start(sheet, PausePlan(standing.seen, since, why), "计划已暂停。")
        )
        sheet.open()

    def resume(self) -> None:
        standing = self.standing
        if standing is None:
            return
        sheet = ask_first(
            self.view, "继续执行康复计划", f"{self.about}\n从今天起按原来的时间训练。", "继续执行"
        )
        sheet.done_with.connect(lambda: self._start(None, ResumePlan(standing.seen), "计划继续执行。"))

    def cancel(self) -> None:
        standing = self.standing
        if standing is None:
            return
        sheet = WhySheet(
            self.view,
            "取消康复计划",
            f"{self.about}\n还没有训练过的计划可以取消；训练过的请结案。",
            "取消计划",
        )
        sheet.said.connect(lambda why: self._start(None, CancelPlan(standing.seen, why), "计划已取消。"))
        sheet.open()

    def close(self) -> None:
        """结案: outcome, summary, what goes on, what nursing takes over."""
        standing = self.standing
        if standing is None:
            return
        if not standing.evaluated_finally:
            sheet = FinalFirst(self.view, self.about)
            sheet.done_with.connect(lambda: self.evaluate("final"))
            sheet.straight.clicked.connect(self._close)
            sheet.open()
            return
        self._close()

    def _close(self) -> None:
        standing = self.standing
        if standing is None or self.view.start is None:
            return
        rest = standing.draft.rest
        codes = [code for _, _, code in rest.precautions if code]
        known = {code for code in task_kinds() if code != OWN}
        tasks = [code for code in (*codes, *_USUAL) if code in known]
        sheet = CloseSheet(self.view, self.about, rest.exercises, tasks, self.view.start.ground.today)
        sheet.said.connect(lambda ending: self._end(sheet, standing, ending))
        sheet.open()

    def _end(self, sheet: CloseSheet, standing: Standing, ending: Ending) -> None:
        self._start(sheet, ClosePlan(standing.seen, ending), "已结案。")

    def _start(self, sheet: Any, order: Any, done: str) -> None:
        self.view.errands.start("act on plan", lambda: self._do(sheet, order, done))

    async def _do(self, sheet: Any, order: Any, done: str) -> None:
        try:
            await self.view.errands.do(order, busy=getattr(sheet, "main", None))
        except InTwoPlaces as found:
            ask_whether(self.view, found, lambda names: self._start(sheet, _accepting(order, names), done))
            return
        except (Refusal, Trouble) as error:
            self._tell(sheet, error)
            return
        if sheet is not None:
            sheet.accept()
        self.view.bench.notice.done(done)
        if isinstance(order, ClosePlan | CancelPlan):
            self.view.bench.go("rehab", {"resident": self.view.resident})
        elif self.view.dirty and not isinstance(order, ChangePlan):
            self.view.refresh()  # what is typed and not kept stays
        else:
            self.view.load()

    def _tell(self, sheet: Any, error: Refusal | Trouble) -> None:
        """Where the sheet has the field there, else beside the form's own."""
        if isinstance(sheet, CloseSheet):
            sheet.tell(error)
        elif isinstance(sheet, ReasonSheet):
            if not sheet.tell(error):
                sheet.accept()
                self.view.errands.tell(error)
        elif isinstance(sheet, PauseSheet) and isinstance(error, Refusal) and error.field:
            sheet.form.show_refusal(error.field, error.text)
        else:
            self.view.errands.tell(error)


def _accepting(order: Any, names: tuple[str, ...]) -> Any:
    """The same act, in spite of these conflicts too."""
    return replace(order, accept=(*order.accept, *names))
