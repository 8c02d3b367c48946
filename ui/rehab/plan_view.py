"""康复计划: the plan of one resident, how far it has come, and what is trained today; and the proof of progress."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from app.core.changes import Changes
from app.core.clock import date_in
from app.core.roles import Right
from app.rehab.progress.curves import Curves
from app.rehab.progress.goals import GoalRow
from app.rehab.progress.sheet import Progress
from app.rehab.queries.drawing import StartPlan
from app.rehab.queries.evaluation import EvaluationsOf
from app.rehab.queries.people import InRehab, RehabPerson
from app.rehab.queries.plan import PlanSheet
from app.rehab.queries.plan_rows import PlanRow, PlanSheetRow, SessionRow
from app.residents.queries import Chart, ChartRow
from ui.kit import bind, errand, latest
from ui.kit.view import Bench, View
from ui.rehab.day_card import MOVE, STOP
from ui.rehab.goal_adding import open_goal_sheet
from ui.rehab.goal_rating import take_reading
from ui.rehab.people_sheet import PeopleSheet
from ui.rehab.plan_keys import plan_keys
from ui.rehab.plan_layout import PLAN, PROGRESS, PlanPieces
from ui.rehab.print_sheet import Printed, PrintSheet, printed_of
from ui.rehab.rate_sheet import RateSheet

KINDS = frozenset(
    {
        "rehab_plan", "rehab_goal", "goal_rating", "rehab_item", "rehab_booking", "rehab_session", "rehab_evaluation",
        "assessment", "vital", "resident", "stay", "absence", "allergy",
    }
)  # fmt: skip


class PlanView(View):
    """Opened with `{"resident": rid}`, `page` plan or progress; otherwise where it was, or at the first with work.

    `plan`, `wanted`: an earlier plan is looked at; without, the one that counts.
    """

    kinds: ClassVar[frozenset[str]] = KINDS

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "康复计划")
        self.resident: UUID | None = None
        self.wanted: UUID | None = None
        self.people: tuple[RehabPerson, ...] = ()
        self.chart: ChartRow | None = None
        self.sheet: PlanSheetRow | None = None
        self.pieces = PlanPieces(self)
        self._arriving = True
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """Another resident brings nothing of the one before along."""
        self.go_to(params.get("resident", self.resident), params.get("plan"))
        if (page := params.get("page")) in (PLAN, PROGRESS):
            self.pieces.pages.choose(page)
            self.pieces.turn()

    def go_to(self, resident: UUID | None, plan: UUID | None = None) -> None:
        if resident != self.resident:
            self.sheet = self.chart = None
        self.resident, self.wanted, self._arriving = resident, plan, True
        self.refresh()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """The people in rehab, then the resident with their plan, then what the page shows."""
        self.pieces.plan.keep_keys()
        with self.pieces.state.asking(self.refresh, self._forget):
            self.people = await self.errands.ask(InRehab())
            resident = self.resident or self._first()
            if resident is None:
                self._show_nobody()
                return
            chart = await self.errands.ask(Chart(resident))
            sheet = await self.errands.ask(PlanSheet(resident, self.wanted))
            if sheet.plan is None and sheet.plans:  # the one that was wanted is gone
                sheet = await self.errands.ask(PlanSheet(resident))
            await self._show(chart, sheet)

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8, F9: the goal or the session that has the keys, else the plan."""
        page = self.pieces.plan
        if (goal := page.goals.current) is not None:
            return ("rehab_goal", goal.seen.rid)
        session = page.day.chosen
        if (
            session is not None
            and session.rid is not None
            and any(line.hasFocus() for line in page.day.lines)
        ):
            return ("rehab_session", session.rid)
        return None if self.plan is None else ("rehab_plan", self.plan.seen.rid)

    @property
    def plan(self) -> PlanRow | None:
        return None if self.sheet is None else self.sheet.plan

    def turn_resident(self, way: int) -> None:
        """The next resident in rehab, or the one before."""
        rids = [one.resident for one in self.people]
        if not rids:
            return
        place = rids.index(self.resident) + way if self.resident in rids else 0
        if 0 <= place < len(rids):
            self.go_to(rids[place])
        else:
            self.bench.notice.say("已经是最后一位。" if way > 0 else "已经是第一位。", seconds=4)

    def turn_plan(self, way: int) -> None:
        """The plan before the one shown, or the one after it."""
        plan = None if self.sheet is None else self.sheet.beside(way)
        if plan is not None:
            self.go_to(self.resident, plan)
        elif self.plan is not None:
            self.bench.notice.say("没有更早的计划。" if way > 0 else "已经是最近的计划。", seconds=4)

    def pick_resident(self) -> None:
        sheet = PeopleSheet(self, self._today())
        sheet.picked.connect(lambda row: self.go_to(row.resident))
        sheet.open()

    def turn_page(self) -> None:
        """T: the plan, or the proof of progress."""
        self.pieces.pages.choose(PROGRESS if self.pieces.pages.key == PLAN else PLAN)
        self._turned()

    # acts ---------------------------------------------------------------------------------------------------------

    def rate(self, goal: GoalRow, step: int | None = None) -> None:
        """A sheet asks for the value; a plan that is over is rated no more."""
        if not self.bench.actor.may(Right.TRAIN):
            self.bench.notice.refused(f"您没有“{Right.TRAIN.value}”的权限，请找康复师。")
        elif self.plan is not None and self.plan.over:
            self.bench.notice.refused("计划已经结束，目标不再评定。")
        else:
            RateSheet(self, goal, step).open()

    def take_reading(self, goal: GoalRow) -> None:
        """Space: the newer reading of the goal's instrument is its rating."""
        self.errands.start(f"rate {goal.seen.rid}", partial(take_reading, self, goal))

    def new_plan(self) -> None:
        """Where there is none or it is over: the form of a plan for this resident, or first a resident."""
        if self.resident is None:
            self.pick_resident()
        else:
            back = ("rehab", {"resident": self.resident})
            self.bench.go("rehab-plan", {"resident": self.resident, "back": back})

    def review(self) -> None:
        if self.plan is not None:
            params = {"resident": self.resident, "stage": "middle", "cause": "review", "back": self._back()}
            self.bench.go("rehab-evaluation", params)

    def edit(self) -> None:
        """E: the form of the plan."""
        self._to_form({})

    def sign(self) -> None:
        """What is missing is signed on the form of the plan."""
        self._to_form({"act": "sign"})

    @errand
    async def add_goal(self) -> None:
        """N: one more goal, in the sheet that the form of a plan has, too."""
        if self.plan is not None:
            rid = self.plan.seen.rid
            open_goal_sheet(self, rid, await self.errands.ask(StartPlan(plan=rid)))

    @errand
    async def print_out(self) -> None:
        """P: asks which sheet, then shows it as it will leave the printer."""
        if self.plan is None or self.chart is None:
            return
        made = await self.errands.ask(EvaluationsOf(self.chart.rid))
        sheet = PrintSheet(self, self.chart.name, tuple(printed_of(self.plan, made, self._today())))
        sheet.chosen.connect(lambda one: self.preview(one))  # noqa: PLW0108  # the signal carries object
        sheet.open()

    def preview(self, one: Printed) -> None:
        what = {"sheet": one.sheet, "resident": self.resident, "back": self._back()}
        self.bench.go("preview", {**what, **one.asked})

    def on_session(self, what: str, row: SessionRow) -> None:
        """Recorded, stopped (or not held: the session's own view asks why), or put elsewhere on the week board."""
        if what == MOVE:
            self.bench.go("rehab-week", {"key": row.key, "resident": self.resident, "day": row.key[1]})
        else:
            more = {"act": "stop"} if what == STOP else {}
            self.bench.go("rehab-session", {"key": row.key, "back": self._back(), **more})

    # inside -------------------------------------------------------------------------------------------------------

    async def _show(self, chart: ChartRow, sheet: PlanSheetRow) -> None:
        arriving = self._arriving
        self.resident, self.chart, self.sheet = chart.rid, chart, sheet
        self.pieces.show_head(chart, sheet, self.people, self._today())
        plan = sheet.plan
        if plan is None:
            how = "先做一次初期评定，再按模板制定计划；医师开立、康复师确认、老人或家属同意后开始训练。"
            may = self.bench.actor.may(Right.PLAN_REHAB)
            self.pieces.state.empty("还没有康复计划", how, ("新建计划", self.new_plan) if may else None)
            return
        if self.pieces.pages.key == PROGRESS:
            self.pieces.progress.show_progress(
                await self.errands.ask(Progress(chart.rid, plan.seen.rid)), self._today()
            )
        else:
            self.pieces.show_plan(
                sheet, await self.errands.ask(Curves(chart.rid, plan.seen.rid)), self._today()
            )
        self.pieces.state.content()
        self._arriving = False
        if arriving:
            self.arrive()
        else:
            self.pieces.plan.give_keys_back()

    def arrive(self) -> None:
        """The keys to where work is: the next session, else the first goal."""
        page = self.pieces.plan
        if self.pieces.pages.key == PROGRESS or not (page.day.arrive() or page.goals.arrive()):
            self.setFocus()

    def _show_nobody(self) -> None:
        self.chart = self.sheet = None
        self.pieces.strip.setVisible(False)
        how = "给老人制定计划后，这里有目标、曲线和每天的训练。"
        may = self.bench.actor.may(Right.PLAN_REHAB)
        self.pieces.state.empty("还没有康复计划", how, ("新建计划", self.new_plan) if may else None)
        self.setFocus()

    def _first(self) -> UUID | None:
        """The first with a session still to be held today, else the first."""
        return next(
            (one.resident for one in self.people if one.open),
            self.people[0].resident if self.people else None,
        )

    def _forget(self) -> None:
        self.chart = self.sheet = None

    def _turned(self) -> None:
        self.pieces.turn()
        self.refresh()

    def step(self, way: int) -> None:
        """↑ and ↓: among goals or sessions, wherever the keys are."""
        page = self.pieces.plan
        if not (page.goals.step(way) or page.day.step(way)) and self.pieces.pages.key == PLAN:
            self.arrive()

    def _to_form(self, more: Mapping[str, str]) -> None:
        if self.plan is not None:
            self.bench.go("rehab-plan", {"plan": self.plan.seen.rid, "back": self._back(), **more})

    def _back(self) -> tuple[str, Mapping[str, Any]]:
        """This resident; an earlier plan, where one is looked at."""
        earlier = {} if self.wanted is None else {"plan": self.wanted}
        return ("rehab", {"resident": self.resident, **earlier})

    def _today(self) -> date:
        return date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())

    def _connect(self) -> None:
        pieces, page = self.pieces, self.pieces.plan
        page.goals.rated.connect(lambda goal, step: self.rate(goal, step))  # noqa: PLW0108  # the signal carries object
        page.goals.taken.connect(lambda goal: self.take_reading(goal))  # noqa: PLW0108  # the same
        page.goals.wanted.connect(self.add_goal)
        page.curves.opened.connect(
            lambda record: self.bench.go("assessment", {"assessment": record, "back": self._back()})
        )
        page.day.asked.connect(lambda what, row: self.on_session(what, row))  # noqa: PLW0108  # the same
        pieces.strip.review.allowed.connect(self.review)
        pieces.strip.edit.allowed.connect(self.edit)
        pieces.strip.sign.clicked.connect(self.sign)
        pieces.strip.print.allowed.connect(self.print_out)
        pieces.pages.group.buttonClicked.connect(self._turned)
        pieces.other.clicked.connect(self.pick_resident)
        pieces.before.clicked.connect(lambda: self.turn_resident(-1))
        pieces.after.clicked.connect(lambda: self.turn_resident(1))
        pieces.strip.earlier.clicked.connect(lambda: self.turn_plan(1))
        pieces.strip.later.clicked.connect(lambda: self.turn_plan(-1))
        pieces.strip.fresh.allowed.connect(self.new_plan)
        bind(self, *plan_keys(self))
