"""康复评定: first, middle and final, filled in, put right; what is typed outlives a refusal, a lock and a crash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from app.assessments.content import occasions
from app.assessments.instrument_queries import InstrumentCalled
from app.core.changes import Changes
from app.core.errors import Refusal
from app.core.orders import Order
from app.rehab.around import InTwoPlaces
from app.rehab.form.evaluation import read_next, read_reason
from app.rehab.planning.evaluating import CorrectEvaluation, Evaluate, RetractEvaluation
from app.rehab.queries.evaluation import EvaluationCalled, EvaluationRow, StartEvaluation
from app.rehab.rules.evaluation import FINAL, FIRST, STAGES
from app.residents.queries import Chart
from app.residents.stating import Seen
from ui.kit import Key, bind, errand, latest
from ui.kit.view import Bench
from ui.kit.why_sheet import WhySheet
from ui.rehab import evaluation_filling as filling
from ui.rehab.accepting import ask_whether
from ui.rehab.evaluation_leaving import EvaluationLeaving

OCCASION = "其他：康复评定"
"""Why an instrument is filled in from here, where it takes other reasons than those it names."""


class EvaluationView(EvaluationLeaving):
    """`{"resident": rid}`, with `stage` and `cause` where they are known; `{"evaluation": rid}` puts one right.

    `back`: where Esc leads. A first one that is saved leads on to the plan.
    """

    kinds: ClassVar[frozenset[str]] = frozenset({"assessment", "vital", "rehab_plan"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.errands.fields = self
        self.pieces.lay_out(self)
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """Coming back, from an assessment say, finds the form as it was left."""
        same = params.get("resident") == self.resident and "evaluation" not in params
        if params.get("again") and same and self.start is not None:
            self.refresh()
            return
        self._asked = params
        self.load()

    @latest
    async def load(self) -> None:
        """Ask what it begins with and for a draft, then show the form."""
        await self.draft.flush()
        self.pieces.save.setEnabled(False)
        self.start = None
        with self.pieces.state.asking(self.load):
            mending = await self._called()
            resident = mending.resident if mending is not None else self._asked.get("resident")
            if resident is None:
                self.pieces.person.hide()
                self.pieces.state.empty("没有选中老人", "在“康复”里选一位老人，再开始评定。")
                return
            self.resident, self.mending = resident, mending
            self.pieces.person.show()
            self.draft.subject = None  # until it is found: nobody else's is touched
            chart = await self.errands.ask(Chart(resident))
            start = await self.errands.ask(StartEvaluation(resident, tuple(self._asked.get("measures", ()))))
            kept = await self.draft.find(resident) if mending is None else None
            self.chart, self.start = chart, start
            self._begin(start, chart)
            if kept is not None:
                await self._put_back(kept.content, self.draft.when(kept))
            self.pieces.state.content()
            self.pieces.save.setEnabled(True)
            self._compare()
            self.pieces.head.focus_on("phase" if self.stage == FIRST else "cause")

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """An assessment was made, vitals were taken: what the form takes of them."""
        if self.start is None or self.resident is None:
            return
        self.start = await self.errands.ask(StartEvaluation(self.resident))
        await self._ask_measures()

    # acts ---------------------------------------------------------------------------------------------------------

    @errand
    async def send(self) -> None:
        """Ctrl+S: what is missing is said beside its field, else it is kept."""
        if self.start is None or self.resident is None or not self._check():
            return
        await self._send(())

    async def _send(self, accept: tuple[str, ...]) -> None:
        """A longer period may put somebody in two places: then it is asked about."""
        mending, stage, order = self.mending, self.stage, self._order()
        if accept and isinstance(order, Evaluate):
            order = replace(order, accept=accept)
        try:
            seen = await self.errands.do(order, busy=self.pieces.save)
        except InTwoPlaces as found:
            ask_whether(
                self,
                found,
                lambda names: self.errands.start("in spite", partial(self._send, (*accept, *names))),
            )
            return
        if mending is None:
            await self.draft.drop()
        self._leave_for(mending, stage, seen)

    def _order(self) -> Order[Seen]:
        said = filling.read(self.pieces)
        if self.mending is not None:
            return CorrectEvaluation(self.mending.seen, said, read_reason(self.pieces.reason.values()))
        if self.start is None or self.resident is None:
            raise Refusal("没有选中老人。")
        plan = self.start.plan.seen if self.start.plan is not None else None
        measured = tuple(code for code, value in said.vitals.items() if self._prefilled.get(code) != value)
        return Evaluate(self.resident, said, plan, read_next(self.pieces.end.values()), measured)

    def _leave_for(self, mending: EvaluationRow | None, stage: str, seen: Seen) -> None:
        name = self.chart.name if self.chart is not None else ""
        resident, plan = self.resident, self.start.plan if self.start is not None else None
        self.start = None
        if mending is not None:
            self.bench.go(*self._back(resident))
            self.bench.notice.done("评定已更正，原来的内容保留。")
        elif stage == FIRST and plan is None:
            self.bench.go("rehab-plan", {"resident": resident, "evaluation": seen.rid})
            self.bench.notice.done(f"{name} 的初期评定已保存，接着制定计划。")
        elif stage == FINAL and plan is not None:
            self.bench.go("rehab-plan", {"plan": plan.seen.rid, "act": "close"})
            self.bench.notice.done(f"{name} 的末期评定已保存，接着结案。")
        else:
            self.bench.go(*self._back(resident))
            self.bench.notice.done(f"{name} 的{STAGES[stage]}已保存。")

    def show_refusal(self, field: str, text: str) -> bool:
        """Beside its field, scrolled into sight."""
        box = self._boxes().get(field)
        if box is not None:
            box.say_wrong(text)
            box.focus_part().setFocus()
            self._into_sight(box)
            return True
        for form in self.pieces.forms:
            if form.show_refusal(field, text):
                self._into_sight()
                return True
        return False

    @errand
    async def assess(self, code: str) -> None:
        """现在评: the form of the instrument; its result comes back here."""
        await self.leave()
        instrument = await self.errands.ask(InstrumentCalled(code))
        occasion = OCCASION if "其他" in occasions(instrument) else ""
        back = ("rehab-evaluation", {"resident": self.resident, "again": True})
        form = {"resident": self.resident, "instrument": code, "occasion": occasion}
        self.bench.go("assessment", {**form, "back": back})

    @errand
    async def throw_away(self) -> None:
        """The draft is not wanted."""
        await self.draft.drop()
        if self.start is not None and self.chart is not None:
            self._begin(self.start, self.chart)
            self._compare()
            self.pieces.head.focus_on("phase")

    def start_retracting(self) -> None:
        """It was entered in error."""
        if self.mending is None or self.chart is None:
            return
        row = self.mending
        words = f"{self.chart.name}　{row.said.evaluated_on} {row.words}\n撤销后不再算数，内容仍可查看。"
        sheet = WhySheet(self, "撤销这次评定", words, "撤销")
        sheet.said.connect(self.retract)
        sheet.open()

    @errand
    async def retract(self, why: str) -> None:
        if self.mending is None:
            return
        await self.errands.do(RetractEvaluation(self.mending.seen, why))
        self.start = None
        self.bench.go(*self._back(self.resident))
        self.bench.notice.done("评定已撤销，内容仍可查看。")

    # inside -------------------------------------------------------------------------------------------------------

    async def _called(self) -> EvaluationRow | None:
        rid = self._asked.get("evaluation")
        return (await self.errands.ask(EvaluationCalled(rid))).row if rid is not None else None

    def _check(self) -> bool:
        """Everything the forms and boxes can say themselves; the first that is wrong gets the cursor."""
        forms = [
            one for one in self.pieces.forms if one is not self.pieces.reason or self.mending is not None
        ]
        good = True
        for form in reversed(forms):
            good = form.check() and good
        if wrong := self.pieces.motions.problem():
            good = not self.show_refusal("ranges", wrong)
        if not good:
            self._into_sight()
        return good

    def _boxes(self) -> dict[str, Any]:
        pieces = self.pieces
        return {
            "problems": pieces.problems,
            "contraindications": pieces.asked,
            "ranges": pieces.motions,
            "measures": pieces.measures,
        }

    def print_out(self) -> None:
        """Ctrl+P: the evaluation as it stands in the file, not what is typed."""
        if self.mending is not None:
            rid = self.mending.seen.rid
            back = ("rehab-evaluation", {"evaluation": rid, "back": self._back(self.resident)})
            what = {"sheet": "rehab-evaluation", "resident": self.resident, "record": rid}
            self.bench.go("preview", {**what, "back": back})

    def _connect(self) -> None:
        pieces = self.pieces
        for signal in (
            pieces.found.changed, pieces.vitals.changed, pieces.problems.changed, pieces.asked.changed,
            pieces.motions.changed, pieces.measures.changed,
        ):  # fmt: skip
            signal.connect(self._edited)
        pieces.found.submitted.connect(pieces.motions.focus_part().setFocus)
        pieces.vitals.submitted.connect(lambda: self.pieces.end.focus_on("summary"))
        pieces.measures.assess.connect(self.assess)
        pieces.measures.wanted.connect(self.add_measure)
        pieces.deny.clicked.connect(self.deny_rest)
        pieces.save.clicked.connect(self.send)
        pieces.print.allowed.connect(self.print_out)
        pieces.cancel.clicked.connect(self.ask_leave)
        pieces.discard.clicked.connect(self.throw_away)
        pieces.retract.clicked.connect(self.start_retracting)
        self.draft.kept.connect(pieces.kept.setText)
        self.draft.failed.connect(lambda words: pieces.kept.say(f"草稿没存上：{words}", "danger"))
        bind(
            self,
            Key("Ctrl+S Ctrl+Return", "保存评定", self.send),
            Key("Ctrl+P", "打印这次评定", pieces.print.ask),
            Key("Ctrl+G", "功能问题", self._to_problems),
            Key("Ctrl+U", "其余禁忌都无", self.deny_rest),
            Key("Ctrl+M", "量表", self._to_measures),
            Key("Ctrl+J", "关节活动度", self._to_motions),
            Key("1 0", "禁忌：有、无"),
            Key("Delete", "去掉这一项"),
            Key("Esc", "返回", self.ask_leave),
        )

    def deny_rest(self) -> None:
        """Ctrl+U: whatever was not answered is not so."""
        self.pieces.asked.deny_rest()

    def _to_problems(self) -> None:
        self._to(self.pieces.problems.line)

    def _to_measures(self) -> None:
        self._to(self.pieces.measures.focus_part())

    def _to_motions(self) -> None:
        self._to(self.pieces.motions.focus_part())

    def _to(self, widget: QWidget) -> None:
        widget.setFocus()
        self._into_sight()
