"""What a key does on home beds: apply, evaluate, hold a round, renew, close, put right, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.assessments.statements.form import people
from app.core.errors import Refusal
from app.core.form import Choice, Field, Form, Kind, Section, read_date
from app.core.orders import Order
from app.core.strokes import kept_strokes
from app.referrals.home_beds import (
    Applied,
    ApplyHomeBed,
    ChangeHomeBed,
    CloseHomeBed,
    EvaluateHomeBed,
    HomeBedById,
    HomeBedPage,
    RenewHomeBed,
    ReopenHomeBed,
    RetractHomeBed,
)
from app.referrals.home_beds import fields as asked
from app.referrals.home_beds.lists import lists
from app.referrals.partners.fields import NO, Values, day_text, text
from app.referrals.rules.home_beds import months_on
from app.rehab.form.evaluation import read_reason
from app.residents.carers import Carers
from app.residents.queries import Chart, ResidentList, ResidentRow
from ui.forms.task_sheet import Again, Task, TaskSheet, read_again
from ui.kit import errand
from ui.kit.sign_pad import SignPad
from ui.referrals.contract_signed_sheet import SignedSheet
from ui.referrals.homebed_rounds import HomeBedRounds
from ui.referrals.partner_acting import Acting

if TYPE_CHECKING:
    from ui.referrals.homebed_view import HomeBedsView

_MOST_PEOPLE = 3000


class HomeBedActs(Acting):
    """The acts on the home bed that is chosen."""

    def __init__(self, view: HomeBedsView) -> None:
        super().__init__(view)
        self.view = view
        self.rounds = HomeBedRounds(view)

    # the bed ------------------------------------------------------------------------------------------------------

    @errand
    async def apply(self) -> None:
        """N: for somebody in the house, named in the sheet."""
        rows = (await self.errands.ask(ResidentList(limit=_MOST_PEOPLE))).rows
        self._apply(rows)

    @errand
    async def apply_for(self, resident: UUID) -> None:
        """For a resident who is known."""
        chart = await self.errands.ask(Chart(resident))
        known = tuple((one.name, one.relation) for one in people(chart))

        def make(pad: SignPad) -> Task:
            return Task(
                "申请家庭病床", f"{chart.name}　{chart.bed or '未安排床位'}", "提交申请",
                asked.application_form(tuple(name for name, _relation in known)),
                lambda values: ApplyHomeBed(
                    resident, asked.read_application(values, kept_strokes(pad.strokes))
                ),
                f"{chart.name}的家庭病床已申请，等待评估。", {"on_paper": NO},
            )  # fmt: skip

        self.ask(SignedSheet(self.view, make, known, "applicant"), self._applied)

    def _apply(self, rows: tuple[ResidentRow, ...]) -> None:
        named = {f"{row.name}　{row.bed or row.number}": row.rid for row in rows}

        def suggest(typed: str) -> tuple[Choice, ...]:
            said = typed.strip()
            return tuple(Choice(words, words) for words in named if said in words)[:12]

        who = Field(
            "who",
            "老人",
            Kind.SUGGESTED,
            required=True,
            suggest=suggest,
            wide=True,
            placeholder="姓名或床位，从列表选择",
        )
        form = asked.application_form(())

        def make(pad: SignPad) -> Task:
            def order(values: Values) -> Order[Any]:
                resident = named.get(text(values, "who"))
                if resident is None:
                    raise Refusal("请从列表里选一位老人。", field="who")
                return ApplyHomeBed(resident, asked.read_application(values, kept_strokes(pad.strokes)))

            whole = Form((Section("", (who, *form.fields)),))
            return Task(
                "申请家庭病床", "住在院内床位的老人也可以建。", "提交申请", whole, order, "家庭病床已申请，等待评估。",
                {"on_paper": NO}, focus="who",
            )  # fmt: skip

        self.ask(SignedSheet(self.view, make), self._applied)

    @errand
    async def evaluate(self) -> None:
        """V: opened, or not and why."""
        page = self.view.page
        if page is None or page.line.status != "applied":
            self.say("先选中一份待评估的申请。")
            return
        carers = await self.errands.ask(Carers())
        doctors = tuple(one.name for one in carers.doctor)

        def order(values: Values) -> Order[Any]:
            on = read_date(text(values, "on")) or self.today
            return EvaluateHomeBed(page.line.seen, on, text(values, "words"), asked.read_opening(values))

        form = asked.evaluation_form(self.today, doctors, tuple(one.name for one in carers.nurse))
        said = f"{page.line.name}　{page.line.diagnosis}"
        values = asked.evaluation_values(self.today, doctors[0] if len(doctors) == 1 else "")
        task = Task(
            "建床评估",
            said,
            "保存评估",
            form,
            order,
            f"{page.line.name}的建床评估已保存。",
            values,
            focus="words",
        )
        self.ask(TaskSheet(self.view, task))

    @errand
    async def correct(self) -> None:
        """E: the application was entered wrongly; in the rounds the round under the cursor."""
        page = self.view.page
        if page is None:
            self.say("先选中一张家庭病床。")
            return
        chart = await self.errands.ask(Chart(page.line.resident))
        known = tuple((one.name, one.relation) for one in people(chart))

        def make(now: HomeBedPage, pad: SignPad) -> Task:
            def order(values: Values) -> Order[Any]:
                drawn = kept_strokes(pad.strokes) or now.form.applicant.drawn
                return ChangeHomeBed(
                    now.line.seen, asked.read_application(values, drawn), read_reason(values)
                )

            form = asked.application_form(tuple(name for name, _relation in known), correcting=True)
            said = f"{now.line.name}　{now.line.number}。原来的记录保留，可以查看。"
            return Task(
                "更正申请", said, "保存更正", form, order, "建床申请已更正。", asked.application_values(now.form),
                focus="diagnosis",
            )  # fmt: skip

        def again(pad: SignPad) -> Again:
            asks = HomeBedById(page.line.seen.rid)
            return read_again(self.errands, asks, lambda now: None if now is None else make(now, pad))

        self.ask(SignedSheet(self.view, lambda pad: make(page, pad), known, "applicant", again=again))

    def renew(self) -> None:
        """R."""
        page = self.view.page
        if page is None or page.line.status != "open":
            self.say("先选中一张建床中的家庭病床。")
            return
        line = page.line
        since = max(line.until or self.today, self.today)

        def order(values: Values) -> Order[Any]:
            return RenewHomeBed(
                line.seen, read_date(text(values, "until")) or self.today, text(values, "why")
            )

        values = {"until": day_text(months_on(since, lists().months))}
        task = Task(
            "续床", f"{line.name}　现在到 {line.until}，一个周期最长 {lists().most_months} 个月。", "续床",
            asked.renewal_form(line.until, self.today), order, f"{line.name}已续床。", values, focus="why", width=520,
        )  # fmt: skip
        self.ask(TaskSheet(self.view, task))

    def end(self) -> None:
        """X: 撤床; of one that is over: the step before stands again."""
        page = self.view.page
        if page is None or page.line.status == "applied":
            self.say("先选中一张建床中的家庭病床。")
            return
        line = page.line
        if line.status != "open":
            self.view.do(ReopenHomeBed(line.seen), f"{line.name}的家庭病床已恢复。")
            return

        def order(values: Values) -> Order[Any]:
            on = read_date(text(values, "on")) or self.today
            return CloseHomeBed(
                line.seen, on, text(values, "why"), text(values, "outcome"), text(values, "summary")
            )

        task = Task(
            "撤床", f"{line.name}　{line.number}，{line.opened_on} 建床，查床 {len(page.visits)} 次。", "撤床",
            asked.closing_form(self.today), order, f"{line.name}已撤床。", {"on": day_text(self.today)}, grave=True,
            focus="why", width=560,
        )  # fmt: skip
        self.ask(TaskSheet(self.view, task))

    def retract(self) -> None:
        """Delete: the round under the cursor; in the list the home bed itself."""
        page = self.view.page
        if self.view.right.table.hasFocus():
            self.rounds.retract()
        elif page is not None:
            line = page.line
            self.ask_why(
                "撤销家庭病床", f"{line.name}　{line.number}", lambda why: RetractHomeBed(line.seen, why)
            )

    def edit(self) -> None:
        """E."""
        if self.view.right.table.hasFocus():
            self.rounds.change()
        else:
            self.correct()

    # inside -------------------------------------------------------------------------------------------------------

    def _applied(self, given: Applied) -> None:
        self.view.pick(given.bed.rid)
