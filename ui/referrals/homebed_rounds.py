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
    SignBedVisit,
    VisitHomeBed,
)
from app.referrals.home_beds import fields as asked
from app.referrals.home_beds.visiting import DOCTOR, NURSE, PHYSICIAN
from app.referrals.partners.fields import NO, YES, Values, text
from app.rehab.form.evaluation import read_reason
from app.residents.carers import Carers
from ui.forms.task_sheet import Task, TaskSheet, read_again
from ui.kit import errand
from ui.kit.proof_sheet import ProofSheet
from ui.referrals.doctor_signing import DoctorSigning
from ui.referrals.partner_acting import Acting
from ui.referrals.round_sign_sheet import RoundSignSheet

if TYPE_CHECKING:
    from ui.referrals.homebed_view import HomeBedsView


class HomeBedRounds(Acting):
    """The rounds of the home bed that is chosen."""

    def __init__(self, view: HomeBedsView) -> None:
        super().__init__(view)
        self.view = view
        self.signing = DoctorSigning(view, view.take_keys)

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

    def sign(self) -> None:
        """G: the doctor signs the round that somebody else wrote down."""
        page, row = self.view.page, self._to_sign()
        if page is None or row is None:
            self.say("没有待医师签名的查床记录。")
            return
        words = f"{page.line.name}　{local(self.zone, row.at):%m-%d %H:%M} 查床：{row.said}"

        def said(_given: Any) -> str:
            return f"{row.name}已签名，{page.line.name}的查床记录。"

        if row.account:
            actor = self.view.bench.actor
            sheet = ProofSheet(
                self.view, f"{row.name}签名", words, actor.number if actor.name == row.name else ""
            )
            self.signing.prove(sheet, lambda signer: SignBedVisit(row.seen, signer), said)
        else:
            pad = RoundSignSheet(self.view, row.name, words)
            self.signing.by_hand(pad, lambda drawn: SignBedVisit(row.seen, drawn=drawn), said)

    def _to_sign(self) -> BedVisitRow | None:
        """The round under the cursor if it waits, else the latest that does."""
        page, here = self.view.page, self.view.right.table.current()
        if here is not None and here.unsigned:
            return here
        return next((one for one in page.visits if one.unsigned), None) if page is not None else None

    def retract(self) -> None:
        page, row = self.view.page, self.view.right.table.current()
        if page is None or row is None:
            self.say("先选中一条查床记录。")
            return
        self.ask_why(
            "撤销查床记录", f"{page.line.name}　{row.kind_words}", lambda why: RetractBedVisit(row.seen, why)
        )
