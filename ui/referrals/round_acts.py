"""What a key does on rounds: plan, ask, arrive, leave, sign, write orders, print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.core.clock import date_in, local
from app.incidents.queries import PeopleHere
from app.referrals.rounds import (
    BeginRound,
    OrdersWritten,
    PersonRow,
    ReopenLine,
    RoundById,
    RoundDoctors,
    RoundDue,
    RoundsDue,
    RoundWhole,
    TakeBackArrival,
    ToWrite,
)
from app.residents.rules.windows import When
from ui.forms.task_sheet import Again, Task, TaskSheet, read_again
from ui.kit import ask_first, errand
from ui.kit.errands import Errands
from ui.referrals import round_tasks as tasks
from ui.referrals.round_signing import RoundSigning

if TYPE_CHECKING:
    from ui.referrals.round_view import RoundsView

_AFTER = timedelta(days=14)
"""Offered as the next one where no agreement says how often."""


class RoundActs:
    """Works for one view; sheets give the keys back to it."""

    def __init__(self, view: RoundsView) -> None:
        self.view = view
        self.errands = Errands(view.bench.desk, view, notice=view.bench.notice)
        self.signing = RoundSigning(view, view.take_keys)
        self.sheet: TaskSheet | None = None

    @property
    def now(self) -> When:
        """This minute of the institution's day."""
        bench = self.view.bench
        here = local(bench.station.settings.zone, bench.desk.clock.now())
        return When(here.date(), here.hour * 60 + here.minute)

    @property
    def today(self) -> date:
        return date_in(self.view.bench.station.settings.zone, self.view.bench.desk.clock.now())

    # rounds -------------------------------------------------------------------------------------------------------

    @errand
    async def plan(self) -> None:
        """N: by the agreement that asks for one most urgently, else anew."""
        doctors = await self.errands.ask(RoundDoctors())
        dues = await self.errands.ask(RoundsDue())
        due: RoundDue | None = next((one for one in dues if one.due.planned is None), None)
        on = due.due.on if due is not None else self.today + timedelta(days=1)
        self._ask(tasks.plan_task(doctors, self.today, on, due.partner if due else None), self.view.pick)

    @errand
    async def change(self) -> None:
        """E."""
        whole = self._open_whole()
        if whole is not None:
            doctors = await self.errands.ask(RoundDoctors())
            zone, today = self.view.bench.station.settings.zone, self.today

            def make(now: RoundWhole) -> Task:
                return tasks.change_task(now.line, doctors, today, zone)

            again = read_again(self.errands, RoundById(whole.line.seen.rid), make)
            self._ask(make(whole), again=again)

    def cancel(self) -> None:
        """X: a planned one is cancelled; an arrival nobody was seen after is taken back."""
        whole = self._open_whole()
        if whole is None:
            return
        line = whole.line
        if line.arrived is not None and not line.visits:
            sheet = ask_first(self.view, "收回医师到达？", f"{line.who}，巡诊回到“已安排”。", "收回到达")
            sheet.done_with.connect(lambda: self.view.do(TakeBackArrival(line.seen), "已收回到达。"))
        else:
            self._ask(tasks.cancel_task(line))

    def begin(self) -> None:
        """B: at once where the round is today's; otherwise the time is asked."""
        whole = self._open_whole()
        if whole is None:
            return
        if whole.line.on == self.today:
            self.view.do(BeginRound(whole.line.seen), "已登记到达，可以逐位记录。")
        else:
            self._ask(tasks.begin_task(whole.line, self.now))

    @errand
    async def end(self) -> None:
        """L: the next one is offered by the agreement."""
        whole = self._open_whole()
        if whole is None:
            return
        line = whole.line
        dues = await self.errands.ask(RoundsDue())
        due = next((one for one in dues if one.partner == line.partner_rid), None)
        next_on = line.on + (timedelta(days=due.every) if due is not None else _AFTER)
        if due is not None and due.due.planned is not None and due.due.planned > line.on:
            next_on = due.due.planned
        zone = self.view.bench.station.settings.zone
        self._ask(tasks.end_task(line, self.now, zone, next_on), self._ended)

    def sign(self) -> None:
        """G: doctor, then nurse."""
        if self.view.page.whole is not None:
            self.signing.ask(self.view.page.whole)

    def print_out(self) -> None:
        """P."""
        whole = self.view.page.whole
        if whole is not None:
            rid = whole.line.seen.rid
            asked = {"sheet": "doctor-round", "resident": rid, "record": rid, "about": "doctor_round"}
            self.view.bench.go("preview", {**asked, "back": ("rounds", {"round": rid})})

    # people -------------------------------------------------------------------------------------------------------

    @errand
    async def add(self) -> None:
        """A: whom the doctor is to see, and what about."""
        whole = self.view.page.whole
        if whole is None or not whole.line.state.open:
            self.view.bench.notice.refused("这次巡诊已经结束，请选下一次巡诊再列入。")
            return
        people = await self.errands.ask(PeopleHere())
        self._ask(tasks.ask_task(whole.line, people, None, "写清楚想请医师解决什么。"))

    def take_off(self) -> None:
        """Delete."""
        whole, row = self.view.page.whole, self.view.page.table.current()
        if whole is not None and row is not None:
            if row.visit is not None:
                self.view.bench.notice.refused("这位老人已经看过；记录有误请打开记录撤销。")
            else:
                self._ask(tasks.off_task(whole.line, row))

    def refer(self, row: PersonRow) -> None:
        """R: the referral form of whom the doctor advised it for."""
        back = ("rounds", {"round": self._rid(), "resident": row.resident})
        self.view.bench.go("referral", {"resident": row.resident, "back": back})

    # orders -------------------------------------------------------------------------------------------------------

    def write(self, row: ToWrite) -> None:
        """Enter: the order form, with the doctor's words above it; afterwards the line is asked for."""
        advice = {"words": row.words, "doctor": row.said_by, "where": "巡诊"}
        then = ("rounds", {"view": "orders", "written": row})
        back = ("rounds", {"view": "orders"})
        self.view.bench.go("order", {"resident": row.resident, "advice": advice, "then": then, "back": back})

    @errand
    async def settle(self, row: ToWrite) -> None:
        """Space, and after an order was written: which one it was, or why none is."""
        written = await self.errands.ask(OrdersWritten(row.visit))
        done, take_back = self.view.bench.notice.done, partial(self.reopen, row.visit, row.words)
        self._ask(tasks.settle_task(row, written), lambda _given: done(f"“{row.words}”已处理。", take_back))

    def reopen(self, visit: UUID, words: str) -> None:
        """Z, or 撤销 beside the notice: it was settled by mistake."""
        self.view.do(ReopenLine(visit, words), f"“{words}”重新待转。")

    # inside -------------------------------------------------------------------------------------------------------

    def _rid(self) -> UUID | None:
        whole = self.view.page.whole
        return whole.line.seen.rid if whole is not None else None

    def _open_whole(self) -> RoundWhole | None:
        return self.view.page.whole if not self.view.shows_orders else None

    def _ended(self, ended: Any) -> None:
        more = f"{ended.carried} 位没看的转入下一次。" if ended.carried else ""
        planned = "已安排下一次。" if ended.planned else ""
        self.view.bench.notice.done(f"巡诊已结束。{planned}{more}")

    def _ask(
        self, task: Task, after: Callable[[Any], object] | None = None, again: Again | None = None
    ) -> None:
        if self.sheet is not None:
            return
        sheet = self.sheet = TaskSheet(self.view, task, again=again)
        sheet.kept.connect(lambda said, given: self._kept(said, given, after))
        sheet.finished.connect(self._closed)
        sheet.open()

    def _kept(self, said: str, given: Any, after: Callable[[Any], object] | None) -> None:
        self.view.bench.notice.done(said)
        if after is not None:
            after(given)

    def _closed(self) -> None:
        self.sheet = None
        self.view.take_keys()
