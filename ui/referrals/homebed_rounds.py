"""What a key does on the rounds of a home bed: one is held, put right, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.core.clock import local
from app.core.orders import Order
from app.journals.asking import moment
from app.referrals.home_beds import (
    BedVisitRow,
    ChangeBedVisit,
    HomeBedById,
    HomeBedPage,
    RetractBedVisit,
    VisitHomeBed,
)
from app.referrals.home_beds import fields as asked
from app.referrals.home_beds.visiting import DOCTOR, NURSE, PHYSICIAN
from app.referrals.partners.fields import NO, YES, Values, text
from app.rehab.form.evaluation import read_reason
from app.residents.carers import Carers
from ui.forms.task_sheet import Task, TaskSheet, read_again
from ui.kit import errand
from ui.referrals.partner_acting import Acting

if TYPE_CHECKING:
    from ui.referrals.homebed_view import HomeBedsView


class HomeBedRounds(Acting):
    """The rounds of the home bed that is chosen."""

    def __init__(self, view: HomeBedsView) -> None:
        super().__init__(view)
        self.view = view

    @errand
    async def visit(self) -> None:
        """Space: a doctor's round by a doctor, a nurse's by a nurse."""
        page = self.view.page
        if page is None or page.line.status != "open":
            self.say("先选中一张建床中的家庭病床。")
            return
        actor = self.view.bench.actor
        doctors = tuple(one.name for one in (await self.errands.ask(Carers())).doctor)
        mine = actor.profession == PHYSICIAN
        values = asked.visit_values(DOCTOR if mine else NURSE, self.now, actor.name)

        def order(values: Values) -> Order[Any]:
            return VisitHomeBed(
                page.line.seen.rid,
                asked.read_visit(values, moment(text(values, "at"), self.zone, self.today)),
            )

        task = Task(
            "查床", f"{page.line.name}　{page.line.diagnosis}", "保存", asked.visit_form(self.today, doctors), order,
            f"{page.line.name}的查床已记录。", values, focus="complaint",
        )  # fmt: skip
        self.ask(TaskSheet(self.view, task))

    @errand
    async def change(self) -> None:
        page, row = self.view.page, self.view.right.table.current()
        if page is None or row is None:
            self.say("先选中一条查床记录。")
            return
        doctors = tuple(one.name for one in (await self.errands.ask(Carers())).doctor)

        def make(now: HomeBedPage | None) -> Task | None:
            rows = () if now is None else now.visits
            same = (one for one in rows if one.seen.rid == row.seen.rid)
            return next((self._correcting(page.line.name, one, doctors) for one in same), None)

        again = read_again(self.errands, HomeBedById(page.line.seen.rid), make)
        self.ask(TaskSheet(self.view, self._correcting(page.line.name, row, doctors), again=again))

    def _correcting(self, name: str, row: BedVisitRow, doctors: tuple[str, ...]) -> Task:
        values = asked.visit_values(row.kind, local(self.zone, row.at), row.name, dict(row.texts))
        values["refer"] = YES if row.refer else NO

        def order(values: Values) -> Order[Any]:
            said = asked.read_visit(values, moment(text(values, "at"), self.zone, self.today), row.drawn)
            return ChangeBedVisit(row.seen, said, read_reason(values))

        form = asked.visit_form(self.today, doctors, correcting=True)
        said = f"{name}。原来的记录保留，可以查看。"
        return Task("更正查床", said, "保存更正", form, order, "查床记录已更正。", values, focus="complaint")

    def retract(self) -> None:
        page, row = self.view.page, self.view.right.table.current()
        if page is None or row is None:
            self.say("先选中一条查床记录。")
            return
        self.ask_why(
            "撤销查床记录", f"{page.line.name}　{row.kind_words}", lambda why: RetractBedVisit(row.seen, why)
        )
